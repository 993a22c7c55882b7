// PRR-AGT-07 memory-policy
// Fields: spec.agent.memory.{store, scope, ttlDays, writeGate, resettable}; of the policy, this gate's params.maxTtlDays
// Allowed: all five, resettable true, ttlDays above zero and within the policy's maximum. Memory that everybody shares
// (global) only for an internal audience and data that is not confidential.
// Strength: claimed.
#include "base/decimal.h"
#include "gates/facts.h"
#include "gates/finding.h"
#include "gates/params.h"

namespace launchgate {

Finding memory_policy(const Facts& f) {
  const Node memory = f.spec["agent"]["memory"];
  const std::string path = "spec.agent.memory";
  if (!memory.size()) return not_applicable("no persistent memory is declared");
  if (memory["scope"].text() == "session") return not_applicable("memory ends with the session");
  std::vector<std::string> missing;
  for (const char* field : {"store", "scope", "ttlDays", "writeGate", "resettable"})
    if (!stated(memory[field])) missing.emplace_back(field);
  if (!missing.empty())
    return fail("MemoryRulesMissing", "the memory has no " + listed(missing), path + "." + missing.front());
  if (!memory["resettable"].is_true())
    return fail("MemoryNotResettable", "the memory cannot be emptied", path + ".resettable");
  if (!positive(memory["ttlDays"]))
    return fail("MemoryForEver",
                "the memory forgets after " + shown(memory["ttlDays"].text()) + "d, expected a number above 0",
                path + ".ttlDays");
  if (const Node most = param(f.params, Param::MaxTtlDays);
      most && !holds(memory["ttlDays"].text(), "<=", most.text()).value_or(false))
    return fail("MemoryTooLong",
                "the memory forgets after " + shown(memory["ttlDays"].text()) + "d; the policy allows " +
                    shown(most.text()) + "d",
                path + ".ttlDays");
  if (memory["scope"].text() == "global" && (audience(f.spec) != "internal" || sensitive_data(f.spec)))
    return fail("MemoryShared",
                "the memory is global, the audience is " + shown(audience(f.spec)) + " and the data " +
                    std::string{data_class(f.spec)},
                path + ".scope", "spec.agent.memory.scope: user|tenant");
  return pass();
}

}  // namespace launchgate
