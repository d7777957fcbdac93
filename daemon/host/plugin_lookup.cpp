// SPDX-License-Identifier: Apache-2.0
#include "host/plugin_lookup.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <system_error>

namespace nape::host {
namespace {

namespace fs = std::filesystem;

struct Fit {
  std::string_view name;
  bool (*fits)(const Session&);
};

constexpr std::array<Fit, 2> known_plugins{{
    {"x11", [](const Session& session) { return session.x11; }},
    {"notify", [](const Session& session) { return session.bus; }},
}};

bool is_name(std::string_view name) {
  const auto permitted = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  };
  return !name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), permitted);
}

bool is_executable(const fs::path& path) {
  std::error_code error;
  return fs::is_regular_file(path, error) && access(path.c_str(), X_OK) == 0;
}

}  // namespace

Environment process_environment() {
  return [](std::string_view name) -> std::optional<std::string> {
    const char* value = std::getenv(std::string(name).c_str());
    if (value == nullptr || *value == '\0') return std::nullopt;
    return std::string(value);
  };
}

std::optional<std::string> find_plugin(const std::vector<std::string>& directories,
                                       std::string_view name) {
  if (!is_name(name)) return std::nullopt;
  for (const std::string& directory : directories) {
    std::error_code error;
    const fs::path path = fs::absolute(directory, error) / ("nape-plugin-" + std::string(name));
    if (!error && is_executable(path)) return path.string();
  }
  return std::nullopt;
}

Session session_of(const Environment& environment) {
  Session session;
  session.wayland = environment("WAYLAND_DISPLAY").has_value();
  session.x11 = environment("DISPLAY").has_value() && !session.wayland;
  session.bus = environment("DBUS_SESSION_BUS_ADDRESS").has_value();
  if (const auto runtime = environment("XDG_RUNTIME_DIR"); runtime && !session.bus) {
    std::error_code error;
    session.bus = fs::is_socket(fs::path(*runtime) / "bus", error);
  }
  return session;
}

std::vector<std::string> fitting_plugins(const Session& session,
                                         const std::function<bool(std::string_view)>& exists) {
  std::vector<std::string> names;
  for (const Fit& plugin : known_plugins) {
    if (plugin.fits(session) && exists(plugin.name)) names.emplace_back(plugin.name);
  }
  return names;
}

}  // namespace nape::host
