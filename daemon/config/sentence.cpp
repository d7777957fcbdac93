// SPDX-License-Identifier: Apache-2.0
#include "config/sentence.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

#include "config/diagnostic.hpp"

namespace nape::config {
namespace {

/// How many letters must be put in, taken out or changed to make `a` of `b`.
std::size_t edits_between(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t changed = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({changed, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

}  // namespace

std::string in_quotes(std::string_view text) {
  constexpr std::size_t longest = 60;
  std::string out = "\"";
  for (const char c : text.substr(0, longest)) out += c >= ' ' && c <= '~' ? c : '?';
  if (text.size() > longest) out += "...";
  return out + "\"";
}

std::string one_of(std::span<const std::string_view> words) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += i + 1 < words.size() ? ", " : tr(" or ");
    out += words[i];
  }
  return out;
}

std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates) {
  if (word.size() > 64) return {};
  std::string_view best;
  std::size_t fewest = std::max<std::size_t>(2, word.size() / 3) + 1;
  for (const std::string_view candidate : candidates) {
    const std::size_t edits = edits_between(word, candidate);
    if (edits < fewest && edits < candidate.size()) {
      fewest = edits;
      best = candidate;
    }
  }
  return best;
}

std::string compiler_line(const Diagnostic& diagnostic, Severity severity) {
  std::string line = diagnostic.file;
  if (diagnostic.line > 0) line += ":" + std::to_string(diagnostic.line);
  if (diagnostic.column > 0) line += ":" + std::to_string(diagnostic.column);
  line += severity == Severity::error ? tr(": error: ") : tr(": warning: ");
  if (!diagnostic.key.empty()) line += diagnostic.key + ": ";
  line += diagnostic.what;
  if (!diagnostic.right.empty()) line += "; " + diagnostic.right;
  return line;
}

}  // namespace nape::config
