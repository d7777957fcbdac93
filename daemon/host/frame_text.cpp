// SPDX-License-Identifier: Apache-2.0
#include "host/frame_text.hpp"

#include <array>

namespace nape::host {
namespace {

// The permitted range of the byte after the first: narrower for some first bytes, which keeps out
// overlong forms, surrogates and what lies beyond U+10FFFF.
struct Shape {
  unsigned char first, last;
  std::size_t length;
  unsigned char second_low, second_high;
};
constexpr std::array<Shape, 9> shapes{{{0x00, 0x7F, 1, 0, 0},
                                       {0xC2, 0xDF, 2, 0x80, 0xBF},
                                       {0xE0, 0xE0, 3, 0xA0, 0xBF},
                                       {0xE1, 0xEC, 3, 0x80, 0xBF},
                                       {0xED, 0xED, 3, 0x80, 0x9F},
                                       {0xEE, 0xEF, 3, 0x80, 0xBF},
                                       {0xF0, 0xF0, 4, 0x90, 0xBF},
                                       {0xF1, 0xF3, 4, 0x80, 0xBF},
                                       {0xF4, 0xF4, 4, 0x80, 0x8F}}};

bool fits(const Shape& shape, std::string_view text) {
  if (shape.length > text.size()) return false;
  for (std::size_t i = 1; i < shape.length; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const unsigned char low = i == 1 ? shape.second_low : 0x80;
    const unsigned char high = i == 1 ? shape.second_high : 0xBF;
    if (byte < low || byte > high) return false;
  }
  return true;
}

}  // namespace

std::size_t utf8_length(std::string_view text) {
  if (text.empty()) return 0;
  const auto lead = static_cast<unsigned char>(text.front());
  for (const Shape& shape : shapes) {
    if (lead >= shape.first && lead <= shape.last) return fits(shape, text) ? shape.length : 0;
  }
  return 0;
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

}  // namespace nape::host
