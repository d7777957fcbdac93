// SPDX-License-Identifier: Apache-2.0
#include "sdk/json.hpp"

#include <gtest/gtest.h>

namespace nape::sdk {
namespace {

v1::Observation at(std::int64_t boot_ms) {
  v1::Observation frame;
  frame.set_boot_ms(boot_ms);
  return frame;
}

TEST(Json, shows_a_tally_with_its_counts) {
  v1::Observation frame = at(7);
  frame.mutable_input()->set_keys(3);
  frame.mutable_input()->set_last_boot_ms(6);
  EXPECT_EQ(
      to_json(frame),
      R"({"boot_ms":7,"input":{"keys":3,"clicks":0,"scroll":0,"motion":0,"touch":0,"last_boot_ms":6}})");
}

TEST(Json, shows_no_counts_where_none_were_measured) {
  v1::Observation frame = at(7);
  frame.mutable_input()->set_counts_unknown(true);
  frame.mutable_input()->set_last_boot_ms(6);
  EXPECT_EQ(to_json(frame), R"({"boot_ms":7,"input":{"counts_unknown":true,"last_boot_ms":6}})");
}

TEST(Json, leaves_out_what_has_not_changed) {
  v1::Observation frame = at(1);
  frame.mutable_session()->set_locked(false);
  EXPECT_EQ(to_json(frame), R"({"boot_ms":1,"session":{"locked":false}})");
}

TEST(Json, says_enumerators_in_words) {
  v1::Observation frame = at(1);
  frame.mutable_health()->set_kind(v1::Health::KIND_INPUT);
  frame.mutable_health()->set_state(v1::Health::STATE_DEGRADED);
  frame.mutable_health()->set_reason("Why.");
  EXPECT_EQ(to_json(frame),
            R"({"boot_ms":1,"health":{"kind":"input","state":"degraded","reason":"Why."}})");
  frame.mutable_health()->set_kind(static_cast<v1::Health::Kind>(99));
  EXPECT_NE(to_json(frame).find(R"("kind":"unknown")"), std::string::npos);
}

TEST(Json, shows_what_became_of_a_notification) {
  v1::Observation frame = at(1);
  frame.mutable_answer()->set_id(4);
  frame.mutable_answer()->mutable_chosen()->set_key("skip");
  EXPECT_EQ(to_json(frame), R"({"boot_ms":1,"answer":{"id":4,"chosen":{"key":"skip"}}})");
}

TEST(Json, escapes_text_and_replaces_what_is_not_utf8) {
  EXPECT_EQ(quoted_json("a\"b\\c\nd\x01\x7f"), R"("a\"b\\c\nd\u0001\u007f")");
  EXPECT_EQ(quoted_json("grün \xF0\x9F\x98\x80"), "\"grün \xF0\x9F\x98\x80\"");
  EXPECT_EQ(quoted_json("a\xff\xc3"), "\"a\uFFFD\uFFFD\"");
}

}  // namespace
}  // namespace nape::sdk
