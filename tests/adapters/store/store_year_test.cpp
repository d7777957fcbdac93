// SPDX-License-Identifier: Apache-2.0
//
// A year of a busy person's data, and what it costs to live with it: prints its measurements and
// fails where a promise of the project is broken.
#include <algorithm>
#include <cstdio>
#include <functional>
#include <string>

#include "store_fixture.hpp"

namespace nape::store {
namespace {

using Clock = std::chrono::steady_clock;

/// 10 stretches, 200 input spans, 2000 windows, 30 signals, 20 breaks and 150 reasons a day.
Effects busy_day(int day) {
  const std::int64_t dawn = std::int64_t{86'400} * day;
  Effects effects{DayBegan{day_of(dawn)}};
  for (int s = 0; s < 10; ++s) {
    const std::int64_t begin = dawn + 3000 * s;
    Stretch busy = stretch(begin, begin + 2400);
    for (int app = 0; app < 15; ++app) {
      busy.applications["org.example.Application" + std::to_string(app)] = seconds(100 + app);
      busy.categories["category" + std::to_string(app % 6)] = seconds(10 + app);
    }
    for (int i = 0; i < 20; ++i) effects.push_back(input(begin + 120 * i, begin + 120 * i + 100));
    for (int i = 0; i < 200; ++i) {
      effects.push_back(WindowSpan{"org.example.Application" + std::to_string(i % 15), "category1",
                                   false, at(begin + 12 * i), at(begin + 12 * i + 12)});
    }
    for (int i = 0; i < 3; ++i)
      effects.push_back(SignalSpan{"mic", at(begin + i), at(begin + 600)});
    for (int i = 0; i < 15; ++i) {
      effects.push_back(
          Why{"rest", Verdict::prompting, "nudge", seconds(3000), seconds(3000), {}, {}, {}});
    }
    effects.push_back(StretchEnded{busy});
    effects.push_back(break_ended(begin + 2400, Outcome::taken, seconds(300)));
    effects.push_back(break_ended(begin + 2400, Outcome::natural, seconds(30)));
  }
  return effects;
}

double milliseconds(const std::function<void()>& act) {
  const auto before = Clock::now();
  act();
  return std::chrono::duration<double, std::milli>(Clock::now() - before).count();
}

/// The median of 11, as this machine may be busy with something else.
double typical(const std::function<void()>& act) {
  std::array<double, 11> times{};
  for (double& time : times) time = milliseconds(act);
  std::sort(times.begin(), times.end());
  return times[times.size() / 2];
}

class Year : public StoreTest {};

TEST_F(Year, is_cheap_to_live_with) {
  constexpr int days = 365;
  auto store = open();
  const double made = milliseconds([&] {
    for (int day = 0; day < days; ++day) {
      const std::int64_t evening = std::int64_t{86'400} * day + 40'000;
      commit(*store, evening, busy_day(day), checkpoint(evening, std::string(4000, 's')));
    }
  });
  const std::int32_t last = first_day + days - 1;

  const double minute = typical([&, now = std::int64_t{86'400} * (days - 1) + 50'000]() mutable {
    now += 60;
    Checkpoint running = checkpoint(now, std::string(4000, 's'));
    running.running = stretch(now - 600, now);
    running.open_input = input(now - 60, now);
    commit(*store, now, {}, running);
  });
  const double today = typical([&] {
    const auto history = History::open(path_);
    ASSERT_TRUE(history);
    ASSERT_TRUE(*history->today(last));
    ASSERT_GE(history->stretches(last)->size(), 10u);
    ASSERT_EQ(history->breaks(last)->size(), 20u);
    ASSERT_EQ(history->top_applications(last, 10)->size(), 10u);
  });
  const double year = typical(
      [&] { ASSERT_EQ(store->history().days(first_day, last)->size(), std::size_t{days}); });
  const double why = typical([&] { ASSERT_EQ(store->history().why("rest", 20)->size(), 20u); });
  const double slice = typical([&] { ASSERT_TRUE(store->prune()); });
  const double copy = milliseconds([&] { ASSERT_TRUE(store->backup_to(root_ + "/copy.db")); });
  store.reset();
  const double start = typical([&] { ASSERT_TRUE(*open()->load()); });
  const double check = milliseconds([&] {
    auto database = Database::open(path_, Access::read_only);
    ASSERT_TRUE((*database)->script("PRAGMA quick_check"));
  });

  std::printf(
      "a year: %.1f MB, made in %.1f s\n"
      "today (open, day, stretches, breaks, applications) %.2f ms\n"
      "all days %.2f ms, why %.2f ms\n"
      "a minute's commit %.2f ms, a slice of pruning %.2f ms\n"
      "start %.2f ms, quick check after a crash %.1f ms, copy %.0f ms\n",
      static_cast<double>(std::filesystem::file_size(path_)) / 1e6, made / 1000, today, year, why,
      minute, slice, start, check, copy);
  EXPECT_LT(today, 20);
  EXPECT_LT(start, 20);
  EXPECT_LT(minute, 20);
}

}  // namespace
}  // namespace nape::store
