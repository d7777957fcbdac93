// SPDX-License-Identifier: Apache-2.0
//
// Totals that go on where the engine before left off. The host says when an engine ends; a counter
// that has fallen without a word is taken to have begun anew (as Prometheus takes it), so that what
// is told never falls. Counter by counter, because a policy change may drop one kind and keep the
// rest.
#pragma once

#include "core/snapshot.hpp"

namespace nape::metrics {

class Continued {
 public:
  /// All that was counted since the process started, `now` being the running engine's part.
  Totals through(const Totals& now);
  /// What follows comes from an engine that begins at 0.
  void engine_ends(const Totals& last);

 private:
  Totals base_;  ///< of ended engines
  Totals seen_;  ///< of the running one, when last looked at
};

}  // namespace nape::metrics
