// SPDX-License-Identifier: Apache-2.0
//
// Where everything of Nape lies, from the environment alone: a pure function, so that several
// instances run side by side and tests need no home. Nothing is created or looked at here.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "config/listen.hpp"
#include "core/result.hpp"

namespace nape::config {

/// What resolve_paths() may know of the process.
struct Environment {
  std::map<std::string, std::string> variables;
  unsigned uid = 0;
  /// This program's own file; empty where it is not known.
  std::filesystem::path executable;
  /// Whether /run/user/UID is there: the runtime directory of a session that lost its variables
  /// (sudo, cron).
  bool has_run_user = false;

  static Environment of_this_process();
};

struct Paths {
  /// NAPE_CONFIG, else $XDG_CONFIG_HOME/nape/nape.toml.
  std::filesystem::path config_file;
  /// NAPE_STATE_DIR, else $XDG_STATE_HOME/nape.
  std::filesystem::path state_dir;
  /// NAPE_RUNTIME_DIR, else $XDG_RUNTIME_DIR/nape, else /run/user/UID/nape, else state_dir.
  std::filesystem::path runtime_dir;
  /// NAPE_SYSTEM_DIR, else /etc/nape.
  std::filesystem::path system_dir;
  /// In the order of looking: NAPE_PLUGIN_DIR alone, else beside this program, then libexec.
  std::vector<std::filesystem::path> plugin_dirs;
  /// NAPE_HTTP; none: the settings decide.
  std::optional<Listen> listen;

  std::filesystem::path database() const { return state_dir / "nape.db"; }
  std::filesystem::path control_socket() const { return runtime_dir / "control.sock"; }
  /// Holds the address that HTTP is really served on.
  std::filesystem::path http_file() const { return runtime_dir / "http"; }
};

/// Fails with a sentence where neither a variable nor $HOME says where to go, where a NAPE_
/// variable cannot be meant, and where the socket's path would not fit into the kernel's 107 bytes.
Result<Paths> resolve_paths(const Environment& environment);

}  // namespace nape::config
