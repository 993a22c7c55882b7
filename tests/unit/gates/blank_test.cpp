// What looks like an answer to a program and like none to a person.
#include "gates/blank.h"

#include <gtest/gtest.h>

namespace launchgate {
namespace {

TEST(Blank, IsWhatShowsNothing) {
  for (const char* text : {"", " ", "\t\r\n", "\xc2\xa0", "\xe2\x80\x8b", " \xe2\x80\x89\xc2\xa0 ", "\xef\xbb\xbf", "\xe3\x80\x80", "\xe2\xa0\x80"})
    EXPECT_TRUE(is_blank(text)) << text;
}

TEST(Blank, IsNotWhatAPersonCanRead) {
  for (const char* text : {"a", " a ", "\xc3\xa9", "\xe2\x80\x93", "\xe2\x82\xac", "\xe3\x81\x82", "\xc2\xa0" "0", "\xf0\x9f\x9a\xa8"})
    EXPECT_FALSE(is_blank(text)) << text;
}

TEST(Blank, CountsForOneBetweenWordsAndForNothingAroundThem) {
  EXPECT_EQ(written_characters("ok                    "), 2u);
  EXPECT_EQ(written_characters("  ok \xc2\xa0 \xe2\x80\x8b it is  "), 8u);
  EXPECT_EQ(written_characters("\xc3\x9c" "ber"), 4u);
  EXPECT_EQ(written_characters(" \xe2\x80\x8b "), 0u);
}

}  // namespace
}  // namespace launchgate
