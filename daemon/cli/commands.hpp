// SPDX-License-Identifier: Apache-2.0
//
// What each command does: asks the daemon, prints to standard output what it says and to standard
// error what went wrong. Returns the exit code.
#pragma once

#include <string>

#include "cli/client.hpp"
#include "cli/options.hpp"
#include "cli/paint.hpp"

namespace nape::cli {

int run(const Options& options);

struct Session {
  Client client;
  Paint paint;
  /// Standard output is a terminal, which --watch may repaint.
  bool is_terminal = false;
};

int show_status(const Session& session, const Options& options);
int show_today(const Session& session, const Options& options);
int show_why(const Session& session, const Options& options);
int show_plugins(const Session& session, const Options& options);
int show_doctor(const Session& session, const Options& options);
int say_word(const Session& session, const Options& options);
int record(const Session& session, const Options& options);
int open_page(const Session& session);
int reload(const Session& session);

// These need no daemon.
int replay(const Options& options);
int check_config(const Options& options);
int show_policy(const Options& options);
int lint_policy(const Options& options);

}  // namespace nape::cli
