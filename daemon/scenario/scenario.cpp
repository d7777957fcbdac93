// SPDX-License-Identifier: Apache-2.0
#include "scenario/scenario.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "calendar/rfc3339.hpp"
#include "calendar/zone.hpp"
#include "scenario/words_of_line.hpp"

namespace nape::scenario {
namespace {

/// Reads a scenario line by line, and goes on after an error.
class Parser {
 public:
  Parser(const std::string& file) { loaded_.value.emplace().file = file; }

  void take(std::string_view text) {
    ++number_;
    const auto words = words_of(text);
    if (words.empty()) return;
    if (offset_from(words[0])) return take_timed(text, words);
    take_heading(words);
  }

  config::Loaded<Scenario> finish() {
    if (!started_) fail("there is no start line", "start 2026-03-02T09:00:00+01:00 Europe/Berlin");
    auto& lines = loaded_.value->lines;
    std::stable_sort(lines.begin(), lines.end(),
                     [](const Line& a, const Line& b) { return a.offset < b.offset; });
    if (!loaded_.errors.empty()) loaded_.value.reset();
    return std::move(loaded_);
  }

 private:
  void fail(std::string what, std::string right) {
    const auto& file = loaded_.value->file;
    loaded_.errors.push_back({file, number_, 1, "", std::move(what), std::move(right)});
  }

  void take_heading(const std::vector<std::string_view>& words) {
    auto& scenario = *loaded_.value;
    if (words[0] == "start" && (words.size() == 2 || words.size() == 3)) {
      take_start(words);
    } else if (words[0] == "policy" && words.size() == 2) {
      scenario.policy = words[1];
    } else if (words[0] == "expect" && words.size() == 1) {
      scenario.expected.emplace();
    } else {
      fail("\"" + std::string(words[0]) + "\" begins no line of a scenario",
           "start WHEN ZONE, policy NAME, HH:MM:SS VERB ..., or expect");
    }
  }

  void take_start(const std::vector<std::string_view>& words) {
    started_ = true;
    const auto start = calendar::from_rfc3339(words[1]);
    if (!start) return fail(start.error().what, "start 2026-03-02T09:00:00+01:00 Europe/Berlin");
    loaded_.value->start = *start;
    if (words.size() < 3) return;
    const auto zone = calendar::Zone::open(std::string(words[2]));
    if (!zone) return fail(zone.error().what, "a zone such as Europe/Berlin");
    loaded_.value->zone = words[2];
  }

  void take_timed(std::string_view text, const std::vector<std::string_view>& words) {
    const auto offset = *offset_from(words[0]);
    const auto rest =
        text.substr(static_cast<std::size_t>(words[0].data() + words[0].size() - text.data()));
    if (loaded_.value->expected) return take_expected(offset, words);
    auto action = parse_action(rest);
    if (!action) return fail(action.error().what, "");
    std::string joined;
    for (std::size_t i = 1; i < words.size(); ++i) joined.append(i > 1 ? " " : "").append(words[i]);
    loaded_.value->lines.push_back({number_, offset, std::move(*action), joined});
  }

  void take_expected(Duration offset, const std::vector<std::string_view>& words) {
    if (words.size() < 2)
      return fail("an expectation needs an event", "00:20:00 break.due kind=micro");
    Expectation expected{number_, offset, std::string(words[1]), {}, ""};
    for (std::size_t i = 1; i < words.size(); ++i)
      expected.text.append(i > 1 ? " " : "").append(words[i]);
    for (std::size_t i = 2; i < words.size(); ++i) {
      const auto pair = pair_from(words[i]);
      if (!pair) return fail("\"" + std::string(words[i]) + "\" names no field", "field=value");
      expected.fields.emplace(pair->first, pair->second);
    }
    loaded_.value->expected->push_back(std::move(expected));
  }

  config::Loaded<Scenario> loaded_;
  int number_ = 0;
  bool started_ = false;
};

}  // namespace

config::Loaded<Scenario> parse(std::string_view text, const std::string& file) {
  Parser parser(file);
  while (!text.empty()) {
    const auto end = text.find('\n');
    parser.take(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return parser.finish();
}

config::Loaded<Scenario> load(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return {std::nullopt, {{file, 0, 0, "", "cannot be read", "a scenario file"}}, {}};
  const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  return parse(text, file);
}

}  // namespace nape::scenario
