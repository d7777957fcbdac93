// SPDX-License-Identifier: Apache-2.0
//
// Where plugins lie and which of them fit the session. The list of those that fit by themselves
// stands in the .cpp, one row each; any other plugin runs only if the person names it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nape::host {

/// The value of a variable; nothing where it is unset or empty.
using Environment = std::function<std::optional<std::string>(std::string_view)>;

/// The process's own.
Environment process_environment();

/// The path of the executable nape-plugin-NAME in the first directory that has one. A name with
/// anything but letters, digits, '-' and '_' is nowhere.
std::optional<std::string> find_plugin(const std::vector<std::string>& directories,
                                       std::string_view name);

/// What decides which plugins fit.
struct Session {
  bool x11 = false;
  bool wayland = false;
  bool bus = false;
};

/// XWayland's DISPLAY is no X11 session: input that goes to Wayland windows is not seen there.
Session session_of(const Environment& environment);

/// Of the known plugins, those that fit `session` and for which `exists` holds.
std::vector<std::string> fitting_plugins(const Session& session,
                                         const std::function<bool(std::string_view)>& exists);

}  // namespace nape::host
