// SPDX-License-Identifier: Apache-2.0
#include "sdk/frame.hpp"

#include <gtest/gtest.h>

#include <string>

#include "nape/v1/directive.pb.h"
#include "nape/v1/observation.pb.h"

namespace nape::sdk {
namespace {

v1::Directive ping(std::uint64_t id) {
  v1::Directive directive;
  directive.mutable_ping()->set_id(id);
  return directive;
}

std::string framed(const google::protobuf::MessageLite& message) {
  std::string out;
  EXPECT_TRUE(append_frame(message, out));
  return out;
}

TEST(Frames, what_is_written_is_read_again) {
  std::string stream;
  for (std::uint64_t id = 1; id <= 300; ++id) stream += framed(ping(id));
  FrameReader reader;
  reader.feed(stream);
  for (std::uint64_t id = 1; id <= 300; ++id) {
    const auto message = reader.next();
    ASSERT_TRUE(message);
    v1::Directive directive;
    ASSERT_TRUE(directive.ParseFromString(std::string(*message)));
    EXPECT_EQ(directive.ping().id(), id);
  }
  EXPECT_FALSE(reader.next());
  EXPECT_FALSE(reader.is_mid_frame());
}

TEST(Frames, arrive_in_any_pieces) {
  v1::Observation observation;
  observation.mutable_window()->set_application(std::string(200, 'a'));
  const std::string stream = framed(observation) + framed(observation);
  for (std::size_t piece = 1; piece <= stream.size(); ++piece) {
    FrameReader reader;
    int messages = 0;
    for (std::size_t at = 0; at < stream.size(); at += piece) {
      reader.feed(std::string_view(stream).substr(at, piece));
      while (reader.next()) ++messages;
    }
    EXPECT_EQ(messages, 2) << "in pieces of " << piece;
    EXPECT_EQ(reader.error(), "");
  }
}

TEST(Frames, an_unfinished_one_is_noticed) {
  const std::string stream = framed(ping(300));
  FrameReader reader;
  reader.feed(std::string_view(stream).substr(0, stream.size() - 1));
  EXPECT_FALSE(reader.next());
  EXPECT_TRUE(reader.is_mid_frame());
}

TEST(Frames, an_empty_message_is_a_frame) {
  FrameReader reader;
  reader.feed(framed(v1::Directive{}));
  const auto message = reader.next();
  ASSERT_TRUE(message);
  EXPECT_TRUE(message->empty());
}

TEST(Frames, of_64_kib_pass_and_longer_ones_are_neither_written_nor_read) {
  v1::Observation observation;
  std::string text(max_frame_bytes, 'a');
  observation.mutable_mark()->set_text(text);
  std::string out = "untouched";
  EXPECT_FALSE(append_frame(observation, out));
  EXPECT_EQ(out, "untouched");

  text.resize(text.size() - (observation.ByteSizeLong() - max_frame_bytes));
  observation.mutable_mark()->set_text(text);
  ASSERT_EQ(observation.ByteSizeLong(), max_frame_bytes);
  FrameReader reader;
  reader.feed(framed(observation));
  EXPECT_TRUE(reader.next());

  reader.feed("\x81\x80\x04");  // 65537
  EXPECT_FALSE(reader.next());
  EXPECT_NE(reader.error().find("65537"), std::string::npos) << reader.error();
}

TEST(Frames, garbage_breaks_the_stream_for_good) {
  FrameReader reader;
  reader.feed("\xff\xff\xff\xff");
  EXPECT_FALSE(reader.next());
  EXPECT_NE(reader.error(), "");
  reader.feed(framed(ping(1)));
  EXPECT_FALSE(reader.next());
}

TEST(Frames, fields_of_a_later_version_survive_being_passed_on) {
  const std::string later = std::string("\x08\x2a\x3a\x00\xfa\x07\x03new", 10);
  v1::Observation observation;
  ASSERT_TRUE(observation.ParseFromString(later));
  EXPECT_EQ(observation.boot_ms(), 42);
  const std::string again = framed(observation);
  EXPECT_NE(again.find("\xfa\x07\x03new"), std::string::npos);
}

}  // namespace
}  // namespace nape::sdk
