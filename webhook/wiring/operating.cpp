#include "wiring/operating.h"

#include <unistd.h>

#include <array>
#include <cstdlib>
#include <random>

#include "operate/gauges.h"
#include "operate/kube_api.h"
#include "operate/operator.h"

namespace launchgate {
namespace {

// The Pod's name, or the host's, and something random: two processes of one host must not take each other's Lease.
std::string identity() {
  const char* pod = std::getenv("POD_NAME");
  std::array<char, 256> host{};
  if (!pod && ::gethostname(host.data(), host.size() - 1) == 0) pod = host.data();
  std::array<char, 16> random{};
  std::snprintf(random.data(), random.size(), "%08x", std::random_device{}());
  return std::string{pod && *pod ? pod : "launchgate"} + "_" + random.data();
}

OperatorOptions options_of(const Surroundings& around) {
  OperatorOptions out;
  out.identity = identity();
  out.ns = around.options.ns.empty() ? around.client.cluster().ns : around.options.ns;
  out.lease = around.options.lease;
  out.memory = &around.memory;
  out.open_reports = around.options.open_reports;
  return out;
}

class Operating final : public Attendant {
 public:
  explicit Operating(const Surroundings& around)
      : around_(around),
        api_(around_.client),
        feed_(around_.world),
        operator_(api_, feed_, around_.log, options_of(around_)),
        hook_(around_.metrics.before_scrape([this] { set_gauges(around_.metrics, operator_.counters()); })) {}
  ~Operating() override { around_.metrics.forget(hook_); }

  void start() override { operator_.start(); }
  void stop() override { operator_.stop(); }
  void world_changed() override { feed_.wake(); }

 private:
  const Surroundings around_;
  KubeApi api_;
  NotifiedFeed feed_;
  Operator operator_;
  const std::size_t hook_;
};

}  // namespace

std::vector<std::unique_ptr<Attendant>> attend_operator(const Surroundings& around) {
  std::vector<std::unique_ptr<Attendant>> out;
  if (around.options.operate) out.push_back(std::make_unique<Operating>(around));
  return out;
}

}  // namespace launchgate
