// SPDX-License-Identifier: Apache-2.0
#include "config/presets.hpp"

#include <algorithm>

#include "config/presets_data.hpp"

namespace nape::config {

std::optional<std::string_view> preset(std::string_view name) {
  for (const PresetText& row : preset_texts()) {
    if (row.name == name) return row.text;
  }
  return std::nullopt;
}

std::vector<std::string_view> preset_names() {
  std::vector<std::string_view> names;
  for (const PresetText& row : preset_texts()) names.push_back(row.name);
  std::sort(names.begin(), names.end());
  std::stable_partition(names.begin(), names.end(),
                        [](std::string_view name) { return name == "default"; });
  return names;
}

}  // namespace nape::config
