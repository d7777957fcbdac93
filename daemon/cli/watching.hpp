// SPDX-License-Identifier: Apache-2.0
//
// When a status that is on the screen will look different though nothing happens: minutes pass.
// Whoever watches asks the daemon to answer by then; while nothing moves, nobody is asked and
// nobody wakes.
#pragma once

#include "nape/v1/control.pb.h"

namespace nape::cli {

/// Seconds until the next shown minute (in a running break, until the next ten seconds); an hour
/// where nothing moves.
double seconds_until_other(const v1::StatusResponse& status);

}  // namespace nape::cli
