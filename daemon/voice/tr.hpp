// SPDX-License-Identifier: Apache-2.0
//
// Sentences for people: translated by gettext, then filled in. Placeholders are numbered, so that a
// translation may reorder them. The catalogue is "nape"; the programs choose it (textdomain).
#pragma once

#include <fmt/format.h>
#include <libintl.h>

#include <string>

namespace nape {

inline const char* tr(const char* sentence) { return gettext(sentence); }

/// The sentence, translated and filled in. A translation whose placeholders do not fit is shown as
/// it is: better a bare sentence than a dead daemon.
template <class... Values>
std::string say(const char* sentence, const Values&... values) {
  const char* translated = tr(sentence);
  try {
    return fmt::vformat(translated, fmt::make_format_args(values...));
  } catch (const fmt::format_error&) {
    return translated;
  }
}

}  // namespace nape
