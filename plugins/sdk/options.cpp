// SPDX-License-Identifier: Apache-2.0
#include "sdk/options.hpp"

#include <string_view>

namespace nape::sdk {

Options parse_options(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--json") {
      options.form = Link::Form::json;
    } else if (argument == "--version") {
      options.ask = Options::Ask::version;
    } else if (argument == "--help" || argument == "-h") {
      options.ask = Options::Ask::help;
    } else {
      options.rest.emplace_back(argument);
    }
  }
  return options;
}

std::string version_text(const Identity& identity) {
  return "nape-plugin-" + identity.name + " " + NAPE_VERSION + "\n";
}

std::string help_text(const Identity& identity) {
  return "Usage: nape-plugin-" + identity.name + " [--json]\n\n" + identity.summary +
         "\n\n"
         "naped starts this program and speaks the plugin protocol with it on standard input and\n"
         "output. To see what it tells, run it with --json in a terminal; Ctrl-C ends it.\n\n"
         "  --json     one readable line of JSON for each frame\n"
         "  --version  print the version and end\n"
         "  --help     print this and end\n\n"
         "Exit codes: 0 asked to finish, 1 fault, 64 wrong arguments, 69 cannot run in this "
         "session.\n";
}

}  // namespace nape::sdk
