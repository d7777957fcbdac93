// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <limits>
#include <random>

#include "core/text.hpp"
#include "host/frame_gate.hpp"
#include "host/frame_stream.hpp"
#include "nape/v1/observation.pb.h"
#include "wire/frame_reader.hpp"

namespace nape::host {
namespace {

using std::chrono::seconds;

std::vector<std::string> frames_in(wire::FrameReader& reader) {
  std::vector<std::string> frames;
  while (const auto frame = reader.next()) frames.emplace_back(*frame);
  return frames;
}

TEST(FrameReader, finds_the_same_frames_however_the_stream_is_cut) {
  const std::vector<std::string> sent{"", "a", std::string(127, 'b'), std::string(128, 'c'),
                                      std::string(wire::longest_frame, 'd')};
  std::string stream;
  for (const std::string& frame : sent) stream += wire::framed(frame);
  for (const std::size_t chunk :
       {std::size_t{1}, std::size_t{7}, std::size_t{4096}, stream.size()}) {
    wire::FrameReader reader;
    std::vector<std::string> found;
    for (std::size_t at = 0; at < stream.size(); at += chunk) {
      reader.feed(std::string_view(stream).substr(at, chunk));
      for (const std::string& frame : frames_in(reader)) found.push_back(frame);
    }
    EXPECT_EQ(found, sent) << "in chunks of " << chunk;
    EXPECT_EQ(reader.fault(), wire::FrameReader::Fault::none);
  }
}

TEST(FrameReader, a_frame_above_the_limit_breaks_the_stream_for_good) {
  wire::FrameReader reader;
  reader.feed(wire::framed(std::string(wire::longest_frame + 1, 'x')).substr(0, 3));
  EXPECT_FALSE(reader.next());
  EXPECT_EQ(reader.fault(), wire::FrameReader::Fault::oversize);
  reader.feed(wire::framed("good"));
  EXPECT_FALSE(reader.next());
}

TEST(FrameReader, a_length_that_never_ends_breaks_the_stream) {
  wire::FrameReader reader;
  reader.feed("\xff\xff\xff\xff");
  EXPECT_FALSE(reader.next());
  EXPECT_EQ(reader.fault(), wire::FrameReader::Fault::none) << "it may still end";
  reader.feed("\xff");
  EXPECT_FALSE(reader.next());
  EXPECT_EQ(reader.fault(), wire::FrameReader::Fault::malformed);
}

TEST(FrameReader, skips_whole_frames_and_keeps_the_unfinished_one) {
  wire::FrameReader reader;
  const std::string last = wire::framed("last");
  reader.feed(wire::framed("a") + wire::framed("b") + last.substr(0, 2));
  EXPECT_EQ(reader.skip_whole_frames(), 2U);
  reader.feed(last.substr(2));
  EXPECT_EQ(frames_in(reader), std::vector<std::string>{"last"});
}

TEST(Utf8, takes_the_shortest_forms_of_characters_and_nothing_else) {
  for (const char* good :
       {"", "abc", "\xc3\xbc", "\xe2\x82\xac", "\xf0\x9f\x98\x80", "\xf4\x8f\xbf\xbf"}) {
    EXPECT_TRUE(is_utf8(good)) << good;
  }
  for (const char* bad : {"\x80", "\xc3", "\xc0\xaf", "\xe0\x80\x80", "\xed\xa0\x80",
                          "\xf5\x80\x80\x80", "\xf4\x90\x80\x80", "\xf0\x80\x80\x80", "a\xff"}) {
    EXPECT_FALSE(is_utf8(bad)) << bad;
  }
}

TEST(Parsing, tells_a_bad_string_from_noise) {
  v1::Observation frame;
  frame.set_boot_ms(5);
  frame.mutable_window()->set_application("x");
  std::string bytes = frame.SerializeAsString();
  v1::Observation parsed;
  EXPECT_EQ(parse_observation(bytes, parsed), Parsed::whole);
  bytes.back() = '\xff';
  silence_protobuf();
  EXPECT_EQ(parse_observation(bytes, parsed), Parsed::bad_text);
  EXPECT_EQ(parse_observation("\x07\x07", parsed), Parsed::garbage);
  EXPECT_EQ(parse_observation(bytes.substr(0, bytes.size() - 2), parsed), Parsed::garbage);
}

TEST(Parsing, keeps_what_a_later_version_has_added) {
  v1::Observation frame;
  frame.mutable_window()->set_application("x");
  // Field 900, a varint: nothing that is known today.
  const std::string bytes = frame.SerializeAsString() + "\xa0\x38\x2a";
  v1::Observation parsed;
  ASSERT_EQ(parse_observation(bytes, parsed), Parsed::whole);
  EXPECT_EQ(parsed.SerializeAsString(), bytes);
}

class Gate : public testing::Test {
 protected:
  static constexpr BootTime born{seconds(1000)};

  v1::Observation tally(std::uint32_t keys, BootTime at, BootTime last) {
    v1::Observation frame;
    frame.set_boot_ms(at.time_since_epoch().count());
    frame.mutable_input()->set_keys(keys);
    frame.mutable_input()->set_last_boot_ms(last.time_since_epoch().count());
    return frame;
  }
  std::uint64_t count(PluginFault fault) const { return faults_[static_cast<std::size_t>(fault)]; }

  FaultCounts faults_{};
  FrameGate gate_{PluginLimits{}, PluginSpec::Kind::live, born, faults_};
};

TEST_F(Gate, leaves_honest_frames_as_they_are) {
  v1::Observation frame = tally(3, born + seconds(2), born + seconds(1));
  const std::string before = frame.SerializeAsString();
  EXPECT_TRUE(gate_.admit(born + seconds(2), frame));
  EXPECT_EQ(frame.SerializeAsString(), before);
  EXPECT_EQ(faults_, FaultCounts{});
}

TEST_F(Gate, clips_a_little_silently_and_much_with_a_count) {
  const BootTime now = born + seconds(10);
  v1::Observation near = tally(1, now + Duration(900), now + Duration(950));
  EXPECT_TRUE(gate_.admit(now, near));
  EXPECT_EQ(near.boot_ms(), now.time_since_epoch().count());
  EXPECT_EQ(near.input().last_boot_ms(), now.time_since_epoch().count());
  EXPECT_EQ(faults_, FaultCounts{});
  v1::Observation far = tally(1, now + seconds(60), now);
  EXPECT_TRUE(gate_.admit(now, far));
  EXPECT_EQ(count(PluginFault::future), 1U);
  v1::Observation old = tally(1, born, born);
  EXPECT_TRUE(gate_.admit(now, old));
  EXPECT_EQ(old.boot_ms(), now.time_since_epoch().count());
  EXPECT_EQ(count(PluginFault::past), 2U) << "the frame's and the tally's";
}

TEST_F(Gate, survives_the_ends_of_the_number_line) {
  for (const std::int64_t at : {std::numeric_limits<std::int64_t>::min(), std::int64_t{0},
                                std::numeric_limits<std::int64_t>::max()}) {
    v1::Observation frame = tally(1, born, born);
    frame.set_boot_ms(at);
    frame.mutable_input()->set_last_boot_ms(at);
    EXPECT_TRUE(gate_.admit(born + seconds(5), frame));
    EXPECT_GE(frame.boot_ms(), born.time_since_epoch().count());
    EXPECT_LE(frame.boot_ms(), (born + seconds(5)).time_since_epoch().count());
  }
}

TEST_F(Gate, believes_fast_fingers_and_a_backlog_but_no_machine) {
  BootTime now = born;
  for (int i = 0; i < 60; ++i) {
    now += seconds(1);
    v1::Observation frame = tally(2000, now, now);
    EXPECT_TRUE(gate_.admit(now, frame));
  }
  // Nothing is wrong with counts that are not measured.
  v1::Observation unknown = tally(4'000'000'000, now, now);
  unknown.mutable_input()->set_counts_unknown(true);
  EXPECT_TRUE(gate_.admit(now, unknown));
  now += seconds(1);
  v1::Observation machine = tally(5000, now, now);
  EXPECT_FALSE(gate_.admit(now, machine));
  EXPECT_EQ(count(PluginFault::count), 1U);
}

TEST_F(Gate, drops_strings_that_are_too_long) {
  v1::Observation frame;
  frame.mutable_health()->set_reason(std::string(2000, 'r'));
  EXPECT_FALSE(gate_.admit(born, frame));
  frame.mutable_window()->set_application(std::string(257, 'w'));
  EXPECT_FALSE(gate_.admit(born, frame));
  frame.mutable_answer()->mutable_chosen()->set_key(std::string(65, 'k'));
  EXPECT_FALSE(gate_.admit(born, frame));
  frame.mutable_hello()->add_capabilities(std::string(65, 'c'));
  EXPECT_FALSE(gate_.admit(born, frame));
  EXPECT_EQ(count(PluginFault::text), 4U);
}

TEST_F(Gate, lets_two_hundred_frames_a_second_pass_for_ever_and_more_only_for_a_moment) {
  for (int i = 0; i < 10'000; ++i) EXPECT_TRUE(gate_.take_frame(born + Duration(5) * i));
  int taken = 0;
  while (gate_.take_frame(born + seconds(50))) ++taken;
  EXPECT_LE(taken, 401);
}

// Whatever comes, a stream ends in frames that were checked or in an offence.
TEST(FrameStream, survives_any_bytes) {
  silence_protobuf();
  std::minstd_rand random(7);
  v1::Observation hello;
  hello.mutable_hello()->set_name("x");
  v1::Observation window;
  window.mutable_window()->set_application("editor");
  int offences = 0;
  int taken = 0;
  for (int round = 0; round < 5000; ++round) {
    std::string bytes =
        wire::framed(hello.SerializeAsString()) + wire::framed(window.SerializeAsString());
    for (unsigned flips = random() % 4; flips > 0; --flips) {
      bytes[random() % bytes.size()] = static_cast<char>(random());
    }
    PluginStatus status;
    FrameStream stream(PluginSpec{}, BootTime(seconds(1)), status);
    const std::size_t cut = random() % bytes.size();
    const auto take = [&](v1::Observation& frame) {
      ++taken;
      EXPECT_GE(frame.boot_ms(), 1000);
      return true;
    };
    const std::string_view all = bytes;
    const BootTime now{seconds(2)};
    auto offence = stream.feed(now, all.substr(0, cut), take);
    if (!offence) offence = stream.feed(now, all.substr(cut), take);
    if (offence) ++offences;
  }
  EXPECT_GT(offences, 500);
  EXPECT_GT(taken, 2500);
}

TEST(FloodWatch, forgives_a_burst_and_not_a_flood) {
  FloodWatch watch;
  BootTime now{seconds(100)};
  for (int i = 0; i < 5; ++i) {
    const auto rest = watch.on_flood(now, 5);
    ASSERT_TRUE(rest);
    EXPECT_EQ(*rest, now + seconds(1));
    now = *rest + Duration(10);
  }
  EXPECT_FALSE(watch.on_flood(now, 5));
  FloodWatch other;
  for (int i = 0; i < 100; ++i) {
    EXPECT_TRUE(other.on_flood(now, 5));
    now += seconds(3);
  }
}

}  // namespace
}  // namespace nape::host
