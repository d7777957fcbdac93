// SPDX-License-Identifier: Apache-2.0
#include "notify/notice.hpp"

#include <algorithm>
#include <limits>

namespace nape::notify {
namespace {

constexpr std::string_view ellipsis = "\u2026";

bool is_printable(char c) {
  return c == '\n' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f);
}

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

std::int32_t expiry(const v1::Show& show) {
  if (show.stay()) return expire_never;
  if (show.expire_ms() == 0) return expire_as_the_desktop_does;
  constexpr std::uint32_t longest = std::numeric_limits<std::int32_t>::max();
  return static_cast<std::int32_t>(std::min(show.expire_ms(), longest));
}

}  // namespace

std::string fit(std::string_view text, std::size_t limit) {
  std::string fitted;
  std::copy_if(text.begin(), text.end(), std::back_inserter(fitted), is_printable);
  if (fitted.size() <= limit) return fitted;
  std::size_t end = limit - ellipsis.size();
  while (end > 0 && is_continuation(fitted[end])) --end;
  return fitted.substr(0, end).append(ellipsis);
}

std::string escape_markup(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

Notice to_notice(const v1::Show& show) {
  Notice notice;
  notice.title = fit(show.title(), title_limit);
  notice.body = fit(show.body(), body_limit);
  for (const v1::Action& action : show.actions()) {
    if (notice.actions.size() == action_limit) break;
    notice.actions.emplace_back(action.key(), fit(action.label(), label_limit));
  }
  notice.stays = show.stay();
  notice.expire_ms = expiry(show);
  notice.transient = !show.stay() && show.actions().empty();
  return notice;
}

}  // namespace nape::notify
