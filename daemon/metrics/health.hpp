// SPDX-License-Identifier: Apache-2.0
//
// The families that tell about the daemon: the personal profile gets them in full, the team profile
// an extract, with the closed day.
#pragma once

#include "core/snapshot.hpp"
#include "metrics/families.hpp"
#include "metrics/host_facts.hpp"

namespace nape::metrics {

/// Version, policy, demo.
void add_identity(Families& into, const Snapshot& snapshot, const HostFacts& facts);
void add_personal_health(Families& into, const HostFacts& facts);
/// The best sensor of each kind, and all plugins as one: 20 series must do for a machine.
void add_team_health(Families& into, const HostFacts& facts);
void add_closed_day(Families& into, const ClosedDay& day);

}  // namespace nape::metrics
