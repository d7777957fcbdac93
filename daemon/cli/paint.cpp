// SPDX-License-Identifier: Apache-2.0
#include "cli/paint.hpp"

#include <langinfo.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>

namespace nape::cli {
namespace {

const char* code(Tone tone) {
  switch (tone) {
    case Tone::plain:
      return "";
    case Tone::strong:
      return "\033[1m";
    case Tone::faint:
      return "\033[2m";
    case Tone::calm:
      return "\033[32m";
    case Tone::accent:
      return "\033[36m";
    case Tone::due:
      return "\033[1;33m";
  }
  return "";
}

bool is_set(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0';
}

}  // namespace

std::string Paint::operator()(Tone tone, std::string_view text) const {
  if (!colour_ || tone == Tone::plain || text.empty()) return std::string(text);
  return code(tone) + std::string(text) + "\033[0m";
}

std::string Paint::bar(double share, int width, Tone tone) const {
  const double within = std::isfinite(share) ? std::clamp(share, 0.0, 1.0) : 0.0;
  // Full only when it is: a bar that looks full must mean due.
  const int full =
      within >= 1 ? width : std::min(static_cast<int>(std::lround(within * width)), width - 1);
  const auto times = [](const char* character, int count) {
    std::string text;
    for (int done_so_far = 0; done_so_far < count; ++done_so_far) text += character;
    return text;
  };
  return (*this)(tone, times(utf8_ ? "━" : "#", full)) +
         (*this)(Tone::faint, times(utf8_ ? "─" : "-", width - full));
}

Paint paint_for_output(Colour wish) {
  const char* terminal = std::getenv("TERM");
  const bool is_dumb = terminal == nullptr || std::strcmp(terminal, "dumb") == 0;
  const bool automatic = ::isatty(STDOUT_FILENO) == 1 && !is_set("NO_COLOR") && !is_dumb;
  const bool colour = wish == Colour::always || (wish == Colour::automatic && automatic);
  return {colour, std::strcmp(::nl_langinfo(CODESET), "UTF-8") == 0};
}

std::size_t shown_length(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
  }));
}

std::string padded(std::string_view text, std::size_t width) {
  const std::size_t length = shown_length(text);
  return std::string(text) + std::string(length < width ? width - length : 0, ' ');
}

}  // namespace nape::cli
