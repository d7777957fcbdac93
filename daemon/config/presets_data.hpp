// SPDX-License-Identifier: Apache-2.0
//
// The texts of packaging/policies as the build embedded them; for presets.cpp alone.
#pragma once

#include <span>
#include <string_view>

namespace nape::config {

struct PresetText {
  std::string_view name;
  std::string_view text;
};

/// In the order of their names.
std::span<const PresetText> preset_texts();

}  // namespace nape::config
