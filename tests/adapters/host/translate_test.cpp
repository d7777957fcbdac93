// SPDX-License-Identifier: Apache-2.0
#include "host/translate.hpp"

#include <gtest/gtest.h>

#include "nape/v1/directive.pb.h"
#include "nape/v1/observation.pb.h"
#include "wire/events.hpp"
#include "wire/frame_reader.hpp"

namespace nape::host {
namespace {

template <class T>
T only(const v1::Observation& frame) {
  const std::vector<Event> events = wire::events_of(frame);
  EXPECT_EQ(events.size(), 1U);
  return std::get<T>(events.at(0));
}

TEST(Translate, a_tally_keeps_its_counts_and_its_time) {
  v1::Observation frame;
  v1::InputTally& tally = *frame.mutable_input();
  tally.set_keys(1);
  tally.set_clicks(2);
  tally.set_scroll(3);
  tally.set_motion(4);
  tally.set_touch(5);
  tally.set_last_boot_ms(1234);
  EXPECT_EQ(only<InputTally>(frame).counts, (InputCounts{1, 2, 3, 4, 5}));
  EXPECT_EQ(only<InputTally>(frame).last, BootTime(Duration(1234)));
  EXPECT_TRUE(only<InputTally>(frame).measured);
  tally.set_counts_unknown(true);
  EXPECT_FALSE(only<InputTally>(frame).measured);
  EXPECT_EQ(only<InputTally>(frame).counts, InputCounts{}) << "not measured is not a number";
}

TEST(Translate, only_what_a_session_frame_names_has_changed) {
  v1::Observation frame;
  frame.mutable_session()->set_locked(false);
  EXPECT_FALSE(only<Locked>(frame).on);
  frame.mutable_session()->set_suspended(true);
  frame.mutable_session()->set_lid_closed(true);
  frame.mutable_session()->set_remote(true);
  frame.mutable_session()->set_seat_active(false);
  EXPECT_EQ(wire::events_of(frame).size(), 5U);
}

TEST(Translate, each_signal_keeps_its_kind) {
  v1::Observation frame;
  v1::Signals& signals = *frame.mutable_signals();
  EXPECT_TRUE(wire::events_of(frame).empty());
  signals.set_microphone(true);
  signals.set_camera(false);
  signals.set_screencast(true);
  signals.set_playback(false);
  signals.set_idle_inhibitor(true);
  signals.set_do_not_disturb(false);
  const std::vector<Event> events = wire::events_of(frame);
  ASSERT_EQ(events.size(), signal_kind_count);
  for (std::size_t i = 0; i < events.size(); ++i) {
    EXPECT_EQ(std::get<Signal>(events[i]).kind, static_cast<SignalKind>(i));
    EXPECT_EQ(std::get<Signal>(events[i]).on, i % 2 == 0);
  }
}

TEST(Translate, a_setup_that_is_not_told_stays_unknown) {
  v1::Observation frame;
  frame.mutable_setup()->set_display(v1::Setup::DISPLAY_BOTH);
  EXPECT_EQ(only<SetupChanged>(frame).display, Display::both);
  EXPECT_EQ(only<SetupChanged>(frame).keyboard, Keyboard::unknown);
  frame.mutable_setup()->set_keyboard(v1::Setup::KEYBOARD_EXTERNAL);
  EXPECT_EQ(only<SetupChanged>(frame).keyboard, Keyboard::external);
}

TEST(Translate, health_tells_which_sense_and_how_well) {
  v1::Health health;
  health.set_reason("why");
  EXPECT_FALSE(sense_of(health)) << "no kind named";
  health.set_kind(v1::Health::KIND_SETUP);
  EXPECT_EQ(sense_of(health)->first, SensorKind::setup);
  EXPECT_EQ(sense_of(health)->second, (Sense{SensorState::lost, "why"}));
  health.set_state(v1::Health::STATE_DEGRADED);
  EXPECT_EQ(sense_of(health)->second.state, SensorState::degraded);
  EXPECT_EQ(sensor_named("input"), SensorKind::input);
  EXPECT_FALSE(sensor_named("input.counts"));
  EXPECT_FALSE(sensor_named("nudge"));
}

TEST(Translate, an_answer_without_content_is_none) {
  v1::Answer answer;
  answer.set_id(9);
  EXPECT_FALSE(answer_of(answer));
  answer.mutable_chosen()->set_key("postpone");
  EXPECT_EQ(answer_of(answer)->what, Answer::What::chosen);
  EXPECT_EQ(answer_of(answer)->text, "postpone");
  answer.mutable_undelivered()->set_reason("no server");
  EXPECT_EQ(answer_of(answer)->what, Answer::What::undelivered);
  EXPECT_EQ(answer_of(answer)->text, "no server");
}

TEST(Translate, directives_become_frames_that_say_the_same) {
  wire::FrameReader reader;
  Showing showing{5,    "rest",        Stage::prompt, "Up?", "52 min", {{"start", "Start"}},
                  true, Duration(5000)};
  reader.feed(frame_of(showing) + frame_of(Removal{"rest"}) + ping_frame(77));
  v1::Directive directive;
  const auto read = [&] {
    const std::string bytes(*reader.next());
    return directive.ParseFromString(bytes);
  };
  ASSERT_TRUE(read());
  EXPECT_EQ(directive.show().id(), 5U);
  EXPECT_EQ(directive.show().stage(), v1::Show::STAGE_PROMPT);
  EXPECT_EQ(directive.show().actions(0).key(), "start");
  EXPECT_TRUE(directive.show().stay());
  EXPECT_EQ(directive.show().expire_ms(), 5000U);
  ASSERT_TRUE(read());
  EXPECT_EQ(directive.withdraw().subject(), "rest");
  ASSERT_TRUE(read());
  EXPECT_EQ(directive.ping().id(), 77U);
}

}  // namespace
}  // namespace nape::host
