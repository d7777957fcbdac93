// SPDX-License-Identifier: Apache-2.0
#include "config/policy_file.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "config/policy_check.hpp"
#include "config/presets.hpp"

namespace nape::config {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

/// A policy of one kind, to which each test adds its lines: line 1 is the name, line 7 the first
/// added one.
std::string with_kind(const std::string& lines) {
  return "name = \"mine\"\n"
         "[[kind]]\n"
         "name = \"rest\"\n"
         "every = \"50m\"\n"
         "of = \"sitting\"\n"
         "length = \"5m\"\n" +
         lines;
}

Loaded<Policy> parse(const std::string& text) { return parse_policy(text, "mine.toml"); }

/// The only error, as a compiler would print it.
std::string only_error(const std::string& text) {
  const auto loaded = parse(text);
  EXPECT_FALSE(loaded.value);
  EXPECT_EQ(loaded.errors.size(), 1u);
  return loaded.errors.empty() ? "" : compiler_line(loaded.errors.front(), Severity::error);
}

std::string all_errors(const std::string& text) {
  std::string lines;
  for (const Diagnostic& error : parse(text).errors)
    lines += compiler_line(error, Severity::error) + "\n";
  return lines;
}

TEST(PolicyFile, what_is_left_out_has_its_documented_value) {
  const auto loaded = parse(with_kind(""));
  ASSERT_TRUE(loaded) << all_errors(with_kind(""));
  const BreakKind& kind = loaded.value->kinds.at(0);
  EXPECT_EQ(loaded.value->name, "mine");
  EXPECT_EQ(loaded.value->day_begins_hour, 4);
  EXPECT_EQ(kind.every, minutes(50));
  EXPECT_EQ(kind.of, Of::sitting);
  EXPECT_EQ(kind.length, minutes(5));
  EXPECT_EQ(kind.credit, Credit::proportional);
  EXPECT_EQ(kind.settle, seconds(15));
  EXPECT_EQ(kind.ladder, std::vector<LadderStep>{LadderStep{}});
  EXPECT_EQ(kind.postpone.times, 0);
  EXPECT_EQ(kind.skips_a_day, 0);
  EXPECT_EQ(kind.holds, standard_holds());
  EXPECT_EQ(kind.insist, Insist::halt);
  EXPECT_FALSE(kind.when);
}

TEST(PolicyFile, every_key_reaches_the_policy) {
  const auto loaded = parse(with_kind(R"(credit = "whole"
settle = "20s"
ladder = [{ at = "0s", step = "nudge" }, { at = "1m", step = "overlay" }]
postpone = { times = 2, length = "3m" }
skip = { per_day = 3 }
hold = { call = "0s", typing = "30s" }
insist = "reset"
when = { days = ["mon-wed", "sat"], from = "09:00", to = "17:30", zone = "Europe/Berlin", holidays = [2026-12-25, "2026-12-26"] }
advice = ["stand-and-walk"]
source = "me"
)"));
  ASSERT_TRUE(loaded);
  const BreakKind& kind = loaded.value->kinds.at(0);
  EXPECT_EQ(kind.credit, Credit::whole);
  EXPECT_EQ(kind.settle, seconds(20));
  EXPECT_EQ(kind.ladder,
            (std::vector<LadderStep>{{seconds(0), Stage::nudge}, {minutes(1), Stage::overlay}}));
  EXPECT_EQ(kind.postpone, (PostponeBudget{2, minutes(3)}));
  EXPECT_EQ(kind.skips_a_day, 3);
  EXPECT_EQ(kind.holds, (std::vector<Hold>{{HoldReason::screencast, hours(2)},
                                           {HoldReason::fullscreen, hours(1)},
                                           {HoldReason::dnd, hours(1)},
                                           {HoldReason::typing, seconds(30)}}));
  EXPECT_EQ(kind.insist, Insist::reset);
  EXPECT_EQ(kind.advice, std::vector<std::string>{"stand-and-walk"});
  EXPECT_EQ(kind.source, "me");
  Schedule when;
  when.weekdays = {true, true, true, false, false, true, false};
  when.from = hours(9);
  when.to = hours(17) + minutes(30);
  when.zone = "Europe/Berlin";
  when.holidays = {"2026-12-25", "2026-12-26"};
  EXPECT_EQ(kind.when, when);
}

TEST(PolicyFile, an_unknown_key_is_told_with_its_place_and_what_was_meant) {
  EXPECT_EQ(only_error(with_kind("lenght = \"6m\"\n")),
            "mine.toml:7:1: error: rest.lenght: is not a key that is known here; did you mean "
            "\"length\"?");
}

TEST(PolicyFile, an_unknown_key_like_no_other_gets_the_list) {
  EXPECT_NE(only_error(with_kind("xyzzy = 1\n")).find("known are name, reset, every"),
            std::string::npos);
}

TEST(PolicyFile, an_unknown_word_is_told_with_what_was_meant) {
  EXPECT_EQ(only_error(with_kind("credit = \"proportionate\"\n")),
            "mine.toml:7:10: error: rest.credit: \"proportionate\" is not known; did you mean "
            "\"proportional\"?");
}

TEST(PolicyFile, a_wrong_type_is_told_with_the_right_one) {
  EXPECT_EQ(only_error(with_kind("settle = 15\n")),
            "mine.toml:7:10: error: rest.settle: is a number, not a duration; write a whole number "
            "and s, m, h or d in "
            "quotes, as \"50m\" or \"1h30m\"");
}

TEST(PolicyFile, a_value_out_of_range_is_told_with_the_range) {
  EXPECT_EQ(only_error(with_kind("settle = \"6m\"\n")),
            "mine.toml:7:10: error: rest.settle: 6m is out of range; use \"1s\" to \"5m\"");
  EXPECT_EQ(only_error("day_begins = 24\n" + with_kind("")),
            "mine.toml:1:14: error: day_begins: 24 is out of range; use 0 to 23");
}

TEST(PolicyFile, all_errors_are_told_at_once_in_the_order_of_the_file) {
  const std::string told = all_errors(R"(name = "Mine"
day_begins = "four"
extends = "gentel"
[[kind]]
name = "a"
every = "3 min"
of = "sittin"
colour = "red"
[[kind]]
name = "b"
every = "0s"
of = "use"
length = "1m"
when = { days = ["monday"], from = "9:00", zone = "Nowhere" }
)");
  EXPECT_EQ(std::count(told.begin(), told.end(), '\n'), 11) << told;
  for (const char* part :
       {"mine.toml:1:8: error: name: \"Mine\" is no name",
        "mine.toml:2:14: error: day_begins: is text, not a whole",
        "mine.toml:3:11: error: extends: there is no preset \"gentel\"; did you mean \"gentle\"?",
        "mine.toml:6:9: error: a.every: \"3 min\" is no duration",
        "a.of: \"sittin\" is not known; did you mean \"sitting\"?", "a.length: is missing",
        "a.colour: is not a key", "mine.toml:11:9: error: b.every: 0s is out of range",
        "b.when.days: \"monday\" is no weekday", "b.when.from: \"9:00\" is no time of day",
        "b.when.zone: \"Nowhere\" is not in the time zone database"}) {
    EXPECT_NE(told.find(part), std::string::npos) << part << "\n" << told;
  }
  EXPECT_LT(told.find("day_begins"), told.find("a.every"));
  EXPECT_LT(told.find("a.colour"), told.find("b.every"));
}

TEST(PolicyFile, every_syntax_error_is_told_not_only_the_first) {
  const std::string told = all_errors(R"(name = "mine"
[[kind]]
name = "rest"
every = 50m
of = sitting
length = "5m"
colour = "red"
)");
  EXPECT_EQ(std::count(told.begin(), told.end(), '\n'), 3) << told;
  EXPECT_NE(told.find("mine.toml:4:"), std::string::npos) << told;
  EXPECT_NE(told.find("write every = \"50m\", in quotes"), std::string::npos) << told;
  EXPECT_NE(told.find("write of = \"sitting\", in quotes"), std::string::npos) << told;
  EXPECT_NE(told.find("rest.colour: is not a key"), std::string::npos) << told;
}

TEST(PolicyFile, a_syntax_error_does_not_hide_what_is_wrong_in_another_kind) {
  const std::string told = all_errors(R"(name = "mine"
[[kind]]
name = "rest"
every = 50m
of = "sitting"
length = "5m"
[[kind]]
name = "micro"
every = "20s"
of = "use"
length = "30s"
)");
  EXPECT_EQ(std::count(told.begin(), told.end(), '\n'), 2) << told;
  EXPECT_NE(told.find("mine.toml:11:10: error: micro.length: 30s of rest for 20s of work"),
            std::string::npos)
      << told;
}

TEST(PolicyFile, what_is_not_closed_is_told_once_and_not_at_every_line_after_it) {
  const std::string told = all_errors(
      "name = \"mine\"\nquiet = [{ from = \"22:00\" },\nversion = \"2\"\n" + with_kind(""));
  EXPECT_EQ(std::count(told.begin(), told.end(), '\n'), 1) << told;
  EXPECT_NE(told.find("close the text, list or table that was opened above"), std::string::npos)
      << told;
}

TEST(PolicyFile, a_key_that_is_set_twice_is_told) {
  const std::string told = only_error(with_kind("every = \"40m\"\n"));
  EXPECT_NE(told.find("mine.toml:7:"), std::string::npos) << told;
  EXPECT_NE(told.find("say it once"), std::string::npos) << told;
}

TEST(PolicyFile, a_needed_key_that_is_missing_is_told_with_an_example) {
  const std::string told = all_errors("name = \"mine\"\n[[kind]]\nname = \"rest\"\n");
  for (const char* part : {"rest.every: is missing; write every = \"50m\"", "rest.of: is missing",
                           "rest.length: is missing"}) {
    EXPECT_NE(told.find(part), std::string::npos) << told;
  }
}

TEST(PolicyFile, a_rest_longer_than_its_work_is_refused) {
  EXPECT_EQ(only_error("name = \"mine\"\n[[kind]]\nname = \"rest\"\nevery = \"5m\"\nof = "
                       "\"use\"\nlength = \"6m\"\n"),
            "mine.toml:6:10: error: rest.length: 6m of rest for 5m of work; use at most \"5m\", "
            "the value of `every`");
}

TEST(PolicyFile, a_ladder_must_climb_in_time) {
  const std::string told = only_error(with_kind(
      "ladder = [\n{ at = \"3m\", step = \"nudge\" },\n{ at = \"3m\", step = \"prompt\" }]\n"));
  EXPECT_EQ(told,
            "mine.toml:9:8: error: rest.ladder[1].at: 3m does not come after 3m; let each step "
            "come later than the one "
            "before it");
}

TEST(PolicyFile, a_ladder_must_not_grow_weaker) {
  const std::string told = only_error(with_kind(
      "ladder = [{ at = \"0s\", step = \"overlay\" }, { at = \"3m\", step = \"prompt\" }]\n"));
  EXPECT_NE(told.find("rest.ladder[1].step: prompt is weaker than overlay"), std::string::npos)
      << told;
}

TEST(PolicyFile, only_a_nudge_that_stays_may_follow_a_prompt) {
  EXPECT_TRUE(
      parse(with_kind("ladder = [{ at = \"0s\", step = \"prompt\" }, { at = \"3m\", step = "
                      "\"nudge\", stay = true }]\n")));
  EXPECT_FALSE(parse(with_kind(
      "ladder = [{ at = \"0s\", step = \"prompt\" }, { at = \"3m\", step = \"nudge\" }]\n")));
  EXPECT_FALSE(
      parse(with_kind("ladder = [{ at = \"0s\", step = \"overlay\" }, { at = \"3m\", step = "
                      "\"nudge\", stay = true }]\n")));
}

TEST(PolicyFile, a_daily_budget_only_tells) {
  const std::string told = all_errors(R"(name = "mine"
[[kind]]
name = "day"
every = "8h"
of = "use"
reset = "day"
length = "5m"
credit = "whole"
ladder = [{ at = "0s", step = "prompt" }]
postpone = { times = 1, length = "3m" }
)");
  EXPECT_NE(told.find("day.credit: has no meaning"), std::string::npos) << told;
  const std::string rest = all_errors(R"(name = "mine"
[[kind]]
name = "day"
every = "8h"
of = "use"
reset = "day"
length = "5m"
ladder = [{ at = "0s", step = "prompt" }]
postpone = { times = 1, length = "3m" }
skip = { per_day = 1 }
)");
  EXPECT_EQ(std::count(rest.begin(), rest.end(), '\n'), 4) << rest;
  EXPECT_TRUE(
      parse("name = \"mine\"\n[[kind]]\nname = \"day\"\nevery = \"8h\"\nof = \"use\"\nreset = "
            "\"day\"\n"));
}

TEST(PolicyFile, the_way_out_cannot_be_removed) {
  EXPECT_NE(only_error(with_kind("exit = false\n")).find("is always there"), std::string::npos);
}

TEST(PolicyFile, pause_and_quiet_hold_everything_and_cannot_be_configured) {
  EXPECT_NE(only_error(with_kind("hold = { quiet = \"1h\" }\n")).find("without a limit"),
            std::string::npos);
}

TEST(PolicyFile, two_kinds_of_one_name_are_refused_at_the_second) {
  const std::string kind =
      "[[kind]]\nname = \"rest\"\nevery = \"50m\"\nof = \"use\"\nlength = \"5m\"\n";
  EXPECT_EQ(only_error("name = \"mine\"\n" + kind + kind),
            "mine.toml:8:8: error: rest.name: there is a kind \"rest\" above; give each kind its "
            "own name");
}

TEST(PolicyFile, seventeen_kinds_are_one_too_many) {
  std::string text = "name = \"mine\"\n";
  for (int i = 0; i < 17; ++i) {
    text += "[[kind]]\nname = \"k" + std::to_string(i) +
            "\"\nevery = \"50m\"\nof = \"use\"\nlength = \"5m\"\n";
  }
  EXPECT_NE(only_error(text).find("kind: 17 entries; at most 16"), std::string::npos);
}

TEST(PolicyFile, without_a_kind_there_is_a_warning) {
  const auto loaded = parse("name = \"mine\"\n");
  ASSERT_TRUE(loaded);
  ASSERT_EQ(loaded.warnings.size(), 1u);
}

TEST(PolicyFile, an_extended_preset_changes_only_what_is_named) {
  const auto loaded =
      parse("name = \"mine\"\nextends = \"gentle\"\n[[kind]]\nname = \"rest\"\nevery = \"45m\"\n");
  ASSERT_TRUE(loaded);
  const auto gentle = load_policy("gentle");
  BreakKind expected = gentle.value->kinds.at(1);
  EXPECT_EQ(expected.name, "rest");
  expected.every = minutes(45);
  EXPECT_EQ(loaded.value->kinds, (std::vector<BreakKind>{gentle.value->kinds.at(0), expected}));
}

TEST(PolicyFile, a_change_that_does_not_fit_the_preset_is_told_at_the_change) {
  EXPECT_EQ(
      only_error(
          "name = \"mine\"\nextends = \"gentle\"\n[[kind]]\nname = \"rest\"\nevery = \"4m\"\n"),
      "mine.toml:3:1: error: rest.length: 5m of rest for 4m of work; use at most \"4m\", the value "
      "of `every`");
}

TEST(PolicyFile, a_kind_of_the_preset_can_be_removed) {
  const auto loaded = parse("name = \"mine\"\nextends = \"gentle\"\nremove = [\"micro\"]\n");
  ASSERT_TRUE(loaded);
  ASSERT_EQ(loaded.value->kinds.size(), 1u);
  EXPECT_EQ(loaded.value->kinds.at(0).name, "rest");
  EXPECT_FALSE(parse("name = \"mine\"\nextends = \"gentle\"\nremove = [\"nap\"]\n"));
}

TEST(PolicyFile, the_complete_example_is_right) {
  const auto loaded = load_policy(NAPE_POLICIES "/examples/policy.toml");
  for (const Diagnostic& error : loaded.errors)
    ADD_FAILURE() << compiler_line(error, Severity::error);
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded.value->kinds.size(), 4u);
  EXPECT_EQ(loaded.value->quiet.size(), 1u);
}

TEST(PolicyFile, a_name_that_is_no_preset_is_told_with_the_nearest) {
  const auto loaded = load_policy("gentel");
  ASSERT_EQ(loaded.errors.size(), 1u);
  EXPECT_EQ(loaded.errors[0].right, "did you mean \"gentle\"?");
}

TEST(PolicyFile, a_file_that_is_not_there_is_told_with_its_whole_name) {
  const auto loaded = load_policy("mine.toml", "/nonexistent");
  ASSERT_EQ(loaded.errors.size(), 1u);
  EXPECT_EQ(loaded.errors[0].file, "/nonexistent/mine.toml");
  EXPECT_EQ(loaded.errors[0].what, "No such file or directory");
}

TEST(PolicyFile, a_pipe_or_a_directory_is_refused_and_not_waited_for) {
  EXPECT_EQ(load_policy("/dev/null").errors.at(0).what, "not a regular file");
  EXPECT_FALSE(load_policy("/tmp/"));
}

TEST(PolicyFile, nothing_of_a_hostile_file_reaches_the_terminal_raw) {
  std::string told = all_errors(with_kind("\"\\u001b[31m\" = 1\n\"\\u202e\" = 2\n"));
  told += all_errors("name = \"\x1b[31m\xff\"\n");
  for (const char c : told) EXPECT_TRUE(c == '\n' || (c >= ' ' && c <= '~')) << told;
}

TEST(PolicyFile, nesting_that_would_end_the_stack_is_refused) {
  std::string dots = "a";
  for (int i = 0; i < 100000; ++i) dots += ".a";
  EXPECT_FALSE(parse(dots + " = 1\n"));
  EXPECT_FALSE(parse("[" + dots + "]\n"));
  EXPECT_FALSE(parse("a = " + std::string(100000, '[')));
  std::string tables;
  for (int i = 0; i < 20000; ++i) tables += "{a=[\n";
  EXPECT_FALSE(parse("a = [" + tables));
}

TEST(PolicyFile, a_header_that_trips_an_assertion_of_the_parser_is_an_error_like_any_other) {
  for (const char* header : {"[{}\n", "[[#\n", "[=]\n", "[\n"})
    EXPECT_FALSE(parse(header)) << header;
}

TEST(PolicyFile, a_key_with_an_umlaut_is_an_error_like_any_other) {
  EXPECT_NE(all_errors(with_kind("l\u00e4nge = \"5m\"\n")).find("mine.toml:7:"), std::string::npos);
  EXPECT_TRUE(parse(with_kind("source = \"\u00c4rztin\" # l\u00e4nger\n")));
}

TEST(PolicyFile, a_file_over_256_kib_is_refused) {
  EXPECT_FALSE(parse("name = \"mine\" #" + std::string(256 * 1024, 'x')));
}

TEST(PolicyFile, a_hundred_thousand_errors_are_told_as_a_hundred) {
  std::string text = "name = \"mine\"\n";
  for (int i = 0; i < 20000; ++i) text += "k" + std::to_string(i) + "=1\n";
  EXPECT_EQ(parse(text).errors.size(), 100u);
}

TEST(PolicyCheck, finds_the_same_in_a_policy_that_never_was_a_file) {
  Policy policy = *load_policy("gentle").value;
  EXPECT_TRUE(check(policy).empty());
  policy.kinds.push_back(policy.kinds.front());
  policy.kinds.back().ladder.clear();
  policy.day_begins_hour = 24;
  EXPECT_EQ(check(policy).size(), 3u);
}

}  // namespace
}  // namespace nape::config
