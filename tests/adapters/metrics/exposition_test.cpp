// SPDX-License-Identifier: Apache-2.0
#include "metrics/exposition.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <limits>
#include <random>

#include "core/text.hpp"

namespace nape::metrics {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

MetricFamily gauge_of(double value, std::string help = "A gauge.",
                      std::vector<ClientMetric::Label> labels = {}) {
  ClientMetric metric;
  metric.gauge.value = value;
  metric.label = std::move(labels);
  return {"nape_test", std::move(help), MetricType::Gauge, {metric}};
}

TEST(Exposition, numbers_are_the_shortest_that_read_back_the_same) {
  EXPECT_EQ(number(0.1), "0.1");
  EXPECT_EQ(number(0.1 + 0.2), "0.30000000000000004");
  EXPECT_EQ(number(1.0 / 3), "0.3333333333333333");
  EXPECT_EQ(number(1e-9), "1e-09");
  EXPECT_EQ(number(1.7976931348623157e308), "1.7976931348623157e+308");
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> any(-1e12, 1e12);
  for (int i = 0; i < 10000; ++i) {
    const double value = any(random);
    EXPECT_EQ(std::strtod(number(value).c_str(), nullptr), value);
  }
}

TEST(Exposition, whole_numbers_are_plain_digits) {
  EXPECT_EQ(number(0), "0");
  EXPECT_EQ(number(1000000), "1000000");
  EXPECT_EQ(number(-300), "-300");
  EXPECT_EQ(number(9007199254740992.0), "9007199254740992");
}

TEST(Exposition, what_is_no_number_is_spelled_as_prometheus_spells_it) {
  EXPECT_EQ(number(std::numeric_limits<double>::infinity()), "+Inf");
  EXPECT_EQ(number(-std::numeric_limits<double>::infinity()), "-Inf");
  EXPECT_EQ(number(std::numeric_limits<double>::quiet_NaN()), "NaN");
}

TEST(Exposition, backslashes_newlines_and_quotes_are_escaped) {
  const auto page = render({gauge_of(1, "C:\\n \"x\"\nline", {{"a", "q\"b\\s\nn"}})}, Format::text);
  EXPECT_EQ(page,
            "# HELP nape_test C:\\\\n \"x\"\\nline\n"
            "# TYPE nape_test gauge\n"
            "nape_test{a=\"q\\\"b\\\\s\\nn\"} 1\n");
}

TEST(Exposition, openmetrics_escapes_quotes_in_help_too_and_ends_with_eof) {
  const auto page = render({gauge_of(1, "say \"hi\"")}, Format::openmetrics);
  EXPECT_EQ(page,
            "# HELP nape_test say \\\"hi\\\"\n"
            "# TYPE nape_test gauge\n"
            "nape_test 1\n"
            "# EOF\n");
}

TEST(Exposition, a_counter_is_named_without_total_in_the_headings_of_openmetrics) {
  ClientMetric metric;
  metric.counter.value = 2.5;
  const MetricFamily family{"nape_x_seconds_total", "Time.", MetricType::Counter, {metric}};
  EXPECT_EQ(render({family}, Format::openmetrics),
            "# HELP nape_x_seconds Time.\n# TYPE nape_x_seconds counter\nnape_x_seconds_total 2.5\n"
            "# EOF\n");
  EXPECT_EQ(render({family}, Format::text),
            "# HELP nape_x_seconds_total Time.\n# TYPE nape_x_seconds_total counter\n"
            "nape_x_seconds_total 2.5\n");
}

TEST(Exposition, the_bounds_of_a_histogram_look_like_floats_in_openmetrics_only) {
  ClientMetric metric;
  metric.histogram = {3, 12.5, {{1, 5}, {3, std::numeric_limits<double>::infinity()}}};
  const MetricFamily family{"nape_h", "H.", MetricType::Histogram, {metric}};
  EXPECT_NE(render({family}, Format::text).find("nape_h_bucket{le=\"5\"} 1\n"), std::string::npos);
  const auto page = render({family}, Format::openmetrics);
  EXPECT_NE(page.find("nape_h_bucket{le=\"5.0\"} 1\n"), std::string::npos);
  EXPECT_NE(page.find("nape_h_bucket{le=\"+Inf\"} 3\nnape_h_sum 12.5\nnape_h_count 3\n"),
            std::string::npos);
}

TEST(Exposition, a_family_without_samples_leaves_no_heading) {
  EXPECT_EQ(render({{"nape_none", "None.", MetricType::Gauge, {}}}, Format::text), "");
}

TEST(Exposition, what_is_not_utf8_is_repaired) {
  const std::string bad = "\xEF\xBF\xBD";
  EXPECT_EQ(clean_utf8("gr\xC3\xBC\xC3\x9F \xF0\x9F\x98\x80"),
            "gr\xC3\xBC\xC3\x9F \xF0\x9F\x98\x80");
  EXPECT_EQ(clean_utf8("a\xFFz"), "a" + bad + "z");
  EXPECT_EQ(clean_utf8("cut \xE2\x82"), "cut " + bad + bad);
  EXPECT_EQ(clean_utf8("\xC0\xAF"), bad + bad) << "overlong";
  EXPECT_EQ(clean_utf8("\xE0\x9F\xBF"), bad + bad + bad) << "overlong";
  EXPECT_EQ(clean_utf8("\xED\xA0\x80"), bad + bad + bad) << "surrogate";
  EXPECT_EQ(clean_utf8("\xF4\x90\x80\x80"), bad + bad + bad + bad) << "beyond U+10FFFF";
  EXPECT_EQ(clean_utf8("\xF4\x8F\xBF\xBF"), "\xF4\x8F\xBF\xBF");
}

}  // namespace
}  // namespace nape::metrics
