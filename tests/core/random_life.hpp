// SPDX-License-Identifier: Apache-2.0
//
// Random lives: a policy, and what happens to a person, a machine and a daemon under it, for
// RapidCheck. A life shrinks by leaving out deeds, shortening gaps and leaving out kinds, and
// prints as lines that read like a scenario. Nothing here knows what is right; life_watch.hpp does.
#pragma once

#include <rapidcheck/Gen.h>
#include <rapidcheck/gen/Arbitrary.h>

#include <iosfwd>
#include <string>
#include <variant>
#include <vector>

#include "core/event.hpp"

namespace nape::life {

/// Tallies at a steady pace.
struct Burst {
  int tallies = 1;
  Duration every = std::chrono::seconds(1);
  InputCounts counts;
  bool measured = true;
};
struct Sleep {
  Duration length{};
};
struct LockFor {
  Duration length{};
};
/// The calendar's next turn.
struct Turn {
  bool new_day = false;
  /// Bit i: kind i is outside its `when`.
  unsigned closed = 0;
  bool quiet = false;
};
/// The daemon saves, is gone for `down`, and is restored.
struct Restart {
  Duration down{};
  Duration slept{};
  /// Another boot: the boot clock begins anew.
  bool off = false;
};

using Deed = std::variant<Event, Burst, Sleep, LockFor, Turn, Restart>;
struct Step {
  Duration gap{};
  Deed deed;
};
struct Life {
  Policy policy;
  std::vector<Step> steps;
};

/// One thing at one moment of a life, counted from its beginning.
struct Moment {
  Duration at{};
  std::variant<Event, Restart> what;
};
std::vector<Moment> moments_of(const Life& life);
/// Without the last gap: when the last moment happens.
Duration length_of(const Life& life);

/// The n-th kind of every policy here has this name; the last of the words' kinds is in no policy.
std::string kind_name(unsigned index);
inline constexpr unsigned most_kinds = 5;

/// As many deeds as ten times the size, at most.
rc::Gen<Life> random_life();

std::string text_of(const Event& event);
void showValue(const Life& life, std::ostream& out);

}  // namespace nape::life

namespace rc {
template <>
struct Arbitrary<nape::life::Life> {
  static Gen<nape::life::Life> arbitrary() { return nape::life::random_life(); }
};
}  // namespace rc
