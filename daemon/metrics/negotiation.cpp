// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "metrics/exposition.hpp"

namespace nape::metrics {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto from = text.find_first_not_of(" \t");
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(" \t") - from + 1);
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

/// Cuts what comes before `separator` off `rest`.
std::string_view next(std::string_view& rest, char separator) {
  const auto at = rest.find(separator);
  const auto part = rest.substr(0, at);
  rest = at == std::string_view::npos ? std::string_view{} : rest.substr(at + 1);
  return trimmed(part);
}

/// One media range of an Accept header.
struct Range {
  std::string type;
  std::string version;
  int thousandths = 1000;  ///< its q
};

/// "0.75" is 750; what is no number counts as 0, so that nonsense never wins.
int thousandths_of(std::string_view text) {
  double q = 0;
  const auto [end, error] = std::from_chars(text.begin(), text.end(), q, std::chars_format::fixed);
  const bool valid = error == std::errc() && end == text.end() && q >= 0 && q <= 1;
  return valid ? static_cast<int>(q * 1000 + 0.5) : 0;
}

Range range_of(std::string_view text) {
  Range range{.type = lower(next(text, ';')), .version = {}, .thousandths = 1000};
  while (!text.empty()) {
    std::string_view value = next(text, ';');
    const std::string name = lower(next(value, '='));
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
      value = value.substr(1, value.size() - 2);
    if (name == "q") range.thousandths = thousandths_of(value);
    if (name == "version") range.version = std::string(value);
  }
  return range;
}

struct Offer {
  std::string_view type;
  std::string_view any_subtype;
  std::string_view version;
};
constexpr Offer text_offer{"text/plain", "text/*", "0.0.4"};
constexpr Offer openmetrics_offer{"application/openmetrics-text", "application/*", "1.0.0"};

/// How closely a range names an offer; none if it does not.
std::optional<int> closeness(const Range& range, const Offer& offer) {
  if (range.type == "*/*") return 0;
  if (range.type == offer.any_subtype) return 1;
  if (range.type != offer.type) return std::nullopt;
  if (range.version.empty()) return 2;
  if (range.version == offer.version) return 3;
  return std::nullopt;
}

/// How much an offer is wanted: by its q; at the same q, what is named more closely wins.
using Wanted = std::pair<int, int>;

/// The q of the range that names the offer most closely, 0 if none does.
Wanted wanted(std::string_view accept, const Offer& offer) {
  Wanted best{0, -1};
  while (!accept.empty()) {
    const Range range = range_of(next(accept, ','));
    const auto close = closeness(range, offer);
    if (!close || *close < best.second) continue;
    const int rivals = *close == best.second ? best.first : 0;
    best = {std::max(rivals, range.thousandths), *close};
  }
  return best;
}

}  // namespace

Format format_for(std::string_view accept) {
  const Wanted openmetrics = wanted(accept, openmetrics_offer);
  const bool better = openmetrics.first > 0 && openmetrics > wanted(accept, text_offer);
  return better ? Format::openmetrics : Format::text;
}

}  // namespace nape::metrics
