// SPDX-License-Identifier: Apache-2.0
//
// What an application is for, by its id (WM_CLASS on X11, app_id on Wayland). Twelve categories and
// "other", a closed list, because each is a label in metrics. Rules of the person come first, then
// the built-in table.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nape::config {

/// The first rule that matches decides.
struct CategoryRule {
  /// The whole id, "*" standing for anything and "?" for one character; capitals do not matter.
  std::string pattern;
  std::string category;
  friend bool operator==(const CategoryRule&, const CategoryRule&) = default;
};

/// "browser" ... "system", "other".
std::span<const std::string_view> category_names();

/// "other" where nothing matches; empty for no application.
std::string_view category_for(std::string_view application,
                              std::span<const CategoryRule> rules = {});

}  // namespace nape::config
