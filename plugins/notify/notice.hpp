// SPDX-License-Identifier: Apache-2.0
//
// What a `Show` becomes on the desktop: one notification in the words of
// org.freedesktop.Notifications. Pure: it knows no bus and no server. Texts are cut to what a
// notification can hold, always between characters.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "nape/v1/directive.pb.h"

namespace nape::notify {

inline constexpr std::size_t title_limit = 256;
inline constexpr std::size_t body_limit = 4096;
inline constexpr std::size_t label_limit = 64;
inline constexpr std::size_t action_limit = 8;

/// Expiry values with a meaning of their own; anything else is milliseconds.
inline constexpr std::int32_t expire_as_the_desktop_does = -1;
inline constexpr std::int32_t expire_never = 0;

struct Notice {
  std::string title;
  /// Plain text: whoever sends it to a server that reads markup escapes it.
  std::string body;
  /// Key and label.
  std::vector<std::pair<std::string, std::string>> actions;
  /// On the screen until it is answered or closed.
  bool stays = false;
  std::int32_t expire_ms = expire_as_the_desktop_does;
  /// Not worth keeping in the desktop's list once it has gone.
  bool transient = false;
  /// The server's id of the notification whose place it takes; 0: none.
  std::uint32_t replaces = 0;
};

Notice to_notice(const v1::Show& show);

/// The same text for a reader of markup.
std::string escape_markup(std::string_view text);

/// At most `limit` bytes of `text`, without control characters except the line feed; what was cut
/// ends in an ellipsis.
std::string fit(std::string_view text, std::size_t limit);

}  // namespace nape::notify
