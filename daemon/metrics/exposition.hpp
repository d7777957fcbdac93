// SPDX-License-Identifier: Apache-2.0
//
// Metric families as text: Prometheus 0.0.4 or OpenMetrics 1.0. Written here because
// prometheus-cpp's own serializer loses digits and lets one backslash break a scrape
// (reference/team.md, 2.3). Never fails: what is not UTF-8 is repaired.
#pragma once

#include <prometheus/metric_family.h>

#include <string>
#include <string_view>
#include <vector>

namespace nape::metrics {

enum class Format { text, openmetrics };

/// The best of the two for an Accept header; text where nothing is asked for or neither fits.
Format format_for(std::string_view accept);
std::string_view content_type(Format format);

/// Counters are named `..._total`, names are legal: the catalogue's part.
std::string render(const std::vector<prometheus::MetricFamily>& families, Format format);

/// The shortest text that reads back as the same double; whole numbers in plain digits.
std::string number(double value);

}  // namespace nape::metrics
