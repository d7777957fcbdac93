// SPDX-License-Identifier: Apache-2.0
//
// `nape`: the command that a person types.
#include <libintl.h>

#include <clocale>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include "cli/commands.hpp"
#include "cli/options.hpp"

namespace {

int run(const std::vector<std::string>& arguments) {
  const auto parsed = nape::cli::parse(arguments);
  if (const auto* ending = std::get_if<nape::cli::Ending>(&parsed)) {
    std::fputs(ending->text.c_str(), ending->code == nape::cli::done ? stdout : stderr);
    return ending->code;
  }
  return nape::cli::run(std::get<nape::cli::Options>(parsed));
}

}  // namespace

int main(int count, char** values) {
  // Not LC_NUMERIC: numbers are read and written for programs too.
  for (const int category : {LC_CTYPE, LC_MESSAGES, LC_TIME}) std::setlocale(category, "");
  bindtextdomain("nape", NAPE_LOCALE_DIR);
  textdomain("nape");
  try {
    return run({values + 1, values + count});
  } catch (const std::exception& error) {
    std::fprintf(stderr, "nape: %s\n", error.what());
    return nape::cli::failed;
  }
}
