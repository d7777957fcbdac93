// SPDX-License-Identifier: Apache-2.0
//
// What counts as text in a frame. Everything a plugin says is somebody else's bytes until it has
// passed here.
#pragma once

#include <cstddef>
#include <string_view>

namespace nape::host {

/// The length of the valid UTF-8 character at the start of `text`, or 0.
std::size_t utf8_length(std::string_view text);

bool is_utf8(std::string_view text);

}  // namespace nape::host
