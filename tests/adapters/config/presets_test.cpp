// SPDX-License-Identifier: Apache-2.0
#include "config/presets.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "config/policy_file.hpp"

namespace nape::config {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

std::vector<BreakKind> kinds_of(std::string_view name) {
  return load_policy(std::string(name)).value->kinds;
}

TEST(Presets, the_ten_of_the_design_are_built_in_default_first) {
  const auto names = preset_names();
  EXPECT_EQ(names.front(), "default");
  EXPECT_EQ(std::set<std::string_view>(names.begin(), names.end()),
            (std::set<std::string_view>{"default", "gentle", "normal", "firm", "workrave",
                                        "20-20-20", "hse", "metabolic", "pomodoro", "sit-stand"}));
}

TEST(Presets, each_is_the_file_in_packaging) {
  for (const std::string_view name : preset_names()) {
    std::ifstream file(NAPE_POLICIES "/" + std::string(name) + ".toml");
    std::stringstream text;
    text << file.rdbuf();
    EXPECT_EQ(preset(name), text.str()) << name;
  }
}

TEST(Presets, each_is_right_without_a_warning_and_bears_its_own_name) {
  for (const std::string_view name : preset_names()) {
    const auto loaded = load_policy(std::string(name));
    for (const Diagnostic& error : loaded.errors)
      ADD_FAILURE() << compiler_line(error, Severity::error);
    ASSERT_TRUE(loaded) << name;
    EXPECT_TRUE(loaded.warnings.empty()) << name;
    EXPECT_EQ(loaded.value->name, name);
    EXPECT_FALSE(loaded.value->version.empty()) << name;
    EXPECT_FALSE(loaded.value->kinds.empty()) << name;
  }
}

TEST(Presets, every_kind_names_the_source_of_its_numbers) {
  for (const std::string_view name : preset_names()) {
    for (const BreakKind& kind : kinds_of(name)) {
      EXPECT_GT(kind.source.size(), 20u) << name << " " << kind.name;
    }
  }
}

TEST(Presets, default_is_gentle_by_another_name) {
  Policy gentle = *load_policy("gentle").value;
  gentle.name = "default";
  EXPECT_EQ(*load_policy("default").value, gentle);
}

TEST(Presets, gentle_has_the_numbers_of_the_design) {
  const Policy gentle = *load_policy("gentle").value;
  ASSERT_EQ(gentle.kinds.size(), 2u);
  const BreakKind& micro = gentle.kinds[0];
  EXPECT_EQ(micro.name, "micro");
  EXPECT_EQ(micro.every, minutes(20));
  EXPECT_EQ(micro.of, Of::use);
  EXPECT_EQ(micro.length, seconds(30));
  EXPECT_EQ(micro.credit, Credit::whole);
  EXPECT_EQ(micro.ladder, std::vector<LadderStep>{LadderStep{}});
  EXPECT_EQ(micro.holds, standard_holds());
  const BreakKind& rest = gentle.kinds[1];
  EXPECT_EQ(rest.name, "rest");
  EXPECT_EQ(rest.every, minutes(50));
  EXPECT_EQ(rest.of, Of::sitting);
  EXPECT_EQ(rest.length, minutes(5));
  EXPECT_EQ(rest.credit, Credit::proportional);
  EXPECT_EQ(rest.ladder, (std::vector<LadderStep>{{seconds(0), Stage::nudge},
                                                  {minutes(3), Stage::prompt},
                                                  {minutes(10), Stage::nudge, true}}));
  EXPECT_EQ(rest.postpone, (PostponeBudget{2, minutes(3)}));
  EXPECT_EQ(rest.skips_a_day, 3);
  EXPECT_EQ(rest.holds, standard_holds());
}

TEST(Presets, normal_and_firm_differ_from_gentle_in_the_ladder_of_rest_alone) {
  const auto rest_of = [](const char* name) { return load_policy(name).value->kinds.at(1); };
  EXPECT_EQ(rest_of("normal").ladder, (std::vector<LadderStep>{{seconds(0), Stage::nudge},
                                                               {minutes(1), Stage::prompt},
                                                               {minutes(4), Stage::overlay}}));
  EXPECT_EQ(rest_of("firm").ladder, (std::vector<LadderStep>{{seconds(0), Stage::nudge},
                                                             {minutes(1), Stage::prompt},
                                                             {minutes(2), Stage::overlay},
                                                             {minutes(10), Stage::lock}}));
  for (const char* name : {"normal", "firm"}) {
    BreakKind rest = rest_of(name);
    rest.ladder = rest_of("gentle").ladder;
    rest.source = rest_of("gentle").source;
    EXPECT_EQ(rest, rest_of("gentle"));
    EXPECT_EQ(load_policy(name).value->kinds.at(0), load_policy("gentle").value->kinds.at(0));
  }
}

TEST(Presets, only_firm_ever_locks) {
  for (const std::string_view name : preset_names()) {
    for (const BreakKind& kind : kinds_of(name)) {
      EXPECT_EQ(kind.ladder.back().stage == Stage::lock, name == "firm" && kind.name == "rest")
          << name;
    }
  }
}

}  // namespace
}  // namespace nape::config
