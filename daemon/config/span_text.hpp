// SPDX-License-Identifier: Apache-2.0
//
// Durations and times of day as text. A duration is whole numbers with units, large to small,
// nothing between them: "50m", "1h30m", "90s", "400d". A number without a unit is refused, because
// nobody knows what it means.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/time.hpp"

namespace nape::config {

std::optional<Duration> duration_from(std::string_view text);
/// The shortest text that duration_from() reads back, to the second.
std::string duration_text(Duration duration);

/// "09:00" to "24:00".
std::optional<Duration> time_of_day_from(std::string_view text);

}  // namespace nape::config
