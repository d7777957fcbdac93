// SPDX-License-Identifier: Apache-2.0
#include "core/saved.hpp"

namespace nape {

Result<Saved> Saved::reader(std::string_view text, Duration shift) {
  Saved saved(false);
  saved.shift_ = shift;
  int line_number = 0;
  while (!text.empty()) {
    ++line_number;
    const auto line_end = text.find('\n');
    const auto line = text.substr(0, line_end);
    text.remove_prefix(line_end == std::string_view::npos ? text.size() : line_end + 1);
    const auto space = line.find(' ');
    if (space == std::string_view::npos || space == 0) {
      return Error{"line " + std::to_string(line_number) + " is not \"name value\""};
    }
    saved.lines_.insert_or_assign(std::string(line.substr(0, space)),
                                  std::string(line.substr(space + 1)));
  }
  return saved;
}

std::string Saved::text() const {
  std::string text;
  for (const auto& [name, value] : lines_) text.append(name).append(" ").append(value).append("\n");
  return text;
}

void Saved::integer(std::string_view name, std::int64_t& value) {
  if (writing_) {
    lines_.insert_or_assign(full(name), std::to_string(value));
    return;
  }
  const auto& text = lines_.find(full(name))->second;
  std::from_chars(text.data(), text.data() + text.size(), value);
}

void Saved::string(std::string_view name, std::string& value) {
  if (writing_) {
    // A line break would end the line; names of applications are the only texts here, and none
    // holds one.
    std::string clean;
    for (const char c : value) clean.push_back(c == '\n' ? ' ' : c);
    lines_.insert_or_assign(full(name), clean);
  } else if (has(name)) {
    value = lines_.find(full(name))->second;
  }
}

}  // namespace nape
