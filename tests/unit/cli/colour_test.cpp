// When the command line writes in colour: https://no-color.org.
#include "cli/colour.h"

#include <gtest/gtest.h>

namespace launchgate {
namespace {

TEST(Colour, OnlyAtATerminalAndOnlyAValueSwitchesItOff) {
  EXPECT_TRUE(colour_wanted(true, nullptr));
  EXPECT_TRUE(colour_wanted(true, ""));
  EXPECT_FALSE(colour_wanted(true, "1"));
  EXPECT_FALSE(colour_wanted(true, "0"));
  EXPECT_FALSE(colour_wanted(false, nullptr));
  EXPECT_FALSE(colour_wanted(false, ""));
}

}  // namespace
}  // namespace launchgate
