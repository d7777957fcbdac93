// SPDX-License-Identifier: Apache-2.0
//
// The families that tell about the person: personal profile only.
#pragma once

#include "core/snapshot.hpp"
#include "metrics/families.hpp"
#include "metrics/host_facts.hpp"

namespace nape::metrics {

/// `totals` go on through engines (continued.hpp); everything else is taken from `snapshot`.
void add_exposure(Families& into, const Snapshot& snapshot, const Totals& totals,
                  const HostFacts& facts);

}  // namespace nape::metrics
