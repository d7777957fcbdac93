// SPDX-License-Identifier: Apache-2.0
#include "scenario/words_of_line.hpp"

#include <charconv>
#include <cstdint>

#include "config/span_text.hpp"

namespace nape::scenario {
namespace {

template <class Number>
std::optional<Number> number_from(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return number;
}

}  // namespace

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  while (true) {
    const auto begin = line.find_first_not_of(" \t\r");
    if (begin == std::string_view::npos || line[begin] == '#') return words;
    const auto end = line.find_first_of(" \t\r", begin);
    words.push_back(line.substr(begin, end == std::string_view::npos ? end : end - begin));
    if (end == std::string_view::npos) return words;
    line.remove_prefix(end);
  }
}

std::optional<Duration> offset_from(std::string_view word) {
  const auto first = word.find(':');
  const auto second = first == std::string_view::npos ? first : word.find(':', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  const auto dot = word.find('.', second);
  const auto hours = number_from<std::uint32_t>(word.substr(0, first));
  const auto minutes = number_from<std::uint32_t>(word.substr(first + 1, second - first - 1));
  const auto seconds = number_from<std::uint32_t>(
      word.substr(second + 1, dot == std::string_view::npos ? dot : dot - second - 1));
  if (!hours || !minutes || !seconds || *minutes > 59 || *seconds > 59) return std::nullopt;
  Duration offset =
      std::chrono::hours(*hours) + std::chrono::minutes(*minutes) + std::chrono::seconds(*seconds);
  if (dot == std::string_view::npos) return offset;
  auto decimals = std::string(word.substr(dot + 1));
  if (decimals.empty() || decimals.size() > 3) return std::nullopt;
  decimals.resize(3, '0');
  const auto thousandths = number_from<std::uint32_t>(decimals);
  if (!thousandths) return std::nullopt;
  return offset + Duration(*thousandths);
}

std::optional<Duration> signed_length_from(std::string_view word) {
  const bool negative = word.starts_with('-');
  if (negative || word.starts_with('+')) word.remove_prefix(1);
  const auto length = config::duration_from(word);
  if (!length) return std::nullopt;
  return negative ? -*length : *length;
}

std::optional<std::uint64_t> count_from(std::string_view word) {
  return number_from<std::uint64_t>(word);
}

std::optional<std::pair<std::string_view, std::string_view>> pair_from(std::string_view word) {
  const auto equals = word.find('=');
  if (equals == std::string_view::npos || equals == 0) return std::nullopt;
  return std::pair(word.substr(0, equals), word.substr(equals + 1));
}

}  // namespace nape::scenario
