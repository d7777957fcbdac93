// SPDX-License-Identifier: Apache-2.0
//
// What the date and the time of day mean for a policy: the local day, which kinds are inside their
// `when`, quiet hours. A pure function of wall time; whoever drives the engine steps a CalendarTurn
// at start, at every next_after(), and after each step of the wall clock. It knows nothing of
// pause, which is the person's word.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "calendar/zone.hpp"
#include "core/event.hpp"
#include "core/policy.hpp"
#include "core/result.hpp"

namespace nape::calendar {

class Calendar {
 public:
  /// `zone` is where days begin and what a schedule without a zone of its own means; empty: the
  /// machine's. Fails where a zone is not in the database, naming it. Keeps nothing of `policy`.
  static Result<Calendar> open(const Policy& policy, const std::string& zone);

  CalendarTurn at(WallTime t) const;
  /// The first moment after `t` at which at() changes; a day border at the latest.
  WallTime next_after(WallTime t) const;

  /// When the local day `day` begins. A day lasts 23 to 25 hours, at the date line more.
  WallTime day_begins(std::int32_t day) const;
  std::int32_t day_of(WallTime t) const;

  const Zone& zone() const { return zone_; }

 private:
  struct Window {
    Zone zone;
    Schedule schedule;
    /// Days since 1970-01-01.
    std::vector<std::int32_t> holidays;
  };

  Calendar(Zone zone, int day_begins_hour)
      : zone_(zone), begins_at_(std::chrono::hours(day_begins_hour)) {}

  static Result<Window> window_of(const Schedule& schedule, const Zone& home);
  static bool is_open(const Window& window, WallTime t);
  static bool begins_on(const Window& window, std::int32_t day);
  static WallTime opening(const Window& window, std::int32_t day);
  static WallTime closing(const Window& window, std::int32_t day);
  static void collect_edges(const Window& window, WallTime t, std::vector<WallTime>& edges);

  Zone zone_;
  Duration begins_at_;
  /// One a kind; none: always open.
  std::vector<std::optional<Window>> kinds_;
  std::vector<Window> quiet_;
};

}  // namespace nape::calendar
