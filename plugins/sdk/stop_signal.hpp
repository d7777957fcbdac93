// SPDX-License-Identifier: Apache-2.0
//
// SIGTERM and SIGINT as a descriptor to poll(), and the promise that the process then ends: after 2
// s it is killed wherever it hangs. One per process. Not a signalfd: that needs the signals
// blocked, and a callback that hangs with SIGTERM blocked would outlive the daemon.
#pragma once

namespace nape::sdk {

/// From now on the signals are reported; the descriptor becomes readable with the first and stays
/// so. -1: no descriptor to be had.
int watch_stop_signals();

/// The process is killed in 2 s unless it has ended by itself.
void limit_ending();

}  // namespace nape::sdk
