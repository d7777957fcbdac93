// SPDX-License-Identifier: Apache-2.0
//
// What the diary says. Days are the daemon's local days, counted from 1970-01-01. Numbers of a
// running stretch are those of the last checkpoint, at most a minute old. Reading never blocks the
// daemon.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/effect.hpp"
#include "core/result.hpp"
#include "core/time.hpp"

namespace nape::store {

class Database;

struct BreakSum {
  std::string kind;
  Outcome outcome = Outcome::taken;
  std::uint64_t count = 0;
  Duration rested{};
};

struct Day {
  std::int32_t day = 0;
  Duration sitting_input{};
  Duration sitting_passive{};
  Duration use_30{};
  Duration use_60{};
  /// Begun on this day.
  std::uint64_t stretches = 0;
  /// The longest stretch at 180, 300 and 600 s.
  std::array<Duration, 3> longest{};
  /// Begin of the first stretch and end of the last; none without any.
  std::optional<WallTime> first;
  std::optional<WallTime> last;
  /// None: no input was measured, which is not 0. Not complete: some of it was not.
  std::optional<InputCounts> counts;
  bool counts_complete = true;
  /// Pauses inside input spans, from 1, 2, 4 and 8 s up to the next.
  std::array<std::uint64_t, 4> pauses{};
  std::vector<BreakSum> breaks;
  /// Sitting time.
  std::map<std::string, Duration> categories;
  std::array<Duration, 4> setups{};  ///< indexed by SetupKind

  Duration sitting() const { return sitting_input + sitting_passive; }
};

struct StoredStretch {
  Stretch stretch;
  bool running = false;
};

struct StoredBreak {
  std::string kind;
  Outcome outcome = Outcome::taken;
  WallTime begin;
  /// When it was known.
  WallTime at;
  Duration rested{};
  Duration paid{};
  Duration owed{};
};

struct StoredWhy {
  WallTime at;
  Why why;
};

struct Application {
  std::string name;
  Duration sitting{};
};

class History {
 public:
  explicit History(std::shared_ptr<Database> database) : database_(std::move(database)) {}
  /// Read-only, also while a daemon writes. Refuses what is not a database of this version.
  static Result<History> open(const std::string& path);

  /// None: nothing is known of that day.
  Result<std::optional<Day>> today(std::int32_t day) const;
  /// The days that are known from `from` to `to`, both included, oldest first.
  Result<std::vector<Day>> days(std::int32_t from, std::int32_t to) const;
  /// In the order in which they began.
  Result<std::vector<StoredStretch>> stretches(std::int32_t day) const;
  Result<std::vector<StoredBreak>> breaks(std::int32_t day) const;
  /// Newest first; without a kind, of all.
  Result<std::vector<StoredWhy>> why(const std::optional<std::string>& kind, int limit) const;
  /// Most sitting time first.
  Result<std::vector<Application>> top_applications(std::int32_t day, int limit) const;
  Result<bool> is_demo() const;

  /// A consistent copy with mode 0600, for long jobs.
  Result<void> backup_to(const std::string& path) const;

 private:
  std::shared_ptr<Database> database_;
};

}  // namespace nape::store
