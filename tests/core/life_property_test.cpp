// SPDX-License-Identifier: Apache-2.0
//
// The engine against random lives. Everything is virtual time.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <sstream>

#include "effect_text.hpp"
#include "life_watch.hpp"
#include "random_life.hpp"
#include "random_policy.hpp"

namespace nape::life {
namespace {

using namespace std::chrono_literals;

/// Holds `property` against so many lives; NAPE_LIVES multiplies them, for a long night.
template <class Property>
void hold_against(int lives, Property property) {
  auto params = rc::detail::configuration().testParams;
  const char* more = std::getenv("NAPE_LIVES");
  params.maxSuccess = lives * (more ? std::max(1, std::atoi(more)) : 1);
  const auto result = rc::detail::checkTestable(property, rc::detail::TestMetadata(), params);
  if (result.template is<rc::detail::SuccessResult>()) return;
  std::ostringstream said;
  rc::detail::printResultMessage(result, said);
  ADD_FAILURE() << said.str();
}

/// What was told, and the state at the end.
struct Diary {
  std::vector<std::string> lines;
  std::string state;

  void write(const Effects& effects) {
    for (const auto& effect : effects) lines.push_back(text_of(effect));
  }
};

void compare(const Diary& one, const Diary& other) {
  const auto both = std::min(one.lines.size(), other.lines.size());
  for (std::size_t i = 0; i < both; ++i) RC_ASSERT(one.lines[i] == other.lines[i]);
  RC_ASSERT(one.lines.size() == other.lines.size());
  RC_ASSERT(one.state == other.state);
}

Diary diary_of(const Life& life, Body::Pace pace) {
  Diary diary;
  Body body(life.policy, pace, [&](const Seen& seen) { diary.write(seen.effects); });
  for (const auto& moment : moments_of(life)) body.live(moment);
  diary.state = body.engine().save(body.now());
  return diary;
}

TEST(Life, the_invariants_hold_at_every_step) {
  Duration lived{};
  hold_against(700, [&](const Life& life) {
    LifeWatch watch(life.policy);
    Body body(life.policy, Body::Pace::each_deadline, [&](const Seen& seen) { watch.see(seen); });
    for (const auto& moment : moments_of(life)) {
      body.live(moment);
      if (!watch.complaints().empty()) RC_FAIL(watch.complaints().front());
    }
    lived += body.lived();
  });
  const auto days = std::chrono::duration_cast<std::chrono::hours>(lived).count() / 24;
  RecordProperty("days", std::to_string(days));
  EXPECT_TRUE(HasFailure() || days >= 2000) << "only " << days << " days";
}

TEST(Life, the_same_events_have_the_same_effects) {
  hold_against(60, [](const Life& life) {
    compare(diary_of(life, Body::Pace::each_event), diary_of(life, Body::Pace::each_event));
  });
}

TEST(Life, everything_is_still_at_last) {
  hold_against(150, [](const Life& life) {
    Body body(life.policy, Body::Pace::each_deadline, nullptr);
    for (const auto& moment : moments_of(life)) body.live(moment);
    // All that can still come of what has been: a pause of the person's, a silence, an absence.
    body.pass(body.lived() + 40 * 24h);
    const auto ticks = body.ticks();
    body.pass(body.lived() + 365 * 24h);
    RC_ASSERT(body.ticks() == ticks);
  });
}

TEST(Life, a_state_outlives_any_number_of_restarts) {
  hold_against(100, [](const Life& life) {
    Body body(life.policy, Body::Pace::each_deadline, nullptr);
    for (const auto& moment : moments_of(life)) body.live(moment);
    const auto saved = body.engine().save(body.now());
    auto again = Engine::restore(body.engine().policy(), saved, body.now());
    RC_ASSERT(static_cast<bool>(again));
    RC_ASSERT(again->save(body.now()) == saved);
  });
}

}  // namespace
}  // namespace nape::life
