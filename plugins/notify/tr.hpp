// SPDX-License-Identifier: Apache-2.0
//
// Sentences that the daemon passes on to people, in their language.
#pragma once

#include <libintl.h>

namespace nape::notify {

inline const char* tr(const char* sentence) { return gettext(sentence); }

}  // namespace nape::notify
