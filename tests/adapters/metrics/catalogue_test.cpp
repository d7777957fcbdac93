// SPDX-License-Identifier: Apache-2.0
#include "metrics/catalogue.hpp"

#include <gtest/gtest.h>
#include <prometheus/check_names.h>

#include <fstream>
#include <sstream>

#include "adapters/metrics/sample.hpp"
#include "metrics/exposition.hpp"

namespace nape::metrics {
namespace {

std::string page(const Snapshot& snapshot, const HostFacts& facts, Profile profile,
                 Format format = Format::text) {
  Catalogue catalogue;
  return render(catalogue.collect(snapshot, facts, profile), format);
}

bool tells(const std::string& page, const std::string& line) {
  return ("\n" + page).find("\n" + line) != std::string::npos;
}

std::size_t series(const std::string& page) {
  std::istringstream lines(page);
  std::size_t count = 0;
  for (std::string line; std::getline(lines, line);) count += line.starts_with('#') ? 0 : 1;
  return count;
}

std::string golden(const std::string& name) {
  std::ifstream file(std::string(NAPE_GOLDEN_DIR) + "/" + name);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Set NAPE_WRITE_GOLDEN to write what is new, then read the difference.
void expect_golden(const std::string& page, const std::string& name) {
  if (std::getenv("NAPE_WRITE_GOLDEN"))
    std::ofstream(std::string(NAPE_GOLDEN_DIR) + "/" + name) << page;
  EXPECT_EQ(page, golden(name));
}

TEST(Catalogue, the_pages_are_the_golden_ones) {
  const auto snapshot = sample::snapshot();
  const auto facts = sample::facts();
  expect_golden(page(snapshot, facts, Profile::personal), "personal.prom");
  expect_golden(page(snapshot, facts, Profile::personal, Format::openmetrics), "personal.om");
  expect_golden(page(snapshot, facts, Profile::team), "team.prom");
}

TEST(Catalogue, the_series_stay_within_their_budget) {
  auto facts = sample::facts();
  facts.categories.clear();
  for (int i = 0; i < 13; ++i) facts.categories.push_back("category" + std::to_string(i));
  for (int i = 0; i < 12; ++i) facts.plugins["plugin" + std::to_string(i)] = {};
  auto snapshot = sample::snapshot();
  snapshot.totals.windows.clear();
  EXPECT_LE(series(page(snapshot, facts, Profile::personal)), 120U);
  EXPECT_LE(series(page(snapshot, facts, Profile::team)), 20U);
}

TEST(Catalogue, names_are_legal_and_begin_with_nape) {
  Catalogue catalogue;
  for (const auto& family :
       catalogue.collect(sample::snapshot(), sample::facts(), Profile::personal)) {
    EXPECT_TRUE(prometheus::CheckMetricName(family.name)) << family.name;
    EXPECT_TRUE(family.name.starts_with("nape_")) << family.name;
    for (const auto& metric : family.metric) {
      for (const auto& label : metric.label) EXPECT_TRUE(prometheus::CheckLabelName(label.name));
    }
  }
}

TEST(Catalogue, the_team_profile_tells_nothing_finer_than_a_closed_day) {
  auto facts = sample::facts();
  const auto team = page(sample::snapshot(), facts, Profile::team);
  for (const char* word :
       {"presence", "nape_current", "input_events", "nape_window", "category", "browser", "skipped",
        "exit", "postponed", "partial", "nape_use", "nape_sitting", "nape_breaks_total",
        "nape_break_", "overdue", "nape_setup", "nape_stretch", "nape_start"}) {
    EXPECT_EQ(team.find(word), std::string::npos) << word;
  }
  EXPECT_TRUE(tells(team, "nape_daily_sitting_seconds 21600\n"));
  // What happens now changes nothing in it.
  auto later = sample::snapshot();
  later.presence = PresenceState::away;
  later.stretch.reset();
  later.totals = {};
  later.kinds.clear();
  later.locked = true;
  EXPECT_EQ(page(later, facts, Profile::team), team);
}

TEST(Catalogue, before_the_first_closed_day_the_team_sees_health_alone) {
  auto facts = sample::facts();
  facts.closed_day.reset();
  EXPECT_EQ(page(sample::snapshot(), facts, Profile::team).find("nape_daily"), std::string::npos);
}

TEST(Catalogue, counts_that_nobody_measures_are_absent_not_zero) {
  auto facts = sample::facts();
  facts.counts_measured = false;
  const auto personal = page(sample::snapshot(), facts, Profile::personal);
  EXPECT_EQ(personal.find("nape_input_events_total"), std::string::npos);
  EXPECT_TRUE(tells(personal, "nape_use_seconds_total{pause=\"under_30\"} 5400.3\n"));
}

TEST(Catalogue, without_any_sensor_nothing_is_zero_and_the_state_says_why) {
  Snapshot blind;
  blind.sensors.fill(SensorState::lost);
  HostFacts facts;
  const auto personal = page(blind, facts, Profile::personal);
  for (const char* name : {"nape_use_", "nape_sitting_", "nape_setup_", "nape_stretch_",
                           "nape_current_", "nape_window_"})
    EXPECT_EQ(personal.find(name), std::string::npos) << name;
  EXPECT_TRUE(tells(personal, "nape_presence{state=\"unknown\"} 1\n"));
  EXPECT_TRUE(tells(personal, "nape_sensor_state{sensor=\"none\",kind=\"input\"} 0\n"));
}

TEST(Catalogue, a_sensor_lost_later_leaves_the_counters_where_they_are) {
  auto snapshot = sample::snapshot();
  snapshot.sensors.fill(SensorState::lost);
  snapshot.presence = PresenceState::unknown;
  const auto personal = page(snapshot, sample::facts(), Profile::personal);
  EXPECT_TRUE(tells(personal, "nape_sitting_seconds_total{evidence=\"passive\"} 1200\n"));
  EXPECT_EQ(personal.find("nape_current_stretch_seconds"), std::string::npos);
}

TEST(Catalogue, known_label_sets_begin_at_zero) {
  Snapshot fresh;
  fresh.sensors.fill(SensorState::good);
  fresh.kinds = sample::snapshot().kinds;
  HostFacts facts = sample::facts();
  const auto personal = page(fresh, facts, Profile::personal);
  EXPECT_TRUE(tells(personal, "nape_breaks_total{kind=\"rest\",outcome=\"skipped\"} 0\n"));
  EXPECT_TRUE(tells(personal, "nape_window_seconds_total{category=\"office\"} 0\n"));
  EXPECT_TRUE(tells(personal, "nape_input_events_total{device=\"touch\"} 0\n"));
  EXPECT_TRUE(tells(personal, "nape_faults_total{part=\"store\"} 0\n"));
  EXPECT_TRUE(tells(personal, "nape_stretch_duration_seconds_count 0\n"));
}

TEST(Catalogue, exactly_one_presence_holds) {
  auto snapshot = sample::snapshot();
  snapshot.presence = PresenceState::away;
  const auto personal = page(snapshot, sample::facts(), Profile::personal);
  EXPECT_TRUE(tells(personal, "nape_presence{state=\"away\"} 1\n"));
  EXPECT_TRUE(tells(personal, "nape_presence{state=\"active\"} 0\n"));
  EXPECT_TRUE(tells(personal, "nape_presence{state=\"present\"} 0\n"));
  EXPECT_TRUE(tells(personal, "nape_presence{state=\"unknown\"} 0\n"));
}

TEST(Catalogue, counters_go_on_when_the_engine_is_replaced) {
  Catalogue catalogue;
  const auto before = sample::snapshot();
  catalogue.engine_ends(before.totals);
  auto after = before;
  after.totals = {};
  after.totals.counts.keys = 7;
  const auto personal =
      render(catalogue.collect(after, sample::facts(), Profile::personal), Format::text);
  EXPECT_TRUE(tells(personal, "nape_input_events_total{device=\"keyboard\"} 5220\n"));
  EXPECT_TRUE(tells(personal, "nape_breaks_total{kind=\"rest\",outcome=\"postponed\"} 2\n"));
  EXPECT_TRUE(tells(personal, "nape_stretch_duration_seconds_count 5\n"));
}

TEST(Catalogue, an_application_category_with_odd_bytes_breaks_no_scrape) {
  auto snapshot = sample::snapshot();
  snapshot.totals.windows = {{"a\"b\\c\n\xFF", Duration(1000)}};
  EXPECT_TRUE(tells(page(snapshot, sample::facts(), Profile::personal),
                    "nape_window_seconds_total{category=\"a\\\"b\\\\c\\n\xEF\xBF\xBD\"} 1\n"));
}

}  // namespace
}  // namespace nape::metrics
