// SPDX-License-Identifier: Apache-2.0
#include "calendar/zone.hpp"

#include <date/tz.h>

#include <array>
#include <cstdlib>
#include <exception>
#include <fstream>

namespace nape::calendar {
namespace {

constexpr const char* database = "/usr/share/zoneinfo/";

/// date-tz aborts on a file that is no zone, and its index holds such files ("leapseconds"); so
/// look first. The "right/" zones count leap seconds, which no clock of ours does.
bool holds_zone(const std::string& name) {
  if (name.empty() || name.size() > 64 || name.front() == '/' || name.starts_with("right/"))
    return false;
  if (name.find("..") != std::string::npos) return false;
  const auto is_plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' ||
           c == '_' || c == '-' || c == '+';
  };
  for (const char c : name) {
    if (!is_plain(c)) return false;
  }
  std::ifstream file(database + name, std::ios::binary);
  std::array<char, 4> magic{};
  return file.read(magic.data(), magic.size()) && std::string(magic.data(), magic.size()) == "TZif";
}

const date::time_zone* machine_zone() {
  if (const char* tz = std::getenv("TZ"); tz != nullptr) {
    const std::string name = *tz == ':' ? tz + 1 : tz;
    if (holds_zone(name)) return date::locate_zone(name);
  }
  try {
    return date::current_zone();
  } catch (const std::exception&) {
    // Without /etc/localtime the C library means UTC as well.
    return date::locate_zone("Etc/UTC");
  }
}

date::local_time<Duration> local_time_of(Local local) {
  return date::local_days(date::days(local.day)) + local.time_of_day;
}

}  // namespace

Result<Zone> Zone::open(const std::string& name) {
  if (!name.empty() && !holds_zone(name)) {
    return Error{"no time zone \"" + name + "\" in " + database +
                 "; use an IANA name such as Europe/Berlin, or install tzdata"};
  }
  try {
    return Zone(name.empty() ? machine_zone() : date::locate_zone(name));
  } catch (const std::exception& error) {
    return Error{std::string("cannot read the time zone database in ") + database + " (" +
                 error.what() + "); install tzdata"};
  }
}

const std::string& Zone::name() const { return zone_->name(); }

std::chrono::seconds Zone::offset_at(WallTime t) const {
  return zone_->get_info(std::chrono::floor<std::chrono::seconds>(t)).offset;
}

Local Zone::local(WallTime t) const {
  const Duration since_epoch = t.time_since_epoch() + offset_at(t);
  const auto day = std::chrono::floor<date::days>(since_epoch);
  return {static_cast<std::int32_t>(day.count()), since_epoch - day};
}

WallTime Zone::first(Local local) const {
  return zone_->to_sys(local_time_of(local), date::choose::earliest);
}

WallTime Zone::last(Local local) const {
  return zone_->to_sys(local_time_of(local), date::choose::latest);
}

int weekday_of(std::int32_t day) {
  // 1970-01-01 was a Thursday.
  const int since_monday = (day + 3) % 7;
  return since_monday < 0 ? since_monday + 7 : since_monday;
}

}  // namespace nape::calendar
