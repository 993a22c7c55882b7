#include <gtest/gtest.h>

#include <utility>

#include "gates/facts.h"

namespace launchgate {
namespace {

TEST(Person, IsToldFromAGroupByTheNameAlone) {
  const std::pair<std::string_view, bool> rows[] = {
      {"assistant-eng", false},
      {"support-ai@example.com", false},
      {"team@example.co.uk", false},
      {"@example/support-ai", false},        // a team, as GitHub writes it
      {"group:default/support-ai", false},   // as Backstage writes it
      {"team.ai", false},                    // no address
      {"", false},
      {"@alice", true},
      {"user:alice", true},
      {"user:default/alice", true},
      {"alice.smith@example.com", true},
      {"a.b.c@example.com", true},
      {"Alice Smith <alice.smith@example.com>", true},
  };
  for (const auto& [name, person] : rows) EXPECT_EQ(is_a_person(name), person) << name;
}

}  // namespace
}  // namespace launchgate
