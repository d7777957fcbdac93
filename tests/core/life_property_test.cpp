// SPDX-License-Identifier: Apache-2.0
//
// The engine against random lives. Everything is virtual time.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <chrono>
#include <cstdlib>
#include <sstream>

#include "life_watch.hpp"
#include "random_life.hpp"

namespace nape::life {
namespace {

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

TEST(Life, the_invariants_hold_at_every_step) {
  Duration lived{};
  hold_against(600, [&](const Life& life) {
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
  std::cout << days << " days\n";
}

}  // namespace
}  // namespace nape::life
