# Two commands matter: `make demo` shows the main job, `make test` passes everything.
JOBS ?= $(shell nproc 2>/dev/null || echo 2)
export JOBS
.DEFAULT_GOAL := help
.PHONY: help build demo test bench format docs image clean

help: ## Show this help
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

build: ## Build the release binary: build/launchgate
	@scripts/install-deps.sh build
	@cmake --preset release -DLAUNCHGATE_TESTS=OFF >/dev/null
	@cmake --build --preset release --target launchgate -j $(JOBS)

demo: build ## Show the main job on this terminal: a refusal, the fix, the acceptance, a rollback
	@scripts/demo.sh build/launchgate

test: ## Build and test everything
	@scripts/install-deps.sh test
	@scripts/test.sh

bench: build ## Measure on this machine, side by side with nginx
	@scripts/install-deps.sh bench
	@bench/run.sh

format: ## Format the C++ sources
	@scripts/format.sh

docs: build ## Write the generated pages of docs/
	@scripts/docs.sh build/launchgate

image: ## Build the container image, reproducibly (needs buildah, podman or docker)
	@image/build.sh

clean: ## Remove what was built
	@rm -rf build
