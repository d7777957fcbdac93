// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "metrics/exposition.hpp"

namespace nape::metrics {
namespace {

TEST(Negotiation, who_asks_for_nothing_or_anything_gets_text) {
  EXPECT_EQ(format_for(""), Format::text);
  EXPECT_EQ(format_for("*/*"), Format::text);
  EXPECT_EQ(format_for("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
            Format::text);
  EXPECT_EQ(format_for("image/png"), Format::text);
}

TEST(Negotiation, prometheus_gets_openmetrics) {
  EXPECT_EQ(format_for("application/openmetrics-text;version=1.0.0,application/openmetrics-text;"
                       "version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1"),
            Format::openmetrics);
  // Prometheus 3.
  EXPECT_EQ(format_for("application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,"
                       "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,"
                       "text/plain;version=0.0.4;q=0.3,*/*;q=0.2"),
            Format::openmetrics);
}

TEST(Negotiation, q_decides) {
  EXPECT_EQ(format_for("application/openmetrics-text;q=0.4, text/plain;q=0.5"), Format::text);
  EXPECT_EQ(format_for("application/openmetrics-text;q=0.6, text/plain;q=0.5"),
            Format::openmetrics);
  EXPECT_EQ(format_for("application/openmetrics-text;q=0, */*"), Format::text);
  EXPECT_EQ(format_for("text/plain;q=0, */*;q=0.1"), Format::openmetrics);
}

TEST(Negotiation, at_the_same_q_what_is_named_more_closely_wins) {
  EXPECT_EQ(format_for("application/openmetrics-text, */*"), Format::openmetrics);
  EXPECT_EQ(format_for("text/plain, application/openmetrics-text"), Format::text);
}

TEST(Negotiation, a_version_that_is_not_spoken_does_not_count) {
  EXPECT_EQ(format_for("application/openmetrics-text;version=2.0.0, text/plain;q=0.1"),
            Format::text);
  EXPECT_EQ(format_for("application/openmetrics-text; version=\"1.0.0\""), Format::openmetrics);
}

TEST(Negotiation, capitals_and_blanks_do_not_matter_and_nonsense_does_not_win) {
  EXPECT_EQ(format_for(" Application/OpenMetrics-Text ; Version=1.0.0 ; Q=0.9 , text/plain;q=0.1"),
            Format::openmetrics);
  EXPECT_EQ(format_for("application/openmetrics-text;q=lots"), Format::text);
  EXPECT_EQ(format_for("application/openmetrics-text;q=7"), Format::text);
  EXPECT_EQ(format_for(",;=,,;q=;;"), Format::text);
}

TEST(Negotiation, the_content_types_are_those_that_prometheus_3_demands) {
  EXPECT_EQ(content_type(Format::text), "text/plain; version=0.0.4; charset=utf-8");
  EXPECT_EQ(content_type(Format::openmetrics),
            "application/openmetrics-text; version=1.0.0; charset=utf-8");
}

}  // namespace
}  // namespace nape::metrics
