// SPDX-License-Identifier: Apache-2.0
#include "config/settings.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace nape::config {
namespace {

using std::chrono::hours;

Loaded<Settings> parse(const std::string& text) { return parse_settings(text, "nape.toml"); }

std::string only_error(const std::string& text) {
  const auto loaded = parse(text);
  EXPECT_FALSE(loaded.value);
  EXPECT_EQ(loaded.errors.size(), 1u);
  return loaded.errors.empty() ? "" : compiler_line(loaded.errors.front(), Severity::error);
}

TEST(Settings, an_absent_or_empty_file_is_all_defaults) {
  EXPECT_EQ(*load_settings("/nonexistent/nape.toml").value, Settings{});
  EXPECT_EQ(*parse("").value, Settings{});
}

TEST(Settings, an_unreadable_file_is_an_error_and_not_the_defaults) {
  const auto loaded = load_settings("/tmp");
  EXPECT_FALSE(loaded);
  EXPECT_EQ(loaded.errors.at(0).file, "/tmp");
}

TEST(Settings, every_key_reaches_the_settings) {
  const auto loaded = parse(R"(policy = "mine.toml"
language = "pt_BR"
[plugins]
x11 = true
notify = false
mine = { command = ["python3", "x.py"], enabled = false }
[metrics]
listen = "127.0.0.1:9999"
allow = ["prometheus", 1001]
personal_readers = ["me"]
[categories]
"zzz*" = "games"
"aaa" = "mail"
[retention]
spans = "30d"
why = "7d"
[presence]
voice = true
[privacy]
applications = false
)");
  ASSERT_TRUE(loaded);
  Settings expected;
  expected.policy = "mine.toml";
  expected.language = "pt_BR";
  expected.plugins = {
      {"x11", true, {}}, {"notify", false, {}}, {"mine", false, {"python3", "x.py"}}};
  expected.listen = {true, "127.0.0.1", 9999, false};
  expected.metrics_allow = {"prometheus", "1001"};
  expected.personal_readers = {"me"};
  expected.categories = {{"zzz*", "games"}, {"aaa", "mail"}};
  expected.keep_spans = hours(24 * 30);
  expected.keep_why = hours(24 * 7);
  expected.voice = true;
  expected.store_applications = false;
  EXPECT_EQ(*loaded.value, expected);
}

TEST(Settings, the_complete_example_is_right_and_tells_the_defaults) {
  std::ifstream file(NAPE_POLICIES "/examples/nape.toml");
  std::stringstream text;
  text << file.rdbuf();
  auto loaded = parse(text.str());
  for (const Diagnostic& error : loaded.errors)
    ADD_FAILURE() << compiler_line(error, Severity::error);
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded.value->plugins->size(), 3u);
  EXPECT_EQ(loaded.value->categories.size(), 2u);
  Settings rest = *loaded.value;
  rest.plugins.reset();
  rest.categories.clear();
  rest.listen.is_default = true;
  EXPECT_EQ(rest, Settings{});
}

TEST(Settings, an_empty_plugin_table_means_no_plugins) {
  EXPECT_EQ(parse("[plugins]\n").value->plugins, std::vector<PluginSetting>{});
  EXPECT_EQ(parse("").value->plugins, std::nullopt);
}

TEST(Settings, a_misspelt_table_is_told_with_what_was_meant) {
  EXPECT_EQ(
      only_error("[metric]\nlisten = \"off\"\n"),
      "nape.toml:1:2: error: metric: is not a key that is known here; did you mean \"metrics\"?");
}

TEST(Settings, an_address_that_others_can_reach_is_refused) {
  for (const char* address : {"0.0.0.0:16273", "192.168.1.2:80", "[::]:80", ":80"}) {
    const std::string told = only_error("[metrics]\nlisten = \"" + std::string(address) + "\"\n");
    EXPECT_NE(told.find("is not this machine alone"), std::string::npos) << told;
  }
}

TEST(Settings, a_port_that_is_none_is_refused) {
  for (const char* address :
       {"127.0.0.1", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:65536", "127.0.0.1:-1", "on", ""}) {
    const std::string told = only_error("[metrics]\nlisten = \"" + std::string(address) + "\"\n");
    EXPECT_NE(told.find("names no port"), std::string::npos) << told;
  }
}

TEST(Settings, a_plugin_without_a_program_is_refused) {
  EXPECT_NE(only_error("[plugins]\nmine = { command = [] }\n")
                .find("plugins.mine.command: names no program"),
            std::string::npos);
  EXPECT_NE(only_error("[plugins]\nmine = \"yes\"\n")
                .find("plugins.mine: is text, not true, false or a table"),
            std::string::npos);
  EXPECT_NE(only_error("[plugins]\n\"../evil\" = true\n").find("is no name of a plugin"),
            std::string::npos);
}

TEST(Settings, a_category_outside_the_list_is_refused) {
  EXPECT_NE(only_error("[categories]\nfoo = \"browsr\"\n").find("did you mean \"browser\"?"),
            std::string::npos);
}

TEST(Settings, errors_of_all_tables_are_told_at_once) {
  const auto loaded = parse(R"(policy = ""
language = "../de"
[plugins]
x11 = 1
[metrics]
allow = [true]
[retention]
spans = "1s"
why = 90
[privacy]
applications = "no"
titles = true
)");
  EXPECT_EQ(loaded.errors.size(), 8u);
  EXPECT_TRUE(
      std::is_sorted(loaded.errors.begin(), loaded.errors.end(),
                     [](const Diagnostic& a, const Diagnostic& b) { return a.line < b.line; }));
}

TEST(Categories, an_application_is_known_by_any_capitals) {
  EXPECT_EQ(category_for("firefox-esr"), "browser");
  EXPECT_EQ(category_for("Firefox"), "browser");
  EXPECT_EQ(category_for("org.gnome.Terminal"), "terminal");
  EXPECT_EQ(category_for("Gnome-terminal"), "terminal");
  EXPECT_EQ(category_for("XTerm"), "terminal");
  EXPECT_EQ(category_for("Code"), "editor");
  EXPECT_EQ(category_for("jetbrains-clion"), "editor");
  EXPECT_EQ(category_for("thunderbird"), "mail");
  EXPECT_EQ(category_for("zoom"), "meeting");
  EXPECT_EQ(category_for("libreoffice-writer"), "office");
  EXPECT_EQ(category_for("Some.Thing"), "other");
  EXPECT_EQ(category_for(""), "");
}

TEST(Categories, the_persons_rules_come_first_and_the_first_decides) {
  const std::vector<CategoryRule> rules{{"fire?ox*", "games"}, {"*", "mail"}};
  EXPECT_EQ(category_for("Firefox", rules), "games");
  EXPECT_EQ(category_for("xterm", rules), "mail");
}

TEST(Categories, a_pattern_of_stars_does_not_take_for_ever) {
  const std::string stars = "*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b";
  EXPECT_EQ(category_for(std::string(10000, 'a'), std::vector<CategoryRule>{{stars, "mail"}}),
            "other");
}

TEST(Categories, every_built_in_rule_leads_to_a_category_of_the_list) {
  const auto names = category_names();
  for (const char* application : {"firefox", "code", "xterm", "evolution", "slack", "okular", "mpv",
                                  "zoom", "nautilus", "gimp", "steam", "pavucontrol", "nobody"}) {
    EXPECT_NE(std::find(names.begin(), names.end(), category_for(application)), names.end())
        << application;
  }
}

}  // namespace
}  // namespace nape::config
