# A workload without label or review that is plainly an LLM server: a warning by default, a refusal where the policy says so.
vllm() { workload Deployment vllm docker.io/vllm/vllm-openai:v0.10 'tier: model'; }
vllm | warned 'PRR-COV-03' -- apply
policy "$NS" enforce 'detection: {detected: enforce}' | accepted apply
now_refused() { vllm | sed 's/v0.10/v0.11/' | refused 'PRR-COV-01' -- try; }
eventually now_refused
