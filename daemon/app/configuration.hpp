// SPDX-License-Identifier: Apache-2.0
//
// Settings and policy as they are on disk now: all of it good, or all that is wrong.
#pragma once

#include <string>
#include <vector>

#include "app/options.hpp"
#include "config/paths.hpp"
#include "config/settings.hpp"
#include "core/policy.hpp"
#include "core/result.hpp"
#include "host/plugin_status.hpp"

namespace nape::app {

struct Configuration {
  config::Settings settings;
  Policy policy;
  /// Sentences that a person should hear of and that stop nothing.
  std::vector<std::string> warnings;
};

/// `policy` names one instead of the settings' own; empty: the settings decide. The error lists
/// every fault.
Result<Configuration> load_configuration(const config::Paths& paths, const std::string& policy);

/// The plugins to run in this session, by the settings or, where they are silent, by what fits.
std::vector<host::PluginSpec> wanted_plugins(const config::Settings& settings,
                                             const config::Paths& paths,
                                             std::vector<std::string>& warnings);

}  // namespace nape::app
