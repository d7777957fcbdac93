// SPDX-License-Identifier: Apache-2.0
#include "app/configuration.hpp"

#include "config/effective_policy.hpp"
#include "config/policy_file.hpp"
#include "host/plugin_lookup.hpp"
#include "voice/tr.hpp"

namespace nape::app {
namespace {

template <class T>
void collect(const config::Loaded<T>& loaded, std::string& errors,
             std::vector<std::string>& warnings) {
  for (const auto& error : loaded.errors) {
    errors += (errors.empty() ? "" : "\n") + config::compiler_line(error, config::Severity::error);
  }
  for (const auto& warning : loaded.warnings) {
    warnings.push_back(config::compiler_line(warning, config::Severity::warning));
  }
}

std::vector<std::string> directories_of(const config::Paths& paths) {
  std::vector<std::string> directories;
  for (const auto& directory : paths.plugin_dirs) directories.push_back(directory.string());
  return directories;
}

std::optional<host::PluginSpec> spec_of(const config::PluginSetting& setting,
                                        const std::vector<std::string>& directories) {
  host::PluginSpec spec;
  spec.name = setting.name;
  if (setting.command.empty()) {
    const auto path = host::find_plugin(directories, setting.name);
    if (!path) return std::nullopt;
    spec.path = *path;
  } else {
    spec.path = setting.command.front();
    spec.arguments.assign(setting.command.begin() + 1, setting.command.end());
  }
  return spec;
}

}  // namespace

Result<Configuration> load_configuration(const config::Paths& paths, const std::string& policy) {
  Configuration configuration;
  std::string errors;
  auto settings = config::load_settings(paths.config_file);
  collect(settings, errors, configuration.warnings);
  if (settings.value) configuration.settings = *settings.value;
  if (!policy.empty()) configuration.settings.policy = policy;
  const bool named = !policy.empty();
  auto loaded =
      named ? config::load_policy(policy) : config::effective_policy(configuration.settings, paths);
  collect(loaded, errors, configuration.warnings);
  if (!errors.empty()) return Error{errors};
  configuration.policy = std::move(*loaded.value);
  return configuration;
}

std::vector<host::PluginSpec> wanted_plugins(const config::Settings& settings,
                                             const config::Paths& paths,
                                             std::vector<std::string>& warnings) {
  const auto directories = directories_of(paths);
  std::vector<host::PluginSpec> wanted;
  if (!settings.plugins) {
    const auto session = host::session_of(host::process_environment());
    const auto exists = [&](std::string_view name) {
      return host::find_plugin(directories, name).has_value();
    };
    for (const auto& name : host::fitting_plugins(session, exists)) {
      if (auto spec = spec_of({name, true, {}}, directories)) wanted.push_back(std::move(*spec));
    }
    return wanted;
  }
  for (const auto& setting : *settings.plugins) {
    if (!setting.enabled) continue;
    if (auto spec = spec_of(setting, directories)) {
      wanted.push_back(std::move(*spec));
    } else {
      warnings.push_back(say("plugin {0}: there is no program nape-plugin-{0}", setting.name));
    }
  }
  return wanted;
}

}  // namespace nape::app
