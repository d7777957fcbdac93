// SPDX-License-Identifier: Apache-2.0
#include "calendar/rfc3339.hpp"

#include <array>
#include <chrono>
#include <cstdio>

namespace nape::calendar {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

/// Takes digits and marks from the front of a text; once it failed, it stays failed.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  int number(std::size_t digits) {
    int value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      const int digit = next_digit();
      if (digit < 0) return 0;
      value = value * 10 + digit;
    }
    return value;
  }

  char one_of(std::string_view marks) {
    if (rest_.empty() || marks.find(rest_.front()) == std::string_view::npos) {
      failed_ = true;
      return '\0';
    }
    const char mark = rest_.front();
    rest_.remove_prefix(1);
    return mark;
  }

  /// ".25" is 250; more than three decimals are cut.
  milliseconds fraction() {
    if (rest_.empty() || rest_.front() != '.') return {};
    rest_.remove_prefix(1);
    int value = next_digit() * 100;
    for (int scale = 10; !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9';
         scale /= 10) {
      value += next_digit() * scale;
    }
    return milliseconds(value);
  }

  bool is_done() const { return !failed_ && rest_.empty(); }
  bool has_failed() const { return failed_; }

 private:
  int next_digit() {
    if (rest_.empty() || rest_.front() < '0' || rest_.front() > '9') {
      failed_ = true;
      return -1;
    }
    const int digit = rest_.front() - '0';
    rest_.remove_prefix(1);
    return digit;
  }

  std::string_view rest_;
  bool failed_ = false;
};

std::optional<std::int32_t> scan_date(Scanner& scanner) {
  const int year = scanner.number(4);
  scanner.one_of("-");
  const int month = scanner.number(2);
  scanner.one_of("-");
  const int day = scanner.number(2);
  if (scanner.has_failed()) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return std::nullopt;
  return static_cast<std::int32_t>(std::chrono::sys_days(date).time_since_epoch().count());
}

/// Leap seconds are not told: :60 is refused.
std::optional<Duration> scan_time(Scanner& scanner) {
  const int hour = scanner.number(2);
  scanner.one_of(":");
  const int minute = scanner.number(2);
  scanner.one_of(":");
  const int second = scanner.number(2);
  const milliseconds fraction = scanner.fraction();
  if (scanner.has_failed() || hour > 23 || minute > 59 || second > 59) return std::nullopt;
  return hours(hour) + minutes(minute) + seconds(second) + fraction;
}

std::optional<minutes> scan_offset(Scanner& scanner) {
  const char sign = scanner.one_of("Zz+-");
  if (scanner.has_failed()) return std::nullopt;
  if (sign == 'Z' || sign == 'z') return minutes(0);
  const int hour = scanner.number(2);
  scanner.one_of(":");
  const int minute = scanner.number(2);
  if (scanner.has_failed() || hour > 23 || minute > 59) return std::nullopt;
  const minutes offset = hours(hour) + minutes(minute);
  return sign == '-' ? -offset : offset;
}

template <class... Numbers>
std::string format(const char* pattern, Numbers... numbers) {
  std::array<char, 64> text{};
  const int length = std::snprintf(text.data(), text.size(), pattern, numbers...);
  return {text.data(), static_cast<std::size_t>(length)};
}

struct ClockFace {
  int hour;
  int minute;
  int second;
  int millisecond;
};

ClockFace face_of(Duration time_of_day) {
  const std::chrono::hh_mm_ss<Duration> parts(time_of_day);
  return {static_cast<int>(parts.hours().count()), static_cast<int>(parts.minutes().count()),
          static_cast<int>(parts.seconds().count()), static_cast<int>(parts.subseconds().count())};
}

}  // namespace

std::string rfc3339(WallTime t, const Zone& zone) {
  const auto offset = std::chrono::round<minutes>(zone.offset_at(t));
  const Duration local = t.time_since_epoch() + offset;
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const ClockFace face = face_of(local - day);
  std::string text = date_text(static_cast<std::int32_t>(day.count())) +
                     format("T%02d:%02d:%02d", face.hour, face.minute, face.second);
  if (face.millisecond != 0) text += format(".%03d", face.millisecond);
  const int shift = static_cast<int>(std::chrono::abs(offset).count());
  return text + format("%c%02d:%02d", offset < minutes(0) ? '-' : '+', shift / 60, shift % 60);
}

Result<WallTime> from_rfc3339(std::string_view text) {
  Scanner scanner(text);
  const auto day = scan_date(scanner);
  scanner.one_of("Tt ");
  const auto time = scan_time(scanner);
  const auto offset = scan_offset(scanner);
  if (!day || !time || !offset || !scanner.is_done()) {
    return Error{"not a time with an offset; write it as 2026-03-02T09:00:00+01:00"};
  }
  return WallTime(std::chrono::days(*day) + *time - *offset);
}

std::string date_text(std::int32_t day) {
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day))};
  return format("%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::optional<std::int32_t> date_from(std::string_view text) {
  Scanner scanner(text);
  const auto day = scan_date(scanner);
  return scanner.is_done() ? day : std::nullopt;
}

std::string clock_text(WallTime t, const Zone& zone) {
  const ClockFace face = face_of(zone.local(t).time_of_day);
  return format("%02d:%02d", face.hour, face.minute);
}

}  // namespace nape::calendar
