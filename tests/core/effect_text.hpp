// SPDX-License-Identifier: Apache-2.0
//
// An effect as one line with all that it says, so that two lives can be compared. Lines that name
// no moment of their own compare equal whenever the engine knew.
#pragma once

#include <string>

#include "core/effect.hpp"

namespace nape::life {

std::string text_of(const Effect& effect);

}  // namespace nape::life
