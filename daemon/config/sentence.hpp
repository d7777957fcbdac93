// SPDX-License-Identifier: Apache-2.0
//
// The small words of diagnostics: quotes, lists, what was probably meant. For the .cpp files of
// config/ alone.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "voice/tr.hpp"

namespace nape::config {

/// A stranger's text in quotes, safe for a terminal: only printable ASCII and at most 60 characters
/// of it.
std::string in_quotes(std::string_view text);

/// "a, b or c".
std::string one_of(std::span<const std::string_view> words);

/// The candidate that was probably meant by `word`; empty where none is close.
std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace nape::config
