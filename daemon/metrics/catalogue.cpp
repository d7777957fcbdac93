// SPDX-License-Identifier: Apache-2.0
#include "metrics/catalogue.hpp"

#include "metrics/exposure.hpp"
#include "metrics/families.hpp"
#include "metrics/health.hpp"

namespace nape::metrics {

std::vector<prometheus::MetricFamily> Catalogue::collect(const Snapshot& snapshot,
                                                         const HostFacts& facts, Profile profile) {
  // In every profile, so that no reader's scrapes miss an engine's end.
  const Totals totals = totals_.through(snapshot.totals);
  Families families;
  add_identity(families, snapshot, facts);
  if (profile == Profile::personal) {
    add_exposure(families, snapshot, totals, facts);
    add_personal_health(families, facts);
  } else {
    add_team_health(families, facts);
    if (facts.closed_day) add_closed_day(families, *facts.closed_day);
  }
  return families;
}

}  // namespace nape::metrics
