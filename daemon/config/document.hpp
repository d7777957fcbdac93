// SPDX-License-Identifier: Apache-2.0
//
// A TOML file as a tree, with every syntax error that can be told apart from its consequences; for
// the .cpp files of config/ alone, because it brings toml++ along. Refuses files over 256 KiB, what
// is not a regular file, and nesting that only an attacker writes.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "config/report.hpp"
#include "config/toml_parser.hpp"
#include "core/result.hpp"

namespace nape::config {

inline constexpr std::size_t largest_file = 256 * 1024;

/// The whole of a small file, by a path that a person gave.
Result<std::string> read_file(const std::filesystem::path& path);

struct Document {
  toml::table root;
  /// Without syntax errors. Otherwise lines are missing, so that the absence of a key proves
  /// nothing.
  bool is_whole = true;
};

/// After a syntax error its line is left out and the rest is read again, so that the next one is
/// found too.
Document parse_document(std::string_view text, Report& report);

Place place_of(const toml::source_region& region);

}  // namespace nape::config
