// SPDX-License-Identifier: Apache-2.0
#include "sdk/text.hpp"

#include <gtest/gtest.h>

namespace nape::sdk {
namespace {

TEST(Text, knows_utf8_from_what_only_looks_like_it) {
  EXPECT_TRUE(is_utf8(""));
  EXPECT_TRUE(is_utf8("plain"));
  EXPECT_TRUE(is_utf8("ü€\xF4\x8F\xBF\xBF"));
  EXPECT_FALSE(is_utf8("\xC0\x80"));          // overlong
  EXPECT_FALSE(is_utf8("\xE0\x9F\xBF"));      // overlong
  EXPECT_FALSE(is_utf8("\xED\xA0\x80"));      // a surrogate
  EXPECT_FALSE(is_utf8("\xF4\x90\x80\x80"));  // beyond the last character
  EXPECT_FALSE(is_utf8("\xE2\x82"));          // cut
  EXPECT_FALSE(is_utf8("\x80"));
}

TEST(Text, that_is_not_utf8_is_read_as_latin1) {
  EXPECT_EQ(clean_text("B\xFC"
                       "cher",
                       100),
            "Bücher");
}

TEST(Text, is_cut_between_characters) {
  EXPECT_EQ(clean_text("aü", 2), "a");
  EXPECT_EQ(clean_text("aü", 3), "aü");
  EXPECT_EQ(clean_text("€", 2), "");
}

}  // namespace
}  // namespace nape::sdk
