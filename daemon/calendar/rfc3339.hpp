// SPDX-License-Identifier: Apache-2.0
//
// Wall times and dates as text: RFC 3339 with the zone's offset, milliseconds only where there are
// some.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "calendar/zone.hpp"
#include "core/result.hpp"
#include "core/time.hpp"

namespace nape::calendar {

/// "2026-03-02T09:00:00+01:00". An offset of odd seconds (before 1972) is rounded to the minute,
/// and the time with it.
std::string rfc3339(WallTime t, const Zone& zone);

/// Also accepts "Z", a space or a small t for the T, and any number of decimals, of which three are
/// kept. The offset must be there: a local time without one names no moment.
Result<WallTime> from_rfc3339(std::string_view text);

/// "2026-03-02", and back; nothing where there is no such date.
std::string date_text(std::int32_t day);
std::optional<std::int32_t> date_from(std::string_view text);

/// "09:05": what the wall clock in `zone` shows.
std::string clock_text(WallTime t, const Zone& zone);

}  // namespace nape::calendar
