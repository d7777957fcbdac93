// SPDX-License-Identifier: Apache-2.0
//
// What a plugin sees and how well, kept in its status. Each function says whether that has changed.
#pragma once

#include <string>
#include <string_view>

#include "host/plugin_status.hpp"

namespace nape::host {

/// What its capabilities promise it sees, until it says otherwise.
bool promise_senses(PluginStatus& status);
/// It has said how well it sees.
bool learn_sense(PluginStatus& status, SensorKind kind, const Sense& sense);
/// It has told something: it evidently sees, promised or not.
bool imply_sense(PluginStatus& status, SensorKind kind);
/// It does not run: it sees nothing, for the status' reason.
bool lose_senses(PluginStatus& status);

}  // namespace nape::host
