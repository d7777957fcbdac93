// SPDX-License-Identifier: Apache-2.0
//
// How text looks: colours where a terminal shows them, bars in the characters that the locale has.
// There is no red: nothing here is the person's fault.
#pragma once

#include <string>
#include <string_view>

#include "cli/options.hpp"

namespace nape::cli {

enum class Tone { plain, strong, faint, calm, accent, due };

class Paint {
 public:
  Paint(bool colour, bool utf8) : colour_(colour), utf8_(utf8) {}

  std::string operator()(Tone tone, std::string_view text) const;
  /// `share` of `width` characters, 0 to 1; the full part in `tone`.
  std::string bar(double share, int width, Tone tone) const;
  /// Between two times, and between things of a row.
  const char* dash() const { return utf8_ ? "–" : "-"; }
  const char* dot() const { return utf8_ ? "·" : "-"; }
  const char* good() const { return utf8_ ? "✓" : "+"; }
  const char* missing() const { return utf8_ ? "○" : "o"; }

 private:
  bool colour_;
  bool utf8_;
};

/// For standard output, as the environment (NO_COLOR, TERM, the locale) and the person wish.
Paint paint_for_output(Colour wish);

/// Characters, not bytes, so that columns align; wide characters count as one.
std::size_t shown_length(std::string_view text);
/// With spaces up to `width`.
std::string padded(std::string_view text, std::size_t width);

}  // namespace nape::cli
