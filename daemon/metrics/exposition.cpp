// SPDX-License-Identifier: Apache-2.0
#include "metrics/exposition.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <limits>

#include "core/text.hpp"

namespace nape::metrics {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;
using Labels = std::vector<ClientMetric::Label>;

std::string_view type_word(MetricType type, Format format) {
  switch (type) {
    case MetricType::Counter:
      return "counter";
    case MetricType::Gauge:
      return "gauge";
    case MetricType::Summary:
      return "summary";
    case MetricType::Histogram:
      return "histogram";
    case MetricType::Untyped:
      break;
  }
  return format == Format::text ? "untyped" : "unknown";
}

/// Text 0.0.4 leaves quotes in HELP alone, OpenMetrics escapes them; in label values both do.
enum class Quotes { plain, escaped };

void append_escaped(std::string& out, std::string_view text, Quotes quotes) {
  for (const char c : clean_utf8(text)) {
    if (c == '\\')
      out += "\\\\";
    else if (c == '\n')
      out += "\\n";
    else if (c == '"' && quotes == Quotes::escaped)
      out += "\\\"";
    else
      out += c;
  }
}

void append_label(std::string& out, std::string_view name, std::string_view value) {
  out += out.back() == '{' ? "" : ",";
  out += name;
  out += "=\"";
  append_escaped(out, value, Quotes::escaped);
  out += '"';
}

/// One line: `name{labels,extra="bound"} value`.
void append_sample(std::string& out, std::string_view name, const Labels& labels, double value,
                   std::string_view extra = {}, std::string_view bound = {}) {
  out += name;
  if (!labels.empty() || !extra.empty()) {
    out += '{';
    for (const auto& label : labels) append_label(out, label.name, label.value);
    if (!extra.empty()) append_label(out, extra, bound);
    out += '}';
  }
  out += ' ';
  out += number(value);
  out += '\n';
}

/// OpenMetrics wants bounds to look like floats: "300.0".
std::string bound_text(double bound, Format format) {
  std::string text = number(bound);
  if (format == Format::openmetrics && text.find_first_not_of("-0123456789") == std::string::npos)
    text += ".0";
  return text;
}

void append_sum_and_count(std::string& out, const std::string& name, const Labels& labels,
                          double sum, std::uint64_t count) {
  append_sample(out, name + "_sum", labels, sum);
  append_sample(out, name + "_count", labels, static_cast<double>(count));
}

void append_histogram(std::string& out, const std::string& name, const ClientMetric& metric,
                      Format format) {
  const auto& histogram = metric.histogram;
  for (const auto& bucket : histogram.bucket) {
    append_sample(out, name + "_bucket", metric.label, static_cast<double>(bucket.cumulative_count),
                  "le", bound_text(bucket.upper_bound, format));
  }
  append_sum_and_count(out, name, metric.label, histogram.sample_sum, histogram.sample_count);
}

void append_summary(std::string& out, const std::string& name, const ClientMetric& metric,
                    Format format) {
  const auto& summary = metric.summary;
  for (const auto& quantile : summary.quantile) {
    append_sample(out, name, metric.label, quantile.value, "quantile",
                  bound_text(quantile.quantile, format));
  }
  append_sum_and_count(out, name, metric.label, summary.sample_sum, summary.sample_count);
}

void append_metric(std::string& out, const MetricFamily& family, const ClientMetric& metric,
                   Format format) {
  switch (family.type) {
    case MetricType::Counter:
      return append_sample(out, family.name, metric.label, metric.counter.value);
    case MetricType::Gauge:
      return append_sample(out, family.name, metric.label, metric.gauge.value);
    case MetricType::Summary:
      return append_summary(out, family.name, metric, format);
    case MetricType::Histogram:
      return append_histogram(out, family.name, metric, format);
    case MetricType::Untyped:
      return append_sample(out, family.name, metric.label, metric.untyped.value);
  }
}

void append_family(std::string& out, const MetricFamily& family, Format format) {
  if (family.metric.empty()) return;
  std::string_view name = family.name;
  constexpr std::string_view total = "_total";
  // In OpenMetrics the family is the name without the suffix that its samples carry.
  if (format == Format::openmetrics && family.type == MetricType::Counter && name.ends_with(total))
    name.remove_suffix(total.size());
  out += "# HELP ";
  out += name;
  out += ' ';
  append_escaped(out, family.help, format == Format::text ? Quotes::plain : Quotes::escaped);
  out += "\n# TYPE ";
  out += name;
  out += ' ';
  out += type_word(family.type, format);
  out += '\n';
  for (const auto& metric : family.metric) append_metric(out, family, metric, format);
}

}  // namespace

std::string number(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
  std::array<char, 32> text{};
  // Shortest would write 1e+06; up to 2^53 a whole number reads better in digits, and is as exact.
  constexpr double whole_to = 9007199254740992.0;
  const bool whole = std::abs(value) <= whole_to && std::trunc(value) == value;
  const auto end =
      whole ? std::to_chars(text.begin(), text.end(), static_cast<std::int64_t>(value)).ptr
            : std::to_chars(text.begin(), text.end(), value).ptr;
  return {text.begin(), end};
}

std::string_view content_type(Format format) {
  return format == Format::text ? "text/plain; version=0.0.4; charset=utf-8"
                                : "application/openmetrics-text; version=1.0.0; charset=utf-8";
}

std::string render(const std::vector<MetricFamily>& families, Format format) {
  std::string out;
  out.reserve(16 * 1024);
  for (const auto& family : families) append_family(out, family, format);
  if (format == Format::openmetrics) out += "# EOF\n";
  return out;
}

}  // namespace nape::metrics
