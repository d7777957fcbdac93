// SPDX-License-Identifier: Apache-2.0
//
// Every metric that Nape tells, made from one core snapshot and the host's facts at the moment of a
// scrape. The engine's totals are the counters; no second set is kept here, only what an earlier
// engine of this process had reached.
//
// Unknown is never 0: what no sensor sees has no series, and nape_sensor_state says why.
#pragma once

#include <prometheus/metric_family.h>

#include <vector>

#include "core/snapshot.hpp"
#include "metrics/continued.hpp"
#include "metrics/host_facts.hpp"

namespace nape::metrics {

/// `team` tells no exposure finer than a closed day, in at most 20 series: never presence, the
/// current stretch, input counts, categories, applications, skips or exits.
enum class Profile { personal, team };

class Catalogue {
 public:
  std::vector<prometheus::MetricFamily> collect(const Snapshot& snapshot, const HostFacts& facts,
                                                Profile profile);

  /// The engine is about to be replaced by one whose totals begin at 0; `last` is what it had
  /// reached.
  void engine_ends(const Totals& last) { totals_.engine_ends(last); }

 private:
  Continued totals_;
};

}  // namespace nape::metrics
