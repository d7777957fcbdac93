// SPDX-License-Identifier: Apache-2.0
#include "cli/times.hpp"

#include <cmath>
#include <cstdio>
#include <ctime>

#include "voice/tr.hpp"

namespace nape::cli {
namespace {

std::string minutes_text(long minutes) {
  if (minutes < 60) return say("{0} min", minutes);
  return say("{0} h {1:02} min", minutes / 60, minutes % 60);
}

std::string local(double unix_seconds, const char* format) {
  const auto moment = static_cast<std::time_t>(std::floor(unix_seconds));
  std::tm parts{};
  char text[32];
  if (::localtime_r(&moment, &parts) == nullptr) return "?";
  return {text, std::strftime(text, sizeof text, format, &parts)};
}

}  // namespace

std::string passed(double seconds) {
  if (seconds < 60) return say("{0} s", std::lround(std::floor(seconds)));
  return minutes_text(std::lround(std::floor(seconds / 60)));
}

std::string ahead(double seconds) {
  if (seconds <= 59) return say("{0} s", std::lround(std::ceil(seconds)));
  return minutes_text(std::lround(std::ceil(seconds / 60)));
}

std::string exactly(double seconds) {
  const long whole = std::lround(std::floor(seconds));
  if (whole < 60 || whole >= 600) return passed(seconds);
  if (whole % 60 == 0) return minutes_text(whole / 60);
  return say("{0} min {1} s", whole / 60, whole % 60);
}

std::string clock(double unix_seconds) { return local(unix_seconds, "%H:%M"); }

std::string clock_with_seconds(double unix_seconds) { return local(unix_seconds, "%H:%M:%S"); }

std::string day_name(const std::string& date) {
  std::tm parts{};
  if (std::sscanf(date.c_str(), "%d-%d-%d", &parts.tm_year, &parts.tm_mon, &parts.tm_mday) != 3)
    return date;
  parts.tm_year -= 1900;
  parts.tm_mon -= 1;
  parts.tm_hour = 12;
  // Fills in the weekday; noon, so that no change of the clock moves the date.
  if (std::mktime(&parts) == -1) return date;
  char text[96];
  return {text, std::strftime(text, sizeof text, tr("%A, %-d %B"), &parts)};
}

}  // namespace nape::cli
