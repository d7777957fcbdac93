// SPDX-License-Identifier: Apache-2.0
//
// Durations and moments as people read them. Seconds are those of the API.
#pragma once

#include <string>

namespace nape::cli {

/// Whole minutes of what has passed, "47 min", "1 h 05 min"; seconds below one minute, "42 s".
std::string passed(double seconds);
/// The same of what is to come, rounded up: what is 2 min 10 s away is due in 3 min, never in 2.
std::string ahead(double seconds);
/// With seconds below ten minutes: "4 min 10 s".
std::string exactly(double seconds);

/// Local time of day, "11:35"; with seconds, "11:35:02".
std::string clock(double unix_seconds);
std::string clock_with_seconds(double unix_seconds);
/// "Monday, 2 March" of "2026-03-02"; the text itself if it is no date.
std::string day_name(const std::string& date);

}  // namespace nape::cli
