// SPDX-License-Identifier: Apache-2.0
#include "scenario/expectation.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <set>

namespace nape::scenario {
namespace {

/// Offsets are written in seconds; what is known a millisecond after its threshold belongs to that
/// second.
constexpr Duration same_second = std::chrono::seconds(1);

std::string unquoted(const std::string& json) {
  return json.starts_with('"') ? json.substr(1, json.size() - 2) : json;
}

std::string without(std::string text, const char* unwanted) {
  std::erase_if(
      text, [&](char c) { return std::string_view(unwanted).find(c) != std::string_view::npos; });
  return text;
}

bool same_value(const std::string& expected, const std::string& json) {
  const auto actual = unquoted(json);
  if (expected == actual || without(expected, "[] \"") == without(actual, "[] ")) return true;
  char* end = nullptr;
  const double number = std::strtod(expected.c_str(), &end);
  if (end == expected.c_str() || *end != '\0') return false;
  const double other = std::strtod(actual.c_str(), &end);
  return *end == '\0' && std::abs(number - other) < 1e-6;
}

bool matches(const Expectation& expected, const EventLine& line) {
  if (expected.event != line.event) return false;
  if (std::chrono::abs(line.offset - expected.offset) >= same_second) return false;
  return std::all_of(expected.fields.begin(), expected.fields.end(), [&](const auto& wanted) {
    if (wanted.first == "offset_s") return same_value(wanted.second, json_seconds(line.offset));
    const auto found = std::find_if(line.fields.begin(), line.fields.end(),
                                    [&](const auto& field) { return field.first == wanted.first; });
    return found != line.fields.end() && same_value(wanted.second, found->second);
  });
}

std::string described(const EventLine& line) {
  auto text = json_seconds(line.offset) + " s " + std::string(line.event);
  for (const auto& [name, value] : line.fields)
    text.append(" ").append(name).append("=").append(unquoted(value));
  return text;
}

}  // namespace

std::vector<std::string> differences(const Scenario& scenario,
                                     const std::vector<EventLine>& happened) {
  std::vector<std::string> found;
  if (!scenario.expected) return found;
  std::set<std::string_view> mentioned;
  std::vector<bool> used(happened.size(), false);
  for (const auto& expected : *scenario.expected) {
    mentioned.insert(expected.event);
    std::size_t i = 0;
    while (i < happened.size() && (used[i] || !matches(expected, happened[i]))) ++i;
    if (i < happened.size()) {
      used[i] = true;
      continue;
    }
    found.push_back(scenario.file + ":" + std::to_string(expected.number) +
                    ": did not happen: " + expected.text);
  }
  for (std::size_t i = 0; i < happened.size(); ++i) {
    if (used[i] || !mentioned.contains(happened[i].event)) continue;
    found.push_back(scenario.file + ": happened, and was not expected: " + described(happened[i]));
  }
  return found;
}

}  // namespace nape::scenario
