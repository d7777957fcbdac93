// SPDX-License-Identifier: Apache-2.0
#include "config/schedule_reader.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "calendar/rfc3339.hpp"
#include "calendar/zone.hpp"
#include "config/sentence.hpp"

namespace nape::config {
namespace {

constexpr std::array<std::string_view, 7> day_words{"mon", "tue", "wed", "thu",
                                                    "fri", "sat", "sun"};

std::optional<std::size_t> day_from(std::string_view word) {
  const auto found = std::find(day_words.begin(), day_words.end(), word);
  if (found == day_words.end()) return std::nullopt;
  return static_cast<std::size_t>(found - day_words.begin());
}

/// Opens "mon" or "fri-mon", which runs over the end of the week.
bool open_days(std::string_view text, std::array<bool, 7>& weekdays) {
  const std::size_t hyphen = text.find('-');
  const auto first = day_from(text.substr(0, hyphen));
  const auto last = hyphen == std::string_view::npos ? first : day_from(text.substr(hyphen + 1));
  if (!first || !last) return false;
  for (std::size_t day = *first;; day = (day + 1) % 7) {
    weekdays.at(day) = true;
    if (day == *last) return true;
  }
}

void read_days(Section& section, Schedule& schedule) {
  const auto days = section.texts("days", 7);
  if (!days) return;
  schedule.weekdays.fill(false);
  for (const std::string& text : *days) {
    if (!open_days(text, schedule.weekdays)) {
      section.error("days", say("{} is no weekday", in_quotes(text)),
                    tr("use mon, tue, wed, thu, fri, sat, sun or a range as \"mon-fri\""));
    }
  }
  if (days->empty()) section.error("days", tr("names no day"), tr("leave it out for every day"));
}

void read_zone(Section& section, Schedule& schedule) {
  auto name = section.text("zone", 64);
  if (!name) return;
  if (name->empty() || calendar::Zone::open(*name)) {
    schedule.zone = *name;
    return;
  }
  section.error(
      "zone", say("{} is not in the time zone database", in_quotes(*name)),
      tr("use an IANA name such as \"Europe/Berlin\", or leave it out for the machine's zone"));
}

/// TOML has dates of its own; both spellings are natural.
std::optional<std::string> date_of(const toml::node& node) {
  if (const auto* text = node.as_string()) {
    const auto day = calendar::date_from(text->get());
    return day ? std::optional(calendar::date_text(*day)) : std::nullopt;
  }
  const auto* value = node.as_date();
  if (value == nullptr) return std::nullopt;
  const toml::date date = value->get();
  return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

void read_holidays(Section& section, Schedule& schedule) {
  constexpr std::size_t most = 366;
  const char* right = tr("write holidays = [\"2026-12-25\", \"2026-12-26\"]");
  const toml::node* node = section.take("holidays");
  if (node == nullptr) return;
  const toml::array* list = node->as_array();
  if (list == nullptr) return section.wrong_type("holidays", tr("a list of dates"), right);
  if (list->size() > most)
    return section.error("holidays", say("{} entries", list->size()), say("at most {}", most));
  for (const toml::node& item : *list) {
    const auto date = date_of(item);
    if (!date) return section.error("holidays", tr("an entry is no date"), right);
    schedule.holidays.push_back(*date);
  }
}

}  // namespace

Schedule read_schedule(Section section) {
  Schedule schedule;
  read_days(section, schedule);
  schedule.from = section.time_of_day("from").value_or(schedule.from);
  schedule.to = section.time_of_day("to").value_or(schedule.to);
  read_zone(section, schedule);
  read_holidays(section, schedule);
  section.finish();
  return schedule;
}

}  // namespace nape::config
