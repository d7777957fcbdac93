// SPDX-License-Identifier: Apache-2.0
//
// The words of the API as phrases for people. A word that is newer than this program is shown as it
// is.
#pragma once

#include <string>

#include "cli/paint.hpp"
#include "nape/v1/control.pb.h"

namespace nape::cli {

/// "At the computer", "Away, the screen is locked", "Not known: ...".
std::string presence_phrase(const std::string& state, const std::string& reason);
Tone presence_tone(const std::string& state);

/// What holds a break back: "a call", "the pause".
std::string hold_phrase(const std::string& reason);
/// Why a stretch ended: "the screen was locked".
std::string end_phrase(const std::string& reason);
std::string outcome_phrase(const std::string& outcome);
std::string setup_phrase(const std::string& setup);
/// What a sensor is for: "keys and pointer".
std::string sensor_phrase(const std::string& sensor);
std::string plugin_state_phrase(const std::string& state);

/// How the kind stands: "due in 3 min, at 11:23".
std::string kind_phrase(const v1::Kind& kind, double now_unix_seconds);
/// "2 postpones and 3 skips left"; empty where the policy gives none.
std::string budget_phrase(const v1::Kind& kind);
Tone kind_tone(const v1::Kind& kind);
/// How much of it has come together, 0 to 1.
double kind_share(const v1::Kind& kind);

}  // namespace nape::cli
