// SPDX-License-Identifier: Apache-2.0
//
// The command line that every plugin shares: --json, --version, --help. Anything else is the
// plugin's own.
#pragma once

#include <string>
#include <vector>

#include "sdk/plugin.hpp"

namespace nape::sdk {

struct Options {
  enum class Ask { run, version, help };
  Ask ask = Ask::run;
  Link::Form form = Link::Form::frames;
  std::vector<std::string> rest;
};

Options parse_options(int argc, char** argv);

std::string version_text(const Identity& identity);
std::string help_text(const Identity& identity);

}  // namespace nape::sdk
