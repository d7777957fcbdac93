// SPDX-License-Identifier: Apache-2.0
#include "config/paths.hpp"

#include <gtest/gtest.h>

namespace nape::config {
namespace {

Environment of_anna() {
  return {{{"HOME", "/home/anna"}, {"XDG_RUNTIME_DIR", "/run/user/1000"}},
          1000,
          "/opt/nape/bin/naped",
          true};
}

Paths resolved(const Environment& environment) {
  const auto paths = resolve_paths(environment);
  EXPECT_TRUE(paths) << (paths ? "" : paths.error().what);
  return *paths;
}

TEST(Paths, the_usual_ones_follow_from_home_and_the_runtime_directory) {
  const Paths paths = resolved(of_anna());
  EXPECT_EQ(paths.config_file, "/home/anna/.config/nape/nape.toml");
  EXPECT_EQ(paths.database(), "/home/anna/.local/state/nape/nape.db");
  EXPECT_EQ(paths.control_socket(), "/run/user/1000/nape/control.sock");
  EXPECT_EQ(paths.http_file(), "/run/user/1000/nape/http");
  EXPECT_EQ(paths.system_dir, "/etc/nape");
  EXPECT_EQ(paths.plugin_dirs.at(0), "/opt/nape/bin");
  EXPECT_EQ(paths.plugin_dirs.at(1), "/opt/nape/libexec/nape");
  EXPECT_EQ(paths.listen, std::nullopt);
}

TEST(Paths, xdg_variables_are_followed) {
  Environment environment = of_anna();
  environment.variables["XDG_CONFIG_HOME"] = "/c";
  environment.variables["XDG_STATE_HOME"] = "/s";
  const Paths paths = resolved(environment);
  EXPECT_EQ(paths.config_file, "/c/nape/nape.toml");
  EXPECT_EQ(paths.state_dir, "/s/nape");
}

TEST(Paths, empty_and_relative_xdg_variables_are_ignored_as_their_specification_says) {
  Environment environment = of_anna();
  environment.variables["XDG_CONFIG_HOME"] = "";
  environment.variables["XDG_STATE_HOME"] = "state";
  EXPECT_EQ(resolved(environment).config_file, "/home/anna/.config/nape/nape.toml");
  EXPECT_EQ(resolved(environment).state_dir, "/home/anna/.local/state/nape");
}

TEST(Paths, napes_own_variables_come_first_and_need_no_home) {
  const Environment environment{{{"NAPE_CONFIG", "/t/c.toml"},
                                 {"NAPE_STATE_DIR", "/t/s"},
                                 {"NAPE_RUNTIME_DIR", "/t/r"},
                                 {"NAPE_PLUGIN_DIR", "/t/p"},
                                 {"NAPE_SYSTEM_DIR", "/t/e"},
                                 {"NAPE_HTTP", "off"}},
                                0,
                                {},
                                false};
  const Paths paths = resolved(environment);
  EXPECT_EQ(paths.config_file, "/t/c.toml");
  EXPECT_EQ(paths.state_dir, "/t/s");
  EXPECT_EQ(paths.runtime_dir, "/t/r");
  EXPECT_EQ(paths.plugin_dirs, std::vector<std::filesystem::path>{"/t/p"});
  EXPECT_EQ(paths.system_dir, "/t/e");
  ASSERT_TRUE(paths.listen);
  EXPECT_FALSE(paths.listen->on);
}

TEST(Paths, without_a_runtime_directory_the_systems_is_taken_if_it_is_there) {
  Environment environment = of_anna();
  environment.variables.erase("XDG_RUNTIME_DIR");
  EXPECT_EQ(resolved(environment).runtime_dir, "/run/user/1000/nape");
  environment.has_run_user = false;
  EXPECT_EQ(resolved(environment).runtime_dir, "/home/anna/.local/state/nape");
}

TEST(Paths, without_a_home_a_sentence_says_what_to_set) {
  const auto paths = resolve_paths(Environment{{}, 1000, {}, true});
  ASSERT_FALSE(paths);
  EXPECT_NE(paths.error().what.find("HOME"), std::string::npos);
}

TEST(Paths, a_socket_path_that_the_kernel_would_cut_is_refused) {
  Environment environment = of_anna();
  environment.variables["NAPE_RUNTIME_DIR"] = "/tmp/" + std::string(100, 'x');
  const auto paths = resolve_paths(environment);
  ASSERT_FALSE(paths);
  EXPECT_NE(paths.error().what.find("NAPE_RUNTIME_DIR"), std::string::npos);
}

TEST(Paths, an_http_address_that_cannot_be_meant_is_refused) {
  Environment environment = of_anna();
  environment.variables["NAPE_HTTP"] = "0.0.0.0:1";
  EXPECT_FALSE(resolve_paths(environment));
  environment.variables["NAPE_HTTP"] = "127.0.0.1:0";
  EXPECT_EQ(resolved(environment).listen->port, 0);
}

TEST(Paths, this_process_can_be_resolved) {
  const Environment environment = Environment::of_this_process();
  EXPECT_EQ(environment.executable.filename(), "config_test");
  EXPECT_FALSE(environment.variables.empty());
}

}  // namespace
}  // namespace nape::config
