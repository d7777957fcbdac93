// SPDX-License-Identifier: Apache-2.0
//
// Sentences for people: translated by gettext, then filled in. Placeholders are numbered, so that a
// translation may reorder them.
#pragma once

#include <fmt/format.h>
#include <libintl.h>

#include <string>

namespace nape::cli {

inline const char* tr(const char* sentence) { return gettext(sentence); }

/// A translation whose placeholders do not fit is shown as it is.
template <class... Values>
std::string say(const char* sentence, const Values&... values) {
  try {
    return fmt::vformat(sentence, fmt::make_format_args(values...));
  } catch (const fmt::format_error&) {
    return sentence;
  }
}

}  // namespace nape::cli
