// SPDX-License-Identifier: Apache-2.0
//
// Policies as TOML. A complete example with a comment on every key:
// packaging/policies/examples/policy.toml.
//
//   name, version     what status and metrics call it
//   extends           a preset; this file then changes what it names: a [[kind]] of the same name
//   only its own keys remove            kinds of that preset to leave out day_begins        local
//   hour, 0 to 23 (4) quiet             [{ from, to, days, zone, holidays }]: nothing prompts then
//   [[kind]]          at most 16
//     name, every, of = "use" | "sitting", length           needed
//     credit = "whole" | "proportional" (proportional), settle ("15s")
//     reset = "day"    a daily budget: no length, credit, settle, postpone, skip; its ladder only
//     nudges ladder           [{ at = "0s", step = "nudge" | "prompt" | "overlay" | "lock", stay =
//     false }] (one nudge at 0) postpone         { times, length } (none)          skip  { per_day
//     } (none) hold             { call, screencast, fullscreen, dnd, typing }, each the longest,
//     "0s" for never (standard_holds) insist           "halt" | "reset" | "ignore" (halt) when {
//     from, to, days, zone, holidays }  (always) advice, source   keys of advice; where the numbers
//     come from
//
// Durations are "50m", "1h30m"; times of day "09:00"; days "mon" or "mon-fri"; dates "2026-12-25".
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "config/diagnostic.hpp"
#include "core/policy.hpp"

namespace nape::config {

/// Reads a policy from its text; `file` is only what diagnostics call it.
Loaded<Policy> parse_policy(std::string_view text, const std::string& file);

/// A preset by name, or a file: what holds a slash or ends in ".toml". Relative files are looked
/// for in `directory`.
Loaded<Policy> load_policy(const std::string& name_or_file,
                           const std::filesystem::path& directory = {});

/// What defers a kind that says nothing of `hold`: call and screencast 2 h, full screen and
/// do-not-disturb 1 h, typing 60 s.
const std::vector<Hold>& standard_holds();

}  // namespace nape::config
