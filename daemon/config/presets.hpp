// SPDX-License-Identifier: Apache-2.0
//
// The policies that are built in: the TOML files of packaging/policies, embedded at build time, so
// that no file is needed at run time. "default" is always among them.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace nape::config {

/// The TOML text of the preset called `name`.
std::optional<std::string_view> preset(std::string_view name);

/// All of them, "default" first, then by name.
std::vector<std::string_view> preset_names();

}  // namespace nape::config
