// SPDX-License-Identifier: Apache-2.0
//
// Text that came from outside is not trusted to be UTF-8; protobuf, JSON and Prometheus are.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace nape {

/// The length of the well-formed character at the start of `bytes`; 0 where there is none. Overlong
/// forms, surrogates and what lies beyond U+10FFFF are none.
std::size_t utf8_length(std::string_view bytes);

bool is_utf8(std::string_view bytes);

/// The text with U+FFFD for each byte that belongs to no well-formed character.
std::string clean_utf8(std::string_view bytes);

/// As a JSON string, quotes included; cleaned first.
std::string json_quoted(std::string_view text);

}  // namespace nape
