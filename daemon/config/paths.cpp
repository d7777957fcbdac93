// SPDX-License-Identifier: Apache-2.0
#include "config/paths.hpp"

#include <unistd.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <system_error>

#include "config/sentence.hpp"

namespace nape::config {
namespace {

using std::filesystem::path;

class Resolver {
 public:
  explicit Resolver(const Environment& environment) : environment_(environment) {}

  Result<Paths> resolve() {
    Paths paths;
    paths.config_file =
        chosen("NAPE_CONFIG").value_or(home_of("XDG_CONFIG_HOME", ".config") / "nape/nape.toml");
    paths.state_dir =
        chosen("NAPE_STATE_DIR").value_or(home_of("XDG_STATE_HOME", ".local/state") / "nape");
    paths.runtime_dir = chosen("NAPE_RUNTIME_DIR").value_or(runtime_dir(paths.state_dir));
    paths.system_dir = chosen("NAPE_SYSTEM_DIR").value_or("/etc/nape");
    paths.plugin_dirs = plugin_dirs();
    for (const path& resolved : {paths.config_file, paths.state_dir}) {
      if (resolved.is_relative())
        return Error{tr("no home directory: set HOME, or NAPE_CONFIG and NAPE_STATE_DIR")};
    }
    constexpr std::size_t longest_socket_path = 107;
    if (const std::string socket = paths.control_socket(); socket.size() > longest_socket_path) {
      return Error{
          say("the socket path {} has {} bytes, and the kernel takes {}; set NAPE_RUNTIME_DIR to a "
              "shorter one",
              socket, socket.size(), longest_socket_path)};
    }
    if (const auto text = variable("NAPE_HTTP")) {
      auto listen = listen_from(*text);
      if (!listen) return std::move(listen).error().in("NAPE_HTTP");
      paths.listen = *listen;
    }
    return paths;
  }

 private:
  /// Empty is unset, as for every XDG variable.
  std::optional<std::string> variable(const char* name) const {
    const auto found = environment_.variables.find(name);
    if (found == environment_.variables.end() || found->second.empty()) return std::nullopt;
    return found->second;
  }

  /// A relative path of the person's own is meant from where they stand.
  std::optional<path> chosen(const char* name) const {
    const auto text = variable(name);
    if (!text) return std::nullopt;
    std::error_code failure;
    path absolute = std::filesystem::absolute(*text, failure);
    return failure ? path(*text) : absolute.lexically_normal();
  }

  /// The XDG specification: a relative path is invalid and is ignored. Relative when there is no
  /// home at all.
  path home_of(const char* name, const char* below_home) const {
    if (const auto text = variable(name); text && path(*text).is_absolute()) return *text;
    const auto home = variable("HOME");
    return home && path(*home).is_absolute() ? path(*home) / below_home : path(below_home);
  }

  path runtime_dir(const path& state_dir) const {
    if (const auto text = variable("XDG_RUNTIME_DIR"); text && path(*text).is_absolute())
      return path(*text) / "nape";
    if (environment_.has_run_user)
      return path("/run/user") / std::to_string(environment_.uid) / "nape";
    return state_dir;
  }

  std::vector<path> plugin_dirs() const {
    if (const auto own = chosen("NAPE_PLUGIN_DIR")) return {*own};
    std::vector<path> dirs;
    if (!environment_.executable.empty()) {
      const path beside = environment_.executable.parent_path();
      dirs.push_back(beside);
      dirs.push_back((beside / "../libexec/nape").lexically_normal());
    }
    const path installed = NAPE_LIBEXEC_DIR;
    if (std::find(dirs.begin(), dirs.end(), installed) == dirs.end()) dirs.push_back(installed);
    return dirs;
  }

  const Environment& environment_;
};

}  // namespace

Environment Environment::of_this_process() {
  Environment environment;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos) continue;
    environment.variables.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  environment.uid = ::getuid();
  std::error_code failure;
  environment.executable = std::filesystem::read_symlink("/proc/self/exe", failure);
  const path run_user = path("/run/user") / std::to_string(environment.uid);
  environment.has_run_user = std::filesystem::is_directory(run_user, failure);
  return environment;
}

Result<Paths> resolve_paths(const Environment& environment) {
  return Resolver(environment).resolve();
}

}  // namespace nape::config
