// SPDX-License-Identifier: Apache-2.0
//
// A time zone: the only place that turns wall time into local time. The data is the machine's zone
// database, read on first use (about 2 ms and 200 kB) and never downloaded. A Zone is a cheap
// handle; the database lives as long as the process. It refuses names that the database does not
// hold. The database's tables end in 2037.
#pragma once

#include <cstdint>
#include <string>

#include "core/result.hpp"
#include "core/time.hpp"

namespace date {
class time_zone;
}

namespace nape::calendar {

/// A moment as a wall calendar and a wall clock in some zone show it.
struct Local {
  /// The date, in days since 1970-01-01.
  std::int32_t day = 0;
  /// 0 to 24 h, exclusive.
  Duration time_of_day{};
  friend bool operator==(const Local&, const Local&) = default;
};

class Zone {
 public:
  /// By IANA name; empty: the machine's, which is $TZ if that is an IANA name, else /etc/localtime,
  /// else UTC.
  static Result<Zone> open(const std::string& name);

  const std::string& name() const;
  /// East of Greenwich is positive.
  std::chrono::seconds offset_at(WallTime t) const;
  Local local(WallTime t) const;

  /// The first and the last moment at which the wall clock shows `local`; they differ where clocks
  /// are set back. Where they are set forward over it, both are the moment of the jump.
  /// `time_of_day` may be 24 h.
  WallTime first(Local local) const;
  WallTime last(Local local) const;

 private:
  explicit Zone(const date::time_zone* zone) : zone_(zone) {}

  const date::time_zone* zone_;
};

/// 0 is Monday.
int weekday_of(std::int32_t day);

}  // namespace nape::calendar
