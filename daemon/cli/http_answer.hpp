// SPDX-License-Identifier: Apache-2.0
//
// An HTTP/1.1 answer as text, taken apart: just what the daemon's own server sends to a client that
// asked it to close.
#pragma once

#include <string>
#include <string_view>

#include "cli/client.hpp"

namespace nape::cli {

/// The body, where the status is 200; else what the daemon said. Refuses half answers.
Answer<std::string> read_answer(std::string_view text);

/// The string value of `key` in a flat JSON object such as Connect's error bodies; empty if there
/// is none.
std::string json_value(std::string_view json, std::string_view key);

}  // namespace nape::cli
