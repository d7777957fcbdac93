// SPDX-License-Identifier: Apache-2.0
//
// Sentences for people, translated and filled in; for the .cpp files of config/ alone.
#pragma once

#include <fmt/format.h>
#include <libintl.h>

#include <span>
#include <string>
#include <string_view>

namespace nape::config {

inline const char* tr(const char* sentence) { return gettext(sentence); }

/// Fills the braces of the translated sentence; of the English one, where the translator's braces
/// do not fit.
template <class... Parts>
std::string say(const char* sentence, const Parts&... parts) {
  try {
    return fmt::vformat(tr(sentence), fmt::make_format_args(parts...));
  } catch (const fmt::format_error&) {
    return fmt::vformat(sentence, fmt::make_format_args(parts...));
  }
}

/// A stranger's text in quotes, safe for a terminal: only printable ASCII and at most 60 characters
/// of it.
std::string in_quotes(std::string_view text);

/// "a, b or c".
std::string one_of(std::span<const std::string_view> words);

/// The candidate that was probably meant by `word`; empty where none is close.
std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace nape::config
