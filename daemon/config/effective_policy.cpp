// SPDX-License-Identifier: Apache-2.0
#include "config/effective_policy.hpp"

#include <system_error>

#include "config/policy_file.hpp"
#include "config/sentence.hpp"

namespace nape::config {

Loaded<Policy> effective_policy(const Settings& settings, const Paths& paths) {
  auto loaded = load_policy(settings.policy, paths.config_file.parent_path());
  const std::filesystem::path organisation = paths.system_dir / "policy.toml";
  std::error_code ignored;
  if (std::filesystem::exists(organisation, ignored)) {
    loaded.warnings.push_back({organisation.string(),
                               0,
                               0,
                               {},
                               tr("is not applied: this version knows no organisation layer"),
                               tr("name it as `policy` in nape.toml to use it as your own")});
  }
  return loaded;
}

}  // namespace nape::config
