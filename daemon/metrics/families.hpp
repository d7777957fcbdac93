// SPDX-License-Identifier: Apache-2.0
//
// How the parts of the catalogue write down a family: name and help once, then a sample each.
#pragma once

#include <prometheus/metric_family.h>

#include <string>
#include <string_view>
#include <vector>

#include "core/time.hpp"

namespace nape::metrics {

using Families = std::vector<prometheus::MetricFamily>;
using Labels = std::vector<prometheus::ClientMetric::Label>;

/// One family being filled; it joins `into` when it ends, unless it has stayed empty.
class Filling {
 public:
  Filling(Families& into, prometheus::MetricType type, std::string name, std::string help)
      : into_(into), family_{std::move(name), std::move(help), type, {}} {}
  Filling(const Filling&) = delete;
  Filling& operator=(const Filling&) = delete;
  ~Filling() {
    if (!family_.metric.empty()) into_.push_back(std::move(family_));
  }

  /// For counters and gauges.
  Filling& add(double value, Labels labels = {});
  Filling& add(prometheus::ClientMetric metric);

 private:
  Families& into_;
  prometheus::MetricFamily family_;
};

Filling counter(Families& into, std::string name, std::string help);
Filling gauge(Families& into, std::string name, std::string help);

/// Metrics speak in seconds.
inline double seconds(Duration duration) { return static_cast<double>(duration.count()) / 1000.0; }

}  // namespace nape::metrics
