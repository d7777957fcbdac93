// SPDX-License-Identifier: Apache-2.0
//
// Text from outside made fit for frames. Protobuf refuses a whole message for one byte that is not
// UTF-8, and desktops hand out Latin-1, broken and endless strings; so every string from a desktop
// goes through here first.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace nape::sdk {

bool is_utf8(std::string_view text);

/// Valid UTF-8 of at most `max_bytes`, cut between characters. Text that is not UTF-8 is read as
/// Latin-1, which older programs still write.
std::string clean_text(std::string_view text, std::size_t max_bytes);

/// The length of the valid UTF-8 character at the start of `text`, or 0.
std::size_t utf8_length(std::string_view text);

}  // namespace nape::sdk
