// SPDX-License-Identifier: Apache-2.0
//
// A line's words, and the small values they hold: offsets, lengths, counts.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.hpp"

namespace nape::scenario {

/// Split at blanks; what follows a "#" at the beginning of a word is a comment.
std::vector<std::string_view> words_of(std::string_view line);

/// "HH:MM:SS", hours beyond 24 allowed, decimals to the millisecond.
std::optional<Duration> offset_from(std::string_view word);

/// "20m", "1h30m", "3d", with an optional sign.
std::optional<Duration> signed_length_from(std::string_view word);

std::optional<std::uint64_t> count_from(std::string_view word);

/// "key=value"; nothing where there is no "=".
std::optional<std::pair<std::string_view, std::string_view>> pair_from(std::string_view word);

}  // namespace nape::scenario
