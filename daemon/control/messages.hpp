// SPDX-License-Identifier: Apache-2.0
//
// The daemon's facts as messages of control.proto. Pure translations; text that came from outside
// is cleaned on the way.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "control/backend.hpp"
#include "core/time.hpp"
#include "nape/v1/control.pb.h"

namespace nape::control {

v1::VersionResponse version_message(const DaemonFacts& daemon);
v1::StatusResponse status_message(const Backend& backend, std::uint32_t revision);
v1::TodayResponse today_message(const DayFacts& facts, bool open, bool demo);
v1::WhyResponse why_message(const std::vector<WhyRow>& rows);
v1::PluginsResponse plugins_message(const std::vector<PluginStatus>& plugins);

double seconds_of(Duration duration);
double unix_seconds_of(WallTime moment);

/// "2026-03-02", and back: nothing if it is not a date of the calendar written so.
std::string date_of(std::int32_t day);
std::optional<std::int32_t> day_of(std::string_view date);

std::string_view word_for(PluginState state);

}  // namespace nape::control
