// SPDX-License-Identifier: Apache-2.0
//
// The vocabulary: one word for each enumerator, the same in JSON, metrics, database, TOML and CLI.
#pragma once

#include <optional>
#include <string_view>

#include "core/effect.hpp"
#include "core/event.hpp"
#include "core/policy.hpp"

namespace nape {

std::string_view word_for(Of value);
std::string_view word_for(Credit value);
std::string_view word_for(Stage value);
std::string_view word_for(HoldReason value);
std::string_view word_for(Insist value);
std::string_view word_for(PresenceState value);
std::string_view word_for(Confidence value);
std::string_view word_for(PresenceReason value);
std::string_view word_for(SetupKind value);
std::string_view word_for(Outcome value);
std::string_view word_for(Verdict value);
std::string_view word_for(Refusal value);
std::string_view word_for(SignalKind value);
std::string_view word_for(SensorKind value);
std::string_view word_for(SensorState value);
std::string_view word_for(Display value);
std::string_view word_for(Keyboard value);

/// The enumerator named by `word`, none if no enumerator is.
template <class Enum>
std::optional<Enum> from_word(std::string_view word);

}  // namespace nape
