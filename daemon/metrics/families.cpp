// SPDX-License-Identifier: Apache-2.0
#include "metrics/families.hpp"

#include <utility>

namespace nape::metrics {

using prometheus::ClientMetric;
using prometheus::MetricType;

Filling& Filling::add(double value, Labels labels) {
  ClientMetric metric;
  metric.label = std::move(labels);
  (family_.type == MetricType::Counter ? metric.counter.value : metric.gauge.value) = value;
  return add(std::move(metric));
}

Filling& Filling::add(ClientMetric metric) {
  family_.metric.push_back(std::move(metric));
  return *this;
}

Filling counter(Families& into, std::string name, std::string help) {
  return {into, MetricType::Counter, std::move(name), std::move(help)};
}

Filling gauge(Families& into, std::string name, std::string help) {
  return {into, MetricType::Gauge, std::move(name), std::move(help)};
}

}  // namespace nape::metrics
