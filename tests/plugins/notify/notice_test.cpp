// SPDX-License-Identifier: Apache-2.0
#include "notify/notice.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace nape::notify {
namespace {

TEST(Notice, text_that_fits_is_kept_as_it_is) {
  EXPECT_EQ(fit("52 min \u00e4\n\U0001f600", 64), "52 min \u00e4\n\U0001f600");
}

TEST(Notice, long_text_is_cut_between_characters_and_ends_in_an_ellipsis) {
  EXPECT_EQ(fit("abcdef", 5), "ab\u2026");
  // The fourth byte lies within the second character.
  EXPECT_EQ(fit("a\U0001f600bcd", 7), "a\u2026");
  for (std::size_t limit = 3; limit < 12; ++limit) {
    EXPECT_LE(fit("\u00e4\u20ac\U0001f600\U0001f600", limit).size(), limit);
  }
}

TEST(Notice, control_characters_are_left_out) {
  EXPECT_EQ(fit(std::string("a\0b\x1b[1mc\x7f\td", 11), 64), "ab[1mcd");
}

TEST(Notice, markup_is_escaped_whole) {
  EXPECT_EQ(escape_markup("<b a='1'>\"x\" & y"), "&lt;b a=&#39;1&#39;&gt;&quot;x&quot; &amp; y");
}

TEST(Notice, what_stays_never_expires) {
  v1::Show show;
  show.set_stay(true);
  show.set_expire_ms(5000);
  const Notice notice = to_notice(show);
  EXPECT_TRUE(notice.stays);
  EXPECT_EQ(notice.expire_ms, expire_never);
  EXPECT_FALSE(notice.transient);
}

TEST(Notice, an_expiry_of_zero_is_left_to_the_desktop_and_one_too_long_is_clipped) {
  v1::Show show;
  EXPECT_EQ(to_notice(show).expire_ms, expire_as_the_desktop_does);
  show.set_expire_ms(std::numeric_limits<std::uint32_t>::max());
  EXPECT_EQ(to_notice(show).expire_ms, std::numeric_limits<std::int32_t>::max());
}

TEST(Notice, only_a_sentence_without_actions_is_transient) {
  v1::Show show;
  EXPECT_TRUE(to_notice(show).transient);
  show.add_actions()->set_key("start");
  EXPECT_FALSE(to_notice(show).transient);
}

TEST(Notice, actions_keep_their_order_and_more_than_fit_are_dropped) {
  v1::Show show;
  for (int i = 0; i < 20; ++i) show.add_actions()->set_key(std::to_string(i));
  const Notice notice = to_notice(show);
  ASSERT_EQ(notice.actions.size(), action_limit);
  EXPECT_EQ(notice.actions.front().first, "0");
  EXPECT_EQ(notice.actions.back().first, "7");
}

}  // namespace
}  // namespace nape::notify
