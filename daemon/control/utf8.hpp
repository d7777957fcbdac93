// SPDX-License-Identifier: Apache-2.0
//
// Text that came from outside (a client, a plugin, the name of a program) is not trusted to be
// UTF-8; protobuf and JSON are.
#pragma once

#include <string>
#include <string_view>

namespace nape::control {

/// The text, with U+FFFD for each byte that belongs to no well-formed character (overlong forms and
/// surrogates included).
std::string clean_utf8(std::string_view text);

/// As a JSON string, quotes included; cleaned first.
std::string json_quoted(std::string_view text);

}  // namespace nape::control
