// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <utility>

#include "app/configuration.hpp"
#include "app/daemon.hpp"
#include "app/options.hpp"
#include "app/translations.hpp"
#include "config/paths.hpp"

namespace {

constexpr int cannot_go_on = 1;
constexpr int wrong_usage = 2;
constexpr int wrong_settings = 78;  // EX_CONFIG: systemd need not try again

int fail(const nape::Error& error, int exit_code) {
  std::fprintf(stderr, "naped: %s\n", error.what.c_str());
  return exit_code;
}

int run(int count, char** words) {
  const auto options = nape::app::parse_options(count, words);
  if (!options) return fail(options.error(), wrong_usage);
  if (options->help || options->version) {
    std::fputs((options->help ? nape::app::help_text() : nape::app::version_text()).c_str(),
               stdout);
    return 0;
  }
  for (const auto& [variable, place] : options->places)
    ::setenv(variable.c_str(), place.c_str(), 1);
  const auto paths = nape::config::resolve_paths(nape::config::Environment::of_this_process());
  if (!paths) return fail(paths.error(), cannot_go_on);
  auto configuration = nape::app::load_configuration(*paths, options->policy);
  if (!configuration) return fail(configuration.error(), wrong_settings);
  auto daemon = nape::app::Daemon::open(*options, *paths, std::move(*configuration));
  if (!daemon) return fail(daemon.error(), cannot_go_on);
  (*daemon)->run();
  return 0;
}

}  // namespace

int main(int count, char** words) {
  nape::app::begin_translations();
  try {
    return run(count, words);
  } catch (const std::exception& fault) {
    // Nothing of ours throws; what a library throws this far up is beyond repair.
    std::fprintf(stderr, "naped: %s\n", fault.what());
    return cannot_go_on;
  }
}
