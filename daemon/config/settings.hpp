// SPDX-License-Identifier: Apache-2.0
//
// The person's own file, nape.toml. Every key may be left out; an absent file means all defaults. A
// complete example with a comment on every key: packaging/policies/examples/nape.toml.
//
//   policy = "default"        a preset, or a file beside this one
//   language = "de"           empty: the session's
//   [plugins]                 absent: every plugin that fits the session; present: these
//     x11 = true              NAME = true | false | { command = ["PROGRAM", "ARGUMENT"], enabled =
//     true }
//   [metrics]                 listen = "127.0.0.1:16273" | "off", allow = ["prometheus"],
//   personal_readers = [] [categories]              "APPLICATION GLOB" = "CATEGORY", first match
//   wins, before the built-in table [retention]               spans = "400d", why = "90d"
//   [presence]                voice = false
//   [privacy]                 applications = true
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/categories.hpp"
#include "config/diagnostic.hpp"
#include "config/listen.hpp"
#include "core/time.hpp"

namespace nape::config {

struct PluginSetting {
  std::string name;
  bool enabled = true;
  /// Empty: nape-plugin-NAME, looked up as usual.
  std::vector<std::string> command;
  friend bool operator==(const PluginSetting&, const PluginSetting&) = default;
};

struct Settings {
  std::string policy = "default";
  std::string language;
  /// None: no [plugins] table, so every plugin that fits the session.
  std::optional<std::vector<PluginSetting>> plugins;

  Listen listen;
  /// User names or uids that may read the team profile of /metrics, and those that may read all of
  /// it.
  std::vector<std::string> metrics_allow{"prometheus"};
  std::vector<std::string> personal_readers;

  std::vector<CategoryRule> categories;

  /// How long the store keeps spans and the why-log; days are kept for ever.
  Duration keep_spans = std::chrono::hours(400 * 24);
  Duration keep_why = std::chrono::hours(90 * 24);

  /// The person dictates: speech counts as presence like input does.
  bool voice = false;
  /// False: application ids are dropped once their category is known, and never stored.
  bool store_applications = true;

  friend bool operator==(const Settings&, const Settings&) = default;
};

Loaded<Settings> parse_settings(std::string_view text, const std::string& file);

/// A file that does not exist is all defaults; one that cannot be read is an error.
Loaded<Settings> load_settings(const std::filesystem::path& path);

}  // namespace nape::config
