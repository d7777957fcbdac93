// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <libintl.h>

#include <clocale>
#include <string>

namespace nape::app {

/// Before the first sentence.
inline void begin_translations() {
  std::setlocale(LC_MESSAGES, "");
  std::setlocale(LC_CTYPE, "");
  bindtextdomain("nape", NAPE_LOCALE_DIR);
  textdomain("nape");
}

inline std::string version_text() { return std::string("naped ") + NAPE_VERSION + "\n"; }

}  // namespace nape::app
