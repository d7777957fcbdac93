// SPDX-License-Identifier: Apache-2.0
#include "config/span_text.hpp"

#include <array>

namespace nape::config {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

struct Unit {
  char letter;
  seconds length;
};
constexpr std::array units{Unit{'d', hours(24)}, Unit{'h', hours(1)}, Unit{'m', minutes(1)},
                           Unit{'s', seconds(1)}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Takes the digits at the front; seven of them cannot overflow anything, not even as days.
std::optional<long> take_number(std::string_view& text) {
  std::size_t digits = 0;
  long value = 0;
  while (digits < text.size() && is_digit(text[digits])) {
    if (digits == 7) return std::nullopt;
    value = value * 10 + (text[digits++] - '0');
  }
  text.remove_prefix(digits);
  return digits > 0 ? std::optional(value) : std::nullopt;
}

}  // namespace

std::optional<Duration> duration_from(std::string_view text) {
  if (text.empty()) return std::nullopt;
  Duration total{};
  std::size_t next_unit = 0;
  while (!text.empty()) {
    const auto number = take_number(text);
    if (!number || text.empty()) return std::nullopt;
    while (next_unit < units.size() && units[next_unit].letter != text.front()) ++next_unit;
    if (next_unit == units.size()) return std::nullopt;
    total += *number * units[next_unit++].length;
    text.remove_prefix(1);
  }
  return total;
}

std::string duration_text(Duration duration) {
  auto rest = std::chrono::duration_cast<seconds>(duration);
  if (rest == seconds(0)) return "0s";
  std::string text;
  for (const Unit& unit : units) {
    const auto count = rest / unit.length;
    if (count == 0) continue;
    text += std::to_string(count) + unit.letter;
    rest -= count * unit.length;
  }
  return text;
}

std::optional<Duration> time_of_day_from(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  for (const std::size_t at : {0, 1, 3, 4}) {
    if (!is_digit(text[at])) return std::nullopt;
  }
  const int hour = (text[0] - '0') * 10 + (text[1] - '0');
  const int minute = (text[3] - '0') * 10 + (text[4] - '0');
  if (hour > 24 || minute > 59 || (hour == 24 && minute > 0)) return std::nullopt;
  return hours(hour) + minutes(minute);
}

}  // namespace nape::config
