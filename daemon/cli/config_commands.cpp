// SPDX-License-Identifier: Apache-2.0
#include <fstream>
#include <iostream>
#include <sstream>

#include "cli/ask.hpp"
#include "cli/commands.hpp"
#include "config/check_files.hpp"
#include "config/paths.hpp"
#include "config/presets.hpp"
#include "config/settings.hpp"

namespace nape::cli {
namespace {

int broken(const std::string& what) { return report({Failure::Why::broken, {}, what}); }

/// What the settings name; "default" where they are absent or cannot be read, which `nape config
/// check` tells about.
std::string policy_in_force(const config::Paths& paths) {
  const auto settings = config::load_settings(paths.config_file);
  return settings ? settings.value->policy : "default";
}

}  // namespace

int check_config(const Options& options) {
  if (!options.files.empty()) return config::check_file(options.files.front(), std::cout);
  const auto paths = config::resolve_paths(config::Environment::of_this_process());
  if (!paths) return broken(paths.error().what);
  return config::check_configuration(*paths, std::cout);
}

int lint_policy(const Options& options) {
  int worst = done;
  for (const std::string& file : options.files)
    worst = std::max(worst, config::check_file(file, std::cout));
  return worst;
}

int show_policy(const Options& options) {
  const auto paths = config::resolve_paths(config::Environment::of_this_process());
  if (!paths) return broken(paths.error().what);
  const std::string name = options.policy.empty() ? policy_in_force(*paths) : options.policy;
  if (const auto text = config::preset(name)) {
    print(*text);
    return done;
  }
  const auto file = options.policy.empty() ? paths->config_file.parent_path() / name
                                           : std::filesystem::path(name);
  const std::ifstream stream(file);
  if (!stream) {
    std::string names;
    for (const std::string_view one : config::preset_names())
      names += (names.empty() ? "" : ", ") + std::string(one);
    return broken(say("{0} is neither a file nor a preset; presets: {1}", name, names));
  }
  std::ostringstream text;
  text << stream.rdbuf();
  print(text.str());
  return done;
}

}  // namespace nape::cli
