// SPDX-License-Identifier: Apache-2.0
//
// What Nape says on the screen. Voice: it says "due", it counts what the person did, it does not
// scold. Every sentence is translated; numbers are words' own, never scores.
#pragma once

#include <optional>
#include <string>

#include "core/effect.hpp"
#include "core/policy.hpp"
#include "core/time.hpp"

namespace nape::app {

/// "52 min", "4 min 10 s", "1 h 5 min": two units at most, nothing smaller than a second.
std::string length_text(Duration length);

/// "52 min at the computer. Up for 5 min?"
std::string prompt_title(const BreakStage& stage, const BreakKind& kind);
/// What the buttons cannot say; may be empty.
std::string prompt_body(const BreakStage& stage, const BreakKind& kind);

std::string start_label();
/// "In 3 min, 2 left"; "In 3 min, last one".
std::string postpone_label(Duration length, int left);
std::string skip_label(int left);
std::string why_label();

/// "4 min 10 s, that paid 41 min."
std::string return_title(const BreakEnded& ended);
/// "Next at 11:35."
std::string return_body(const std::string& next_at);

/// The sentence behind an advice's key; none where there is none.
std::optional<std::string> advice_text(const std::string& about);

/// The numbers behind a prompt, for its "Why?".
std::string why_text(const Why& why, const BreakKind& kind);

}  // namespace nape::app
