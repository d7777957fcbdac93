// SPDX-License-Identifier: Apache-2.0
//
// The numbers of presence, each with its source: design.md sections 5 and 6, and what they rest on
// in the literature.
#pragma once

#include <array>

#include "core/time.hpp"

namespace nape::thresholds {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

/// The longest input gap that counts as use (WorkPace and Wellnomics: 30 s), and the second one
/// that is reported.
inline constexpr Duration use_gap = seconds(30);
inline constexpr Duration wide_use_gap = seconds(60);
/// The oldest proof that still carries a stretch (RescueTime: 300 s, backdated).
inline constexpr Duration sitting_gap = seconds(300);
/// The band of a stretch: no threshold is natural, so three are told.
inline constexpr std::array<Duration, 3> band_gaps{seconds(180), seconds(300), seconds(600)};
/// A shorter lock is a slip, not a walk. From this on, it is rest.
inline constexpr Duration lock_bridge = seconds(60);
/// How long evidence without input carries sitting (judgement: a long meeting; one episode).
inline constexpr Duration call_carries = minutes(120);
inline constexpr Duration playback_carries = minutes(45);
inline constexpr Duration reading_carries = minutes(60);
/// Unknown for longer than this is away.
inline constexpr Duration unknown_is_away = hours(4);
/// A second with fewer motion events and nothing else is a jittery mouse.
inline constexpr unsigned jitter_motions = 3;
/// A gap that ends a stored input span; every what-if from this threshold up can be recomputed.
inline constexpr Duration span_gap = seconds(10);
/// Input this soon after a break begins, or after an answer, is the answer's own.
inline constexpr Duration answer_grace = seconds(3);
/// A shorter gap is nothing that a person would remember and correct; neither would a lock make it
/// rest.
inline constexpr Duration told_gap = seconds(60);
/// The pause that `typing` waits for.
inline constexpr Duration typing_pause = seconds(3);
/// A shorter break that a longer one is so close behind is merged into it (Workrave: length + 30
/// s).
inline constexpr Duration merge_slack = seconds(30);
/// Time in which the machine was off counts at most this much.
inline constexpr Duration off_longest = hours(7 * 24);
/// A state on disk is at most this much older than the life it describes; the second after the last
/// input.
inline constexpr Duration commit_every = seconds(60);
inline constexpr Duration commit_after_input = seconds(15);

}  // namespace nape::thresholds
