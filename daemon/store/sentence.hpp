// SPDX-License-Identifier: Apache-2.0
//
// Sentences for people, translated. Private to the store's .cpp files.
#pragma once

#include <fmt/core.h>
#include <libintl.h>

#include <string>
#include <utility>

namespace nape::store {

/// The translated sentence with its blanks filled in.
template <class... Args>
std::string sentence(const char* text, Args&&... args) {
  return fmt::format(fmt::runtime(gettext(text)), std::forward<Args>(args)...);
}

}  // namespace nape::store
