// SPDX-License-Identifier: Apache-2.0
#include "cli/pages.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <string>

#include "cli/phrases.hpp"
#include "cli/times.hpp"
#include "control/messages.hpp"
#include "tests/support/example_day.hpp"

namespace nape::cli {
namespace {

using namespace std::chrono_literals;
const Paint plain(false, true);

class Pages : public testing::Test {
 protected:
  Pages() {
    setenv("TZ", "UTC", 1);
    tzset();
  }
  KindStatus& rest() { return backend.now.kinds[1]; }
  v1::StatusResponse status() const { return control::status_message(backend, 1); }
  std::string page() const { return status_page(status(), plain); }
  void make_rest_due(Verdict verdict, const std::string& because = "") {
    rest().due = true;
    rest().owed = rest().every;
    rest().owed_rest = rest().length;
    rest().verdict = verdict;
    rest().because = because;
  }

  tests::RecordingBackend backend = tests::example_backend();
};

TEST_F(Pages, status_on_an_ordinary_morning) {
  EXPECT_EQ(page(), R"(At the computer, since 10:33
47 min without a pause of 5 min  (41 min by pauses of 3 min, 1 h 02 min by 10)
and 30 s that only your next input can confirm

micro  ━━━━━━━━━━━━━━──────────  12 of 20 min  due in 8 min, at 11:28
rest   ━━━━━━━━━━━━━━━━━━━━━━━─  47 of 50 min  due in 3 min, at 11:23

Not seen: lock, sleep and lid; calls and playback. Seen in part: screens and keyboards. nape doctor tells more.
Policy default, version 1
)");
}

TEST_F(Pages, status_when_a_break_is_due) {
  make_rest_due(Verdict::prompting);
  EXPECT_NE(page().find("rest   ━━━━━━━━━━━━━━━━━━━━━━━━  50 of 50 min  due: up for 5 min; 2 "
                        "postponements and 3 skips left\n"),
            std::string::npos)
      << page();
}

TEST_F(Pages, status_away_has_no_stretch_and_says_for_how_long) {
  backend.now.presence = PresenceState::away;
  backend.now.reason = PresenceReason::lock;
  backend.now.presence_since = tests::example_instant(11h + 12min);
  backend.now.stretch.reset();
  rest().verdict = Verdict::resting;
  EXPECT_EQ(page().rfind("Away, the screen is locked, since 11:12 (8 min)\n\nmicro", 0), 0U)
      << page();
  EXPECT_NE(page().find("47 of 50 min  due after 3 min more\n"), std::string::npos) << page();
}

TEST_F(Pages, status_tells_what_else_is_going_on) {
  backend.now.paused = true;
  backend.now.paused_until = tests::example_instant(12h + 20min);
  backend.now.standing = true;
  backend.facts.demo = true;
  backend.facts.speed = 60;
  backend.facts.recording = "/tmp/day.rec";
  backend.facts.troubles = {"The disk is full: the last minutes are kept in memory."};
  const std::string text = page();
  for (const char* line :
       {"Paused until 12:20; nape resume ends it.\n",
        "Standing, as you said; nape desk sit ends it.\n",
        "A demo: a recorded day at 60 times the speed. Nothing here is about you.\n",
        "Recording into /tmp/day.rec.\n",
        "The disk is full: the last minutes are kept in memory.\n"}) {
    EXPECT_NE(text.find(line), std::string::npos) << line << text;
  }
}

TEST_F(Pages, each_verdict_has_its_phrase) {
  const auto phrase = [&] { return kind_phrase(status().kinds(1), status().at_unix_seconds()); };
  make_rest_due(Verdict::held, "call");
  EXPECT_EQ(phrase(), "due, waits for a call");
  rest().silent_until = tests::example_instant(11h + 26min);
  make_rest_due(Verdict::postponed);
  EXPECT_EQ(phrase(), "due, again at 11:26");
  make_rest_due(Verdict::silenced);
  EXPECT_EQ(phrase(), "due, silent until 11:26");
  make_rest_due(Verdict::waiting);
  EXPECT_EQ(phrase(), "due: up for 5 min");
  make_rest_due(Verdict::begun);
  rest().rested = 130s;
  rest().owed_rest = 170s;
  EXPECT_EQ(phrase(), "break: 2 min 10 s of 5 min");
  rest().due = false;
  rest().verdict = Verdict::merged;
  rest().because = "lunch";
  EXPECT_EQ(phrase(), "goes with lunch");
  rest().verdict = Verdict::closed;
  EXPECT_EQ(phrase(), "outside its hours");
  rest().verdict = Verdict::unknown;
  EXPECT_EQ(phrase(), "stands still: cannot see");
  rest().verdict = Verdict::resting;
  rest().owed = 0s;
  EXPECT_EQ(phrase(), "rested");
}

TEST_F(Pages, no_page_speaks_of_debt_or_uses_red) {
  make_rest_due(Verdict::prompting);
  const Paint colours(true, true);
  const std::string text =
      status_page(status(), colours) +
      today_page(control::today_message(tests::example_today(), true, false), true, colours) +
      plugins_page(control::plugins_message(backend.programs), colours) +
      doctor_page(status(), control::plugins_message(backend.programs), colours).text +
      waybar_line(status());
  for (const char* word : {"owed", "owe ", "debt", "fail", "\033[31m", "\033[1;31m", "\033[91m"}) {
    EXPECT_EQ(text.find(word), std::string::npos) << word;
  }
  EXPECT_NE(text.find("\033["), std::string::npos);
}

TEST_F(Pages, without_utf8_everything_is_ascii) {
  const Paint ascii(false, false);
  const std::string text =
      status_page(status(), ascii) +
      today_page(control::today_message(tests::example_today(), true, false), true, ascii) +
      doctor_page(status(), control::plugins_message(backend.programs), ascii).text;
  EXPECT_TRUE(std::all_of(text.begin(), text.end(), [](char byte) {
    return static_cast<unsigned char>(byte) < 0x80;
  })) << text;
}

TEST_F(Pages, a_bar_is_full_only_when_it_is_due) {
  EXPECT_EQ(plain.bar(0.999, 10, Tone::accent), "━━━━━━━━━─");
  EXPECT_EQ(plain.bar(1, 10, Tone::accent), "━━━━━━━━━━");
  EXPECT_EQ(plain.bar(-3, 4, Tone::accent), "────");
  EXPECT_EQ(plain.bar(0.0 / 1e-320 * 0, 4, Tone::accent), "────");
}

TEST_F(Pages, times_round_so_that_due_is_never_late) {
  EXPECT_EQ(passed(59.9), "59 s");
  EXPECT_EQ(passed(119), "1 min");
  EXPECT_EQ(passed(3900), "1 h 05 min");
  EXPECT_EQ(ahead(121), "3 min");
  EXPECT_EQ(ahead(59.5), "1 min");
  EXPECT_EQ(ahead(30), "30 s");
  EXPECT_EQ(exactly(250), "4 min 10 s");
  EXPECT_EQ(exactly(300), "5 min");
  EXPECT_EQ(exactly(601), "10 min");
  EXPECT_EQ(day_name("2026-03-02"), "Monday, 2 March");
  EXPECT_EQ(day_name("x"), "x");
}

TEST_F(Pages, waybar_reads_one_line_of_json) {
  make_rest_due(Verdict::prompting);
  const std::string line = waybar_line(status());
  EXPECT_EQ(
      line.rfind(
          R"({"text":"47 min, due: up for 5 min","tooltip":"At the computer, since 10:33\n47 min)",
          0),
      0U)
      << line;
  EXPECT_NE(line.find(R"("class":"due","percentage":100})"), std::string::npos) << line;
  EXPECT_EQ(std::count(line.begin(), line.end(), '\n'), 1);
}

TEST_F(Pages, markup_in_names_reaches_no_bar) {
  backend.now.policy = "<b>&\"\\";
  const std::string line = waybar_line(status());
  EXPECT_NE(line.find(R"(&lt;b&gt;&amp;\"\\)"), std::string::npos) << line;
}

TEST_F(Pages, a_bar_tells_pause_break_and_absence_apart) {
  const auto class_of = [&] {
    const std::string line = waybar_line(status());
    const auto at = line.find("\"class\":\"") + 9;
    return line.substr(at, line.find('"', at) - at);
  };
  EXPECT_EQ(class_of(), "active");
  make_rest_due(Verdict::begun);
  EXPECT_EQ(class_of(), "break");
  make_rest_due(Verdict::waiting);
  backend.now.presence = PresenceState::away;
  EXPECT_EQ(class_of(), "away");
  backend.now.paused = true;
  EXPECT_EQ(class_of(), "paused");
}

TEST_F(Pages, i3blocks_reads_three_lines) {
  EXPECT_EQ(i3blocks_lines(status()), "47 min\n47 min\n#d0d0d0\n");
  make_rest_due(Verdict::prompting);
  EXPECT_EQ(i3blocks_lines(status()), "47 min, due: up for 5 min\n47 min\n#e5b567\n");
}

TEST_F(Pages, today_in_numbers) {
  EXPECT_EQ(today_page(control::today_message(tests::example_today(), true, false), false, plain),
            R"(Monday, 2 March, so far
2 h 14 min at the computer, without pauses of 5 min  (9 min of it in calls, watching, reading)
52 min at the longest  (48 min by pauses of 3 min, 1 h 15 min by 10)
1 h 42 min of use, without pauses of 30 s  (1 h 49 min by pauses of 60 s)

08:05–08:57  52 min      ━━━━━━━━━━━━━━━━━━━━━━━━  screen locked
09:10–09:45  35 min      ━━━━━━━━━━━━━━━━────────  left
10:33–now    47 min      ━━━━━━━━━━━━━━━━━━━━━━──

Breaks  micro: 1 taken; rest: 1 by itself, 1 postponed
Input   4 211 keys, 380 clicks, 920 scroll steps, 15 400 pointer moves
Set-up  external screen 2 h 14 min
)");
}

TEST_F(Pages, counts_that_were_not_measured_are_not_zero) {
  auto facts = tests::example_today();
  facts.counts_complete = false;
  EXPECT_NE(today_page(control::today_message(facts, true, false), false, plain)
                .find("15 400 pointer moves; not all of it could be counted\n"),
            std::string::npos);
  facts.counts.reset();
  const std::string text = today_page(control::today_message(facts, true, false), false, plain);
  EXPECT_NE(text.find("not counted"), std::string::npos) << text;
  EXPECT_EQ(text.find("0 keys"), std::string::npos) << text;
}

TEST_F(Pages, why_tells_the_newest_last_with_its_numbers) {
  const std::vector<control::WhyRow> rows{
      {tests::example_instant(11h + 20min).wall,
       {"rest", Verdict::held, "call", 50min, 50min, 90s, 2s, PresenceState::present}},
      {tests::example_instant(11h).wall,
       {"rest", Verdict::accruing, "input", 27min, 50min, 0s, 0s, PresenceState::active}}};
  EXPECT_EQ(why_page(control::why_message(rows), plain),
            "11:00:00  rest  counts on                  27 min of 50 min counted, active, last "
            "proof 0 s ago\n"
            "11:20:00  rest  due, but waits for a call  50 min of 50 min counted, due for 1 min 30 "
            "s of presence, present, last "
            "proof 2 s ago\n");
  EXPECT_EQ(why_page({}, plain), "Nothing has been decided yet.\n");
}

TEST_F(Pages, doctor_finds_nothing_amiss_where_a_sensor_merely_does_not_exist) {
  const Diagnosis diagnosis =
      doctor_page(status(), control::plugins_message(backend.programs), plain);
  EXPECT_FALSE(diagnosis.is_amiss) << diagnosis.text;
  EXPECT_NE(diagnosis.text.find("○ lock, sleep and lid    not seen here\n"), std::string::npos)
      << diagnosis.text;
}

TEST_F(Pages, doctor_finds_what_was_seen_and_is_lost) {
  backend.now.sensors[0] = SensorState::lost;
  backend.programs[0].sees[0] = {SensorKind::input, SensorState::lost,
                                 "The X server closed the connection."};
  const Diagnosis diagnosis =
      doctor_page(status(), control::plugins_message(backend.programs), plain);
  EXPECT_TRUE(diagnosis.is_amiss);
  EXPECT_NE(diagnosis.text.find("The X server closed the connection.\n"), std::string::npos)
      << diagnosis.text;
  EXPECT_NE(diagnosis.text.find("Try: systemctl --user restart naped\n"), std::string::npos)
      << diagnosis.text;
}

TEST_F(Pages, doctor_knows_that_nothing_can_tell_the_person) {
  backend.programs[1].state = control::PluginState::unfit;
  backend.programs[1].capabilities.clear();
  backend.programs[1].last_words = "No notification server answers on the session bus.";
  const Diagnosis diagnosis =
      doctor_page(status(), control::plugins_message(backend.programs), plain);
  EXPECT_TRUE(diagnosis.is_amiss);
  EXPECT_NE(diagnosis.text.find("Try: sudo apt install dunst\n"), std::string::npos)
      << diagnosis.text;
}

TEST_F(Pages, doctor_names_plugins_that_were_given_up) {
  backend.programs[0].state = control::PluginState::given_up;
  backend.programs[0].last_words = "It crashed 8 times.";
  const Diagnosis diagnosis =
      doctor_page(status(), control::plugins_message(backend.programs), plain);
  EXPECT_TRUE(diagnosis.is_amiss);
  EXPECT_NE(diagnosis.text.find("It crashed 8 times.\n"), std::string::npos) << diagnosis.text;
}

TEST_F(Pages, plugins_tell_their_faults) {
  backend.programs[0].dropped = 3;
  backend.programs[0].restarts = 1;
  backend.programs[0].faults = {{"garbage", 2}};
  const std::string text = plugins_page(control::plugins_message(backend.programs), plain);
  EXPECT_EQ(text.rfind("x11     running 3 h 04 min, process 4242, 8123 frames, 3 dropped, 1 "
                       "restart, 2 garbage\n",
                       0),
            0U)
      << text;
  EXPECT_NE(text.find("        ○ screens and keyboards: The keyboard's kind is not known.\n"),
            std::string::npos)
      << text;
}

}  // namespace
}  // namespace nape::cli
