// What a container's environment says, as the kubelet puts it together: envFrom first, env over it, the later over the
// earlier; what cannot be known (Secrets, fields, ConfigMaps that are not there) is known to be set, and no more.
#include <gtest/gtest.h>

#include <memory>

#include "gates/facts.h"
#include "support/docs.h"

namespace launchgate {
namespace {

// "app=on sidecar=?" for what the containers say of NAME.
std::string read(std::string_view containers) {
  Snapshot world;
  world.objects.push_back(std::make_shared<const WorldObject>(WorldObject{"ConfigMap", "team", "switches", "",
      std::make_shared<const Doc>(testing::doc(R"({"data":{"NAME":"from-map","AME":"prefixed","other":"by-key"}})")), ""}));
  world.index();
  const Doc object = testing::doc(R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"a","namespace":"team"},"spec":{"template":{"spec":{"containers":)" +
                                  std::string{containers} + "}}}}");
  const Workload workload = Workload::view(object.root());
  const Detection detection;
  const Tiering tiering;
  const Limits limits;
  const Policy policy;
  const Facts f{world, workload, detection, {}, nullptr, {}, tiering, Tier::Low, limits, policy, {}, {}, {}};
  std::string out;
  for (const EnvSetting& s : env_settings(f, "NAME")) out += std::string{out.empty() ? "" : " "}.append(s.container).append("=").append(s.value.value_or("?"));
  return out;
}

TEST(EnvSettings, ReadsWhatCanBeKnown) {
  const std::vector<std::pair<std::string, std::string>> rows{
      {R"([{"name":"app"}])", ""},
      {R"([{"name":"app","env":[{"name":"OTHER","value":"on"}]}])", ""},
      {R"([{"name":"app","env":[{"name":"NAME","value":"on"}]},{"name":"b","env":[{"name":"NAME"}]}])", "app=on b="},
      {R"([{"name":"app","env":[{"name":"NAME","value":"first"},{"name":"NAME","value":"last"}]}])", "app=last"},
      {R"([{"name":"app","envFrom":[{"configMapRef":{"name":"switches"}}]}])", "app=from-map"},
      {R"([{"name":"app","envFrom":[{"prefix":"N","configMapRef":{"name":"switches"}}]}])", "app=prefixed"},
      {R"([{"name":"app","envFrom":[{"configMapRef":{"name":"switches"}}],"env":[{"name":"NAME","value":"on"}]}])", "app=on"},
      {R"([{"name":"app","envFrom":[{"configMapRef":{"name":"gone"}},{"secretRef":{"name":"keys"}}]}])", ""},
      {R"([{"name":"app","env":[{"name":"NAME","valueFrom":{"configMapKeyRef":{"name":"switches","key":"other"}}}]}])", "app=by-key"},
      {R"([{"name":"app","env":[{"name":"NAME","valueFrom":{"configMapKeyRef":{"name":"gone","key":"other"}}}]}])", "app=?"},
      {R"([{"name":"app","env":[{"name":"NAME","valueFrom":{"secretKeyRef":{"name":"keys","key":"other"}}}]}])", "app=?"},
  };
  for (const auto& [containers, expected] : rows) EXPECT_EQ(read(containers), expected) << containers;
}

}  // namespace
}  // namespace launchgate
