// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "cli/pages.hpp"
#include "cli/phrases.hpp"
#include "cli/times.hpp"
#include "voice/tr.hpp"

namespace nape::cli {
namespace {

/// The kind that a bar has room for: the one whose break runs, one that is due, else the one that
/// is nearest.
const v1::Kind* foremost(const v1::StatusResponse& status) {
  const auto rank = [](const v1::Kind& kind) {
    if (kind.verdict() == "begun") return 3.0;
    if (kind.due() && !kind.daily_budget()) return 2.0;
    return kind.daily_budget() || kind.verdict() == "merged" ? -1.0 : kind_share(kind);
  };
  const v1::Kind* first = nullptr;
  for (const v1::Kind& kind : status.kinds()) {
    if (first == nullptr || rank(kind) > rank(*first)) first = &kind;
  }
  return first;
}

bool is_there(const v1::StatusResponse& status) {
  return status.presence().state() == "active" || status.presence().state() == "present";
}

std::string class_of(const v1::StatusResponse& status, const v1::Kind* kind) {
  if (status.paused()) return "paused";
  if (kind != nullptr && kind->verdict() == "begun") return "break";
  if (kind != nullptr && kind->due() && is_there(status)) return "due";
  return status.presence().state();
}

std::string short_text(const v1::StatusResponse& status, const v1::Kind* kind) {
  if (kind != nullptr && kind->verdict() == "begun") return exactly(kind->owed_rest_seconds());
  if (status.has_stretch()) return passed(status.stretch().seconds());
  return is_there(status) ? passed(0) : presence_phrase(status.presence().state(), "");
}

std::string long_text(const v1::StatusResponse& status, const v1::Kind* kind) {
  const std::string text =
      status.has_stretch() ? passed(status.stretch().seconds())
                           : presence_phrase(status.presence().state(), status.presence().reason());
  if (status.paused()) return say("{0}, paused", text);
  if (kind == nullptr || !(kind->due() || kind->verdict() == "begun")) return text;
  return say("{0}, {1}", text, kind_phrase(*kind, status.at_unix_seconds()));
}

/// In JSON, and before that in Pango's markup, which Waybar reads in both of its fields.
std::string quoted(const std::string& text) {
  std::string json = "\"";
  for (const char character : text) {
    switch (character) {
      case '&':
        json += "&amp;";
        break;
      case '<':
        json += "&lt;";
        break;
      case '>':
        json += "&gt;";
        break;
      case '"':
        json += "\\\"";
        break;
      case '\\':
        json += "\\\\";
        break;
      case '\n':
        json += "\\n";
        break;
      default:
        if (static_cast<unsigned char>(character) >= 0x20) json += character;
    }
  }
  return json + "\"";
}

std::string without_last_newline(std::string text) {
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

}  // namespace

std::string waybar_line(const v1::StatusResponse& status) {
  const v1::Kind* kind = foremost(status);
  const long percentage = kind == nullptr ? 0 : std::lround(std::floor(kind_share(*kind) * 100));
  const std::string tooltip = without_last_newline(status_page(status, Paint(false, true)));
  return fmt::format("{{\"text\":{},\"tooltip\":{},\"class\":{},\"percentage\":{}}}\n",
                     quoted(long_text(status, kind)), quoted(tooltip),
                     quoted(class_of(status, kind)), percentage);
}

std::string i3blocks_lines(const v1::StatusResponse& status) {
  const v1::Kind* kind = foremost(status);
  const std::string state = class_of(status, kind);
  const char* colour = "#d0d0d0";
  if (state == "due") colour = "#e5b567";
  if (state == "break" || state == "away") colour = "#87af87";
  if (state == "unknown" || state == "paused") colour = "#909090";
  return long_text(status, kind) + "\n" + short_text(status, kind) + "\n" + colour + "\n";
}

}  // namespace nape::cli
