// SPDX-License-Identifier: Apache-2.0
#include "cli/options.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace nape::cli {
namespace {

Options parsed(const std::vector<std::string>& arguments) {
  const auto result = parse(arguments);
  if (const auto* ending = std::get_if<Ending>(&result)) {
    ADD_FAILURE() << ending->text;
    return {};
  }
  return std::get<Options>(result);
}

Ending ended(const std::vector<std::string>& arguments) {
  const auto result = parse(arguments);
  if (const auto* ending = std::get_if<Ending>(&result)) return *ending;
  ADD_FAILURE() << arguments.front() << " was accepted";
  return {};
}

TEST(Options, nothing_typed_shows_the_status) {
  EXPECT_EQ(parsed({}).verb, Verb::status);
  EXPECT_FALSE(parsed({}).watch);
}

TEST(Options, looking_takes_its_flags) {
  EXPECT_TRUE(parsed({"status", "--watch"}).watch);
  EXPECT_EQ(parsed({"status", "--format", "waybar"}).format, Format::waybar);
  EXPECT_EQ(parsed({"status", "--format=i3blocks"}).format, Format::i3blocks);
  EXPECT_TRUE(parsed({"today", "--apps", "--json"}).applications);
  EXPECT_EQ(parsed({"today", "--day", "2026-03-01"}).day, "2026-03-01");
  const Options why = parsed({"why", "rest", "--last", "5"});
  EXPECT_EQ(why.verb, Verb::why);
  EXPECT_EQ(why.kind, "rest");
  EXPECT_EQ(why.last, 5U);
  EXPECT_TRUE(parsed({"plugins", "--watch"}).watch);
  EXPECT_EQ(parsed({"doctor"}).verb, Verb::doctor);
}

TEST(Options, colour_may_be_said_before_or_after_the_command) {
  EXPECT_EQ(parsed({"--color=never", "status"}).colour, Colour::never);
  EXPECT_EQ(parsed({"status", "--color", "always"}).colour, Colour::always);
  EXPECT_EQ(parsed({"policy", "show", "--color", "auto"}).colour, Colour::automatic);
}

TEST(Options, telling_takes_its_words) {
  const Options postpone = parsed({"break", "postpone", "rest"});
  EXPECT_EQ(postpone.verb, Verb::break_);
  EXPECT_EQ(postpone.word, "postpone");
  EXPECT_EQ(postpone.kind, "rest");
  EXPECT_EQ(parsed({"break", "start"}).kind, "");
  EXPECT_EQ(parsed({"reading", "off"}).word, "off");
  EXPECT_EQ(parsed({"desk", "stand"}).word, "stand");
  EXPECT_EQ(parsed({"resume"}).verb, Verb::resume);
}

TEST(Options, durations_are_typed_with_units) {
  EXPECT_EQ(parsed({"pause"}).length_seconds, std::nullopt);
  EXPECT_EQ(parsed({"pause", "1h"}).length_seconds, 3600);
  EXPECT_EQ(parsed({"pause", "1h30m"}).length_seconds, 5400);
  EXPECT_EQ(parsed({"was", "away", "12m"}).length_seconds, 720);
  EXPECT_EQ(parsed({"was", "reading", "90s"}).length_seconds, 90);
  for (const char* bad : {"12", "0s", "-5m", "1.5h", "1h 30m", "soon", "8d", ""}) {
    EXPECT_EQ(ended({"pause", bad}).code, misused) << bad;
  }
  EXPECT_EQ(ended({"was", "away", "25h"}).code, misused);
}

TEST(Options, tools_take_their_files) {
  EXPECT_EQ(parsed({"record", "day.rec"}).files, std::vector<std::string>{"day.rec"});
  EXPECT_TRUE(parsed({"record", "--stop"}).stop);
  const Options replay = parsed({"replay", "a.nape", "b.nape", "--policy", "hse", "--json"});
  EXPECT_EQ(replay.files, (std::vector<std::string>{"a.nape", "b.nape"}));
  EXPECT_EQ(replay.policy, "hse");
  EXPECT_TRUE(replay.json);
  EXPECT_EQ(parsed({"config", "check"}).verb, Verb::config_check);
  EXPECT_EQ(parsed({"config", "check", "x.toml"}).files.size(), 1U);
  EXPECT_EQ(parsed({"policy", "show", "hse"}).policy, "hse");
  EXPECT_EQ(parsed({"policy", "lint", "x.toml"}).verb, Verb::policy_lint);
}

TEST(Options, a_mistake_is_named_and_the_right_help_pointed_to) {
  const std::vector<std::vector<std::string>> mistakes{{"brek"},
                                                       {"break"},
                                                       {"break", "stop"},
                                                       {"was", "away"},
                                                       {"was"},
                                                       {"why", "--last", "0"},
                                                       {"why", "--last", "1001"},
                                                       {"desk", "lie"},
                                                       {"config"},
                                                       {"policy", "lint"},
                                                       {"record"},
                                                       {"record", "x", "--stop"},
                                                       {"status", "--json", "--format", "waybar"},
                                                       {"status", "--format", "xmobar"},
                                                       {"--color", "red"},
                                                       {"replay"},
                                                       {"pause", "1h", "2h"},
                                                       {"today", "extra"}};
  for (const auto& mistake : mistakes) {
    const Ending ending = ended(mistake);
    EXPECT_EQ(ending.code, misused) << mistake.front();
    EXPECT_EQ(ending.text.rfind("nape: ", 0), 0U) << ending.text;
    EXPECT_NE(ending.text.find("--help"), std::string::npos) << ending.text;
  }
  EXPECT_EQ(ended({"break", "stop"}).text,
            "nape: start|postpone|skip|exit: stop is none of start, postpone, skip, exit\nnape "
            "break --help tells more.\n");
}

TEST(Options, help_tells_examples_and_exit_codes) {
  const Ending help = ended({"--help"});
  EXPECT_EQ(help.code, done);
  for (const char* part :
       {"Usage: nape", "break postpone rest", "3 the daemon is not running", "90s, 12m, 1h30m"}) {
    EXPECT_NE(help.text.find(part), std::string::npos) << part;
  }
  EXPECT_EQ(help.text.back(), '\n');
  EXPECT_NE(ended({"was", "--help"}).text.find("away|reading"), std::string::npos);
  EXPECT_EQ(ended({"--version"}).text.rfind("nape ", 0), 0U);
}

}  // namespace
}  // namespace nape::cli
