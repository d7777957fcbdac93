// SPDX-License-Identifier: Apache-2.0
#include "x11/server_clock.hpp"

#include <gtest/gtest.h>

namespace nape::x11 {
namespace {

using namespace std::chrono_literals;
using Arrival = ServerClock::Arrival;

TEST(ServerClock, is_now_until_something_is_known) {
  EXPECT_EQ(ServerClock{}.to_boot(123, 5s), 5s);
}

TEST(ServerClock, dates_events_back_that_waited_in_the_socket) {
  ServerClock clock;
  clock.saw(1000, 50'000ms, Arrival::fresh);
  clock.saw(1900, 51'000ms, Arrival::waited);
  EXPECT_EQ(clock.to_boot(1900, 51'000ms), 50'900ms);
  EXPECT_EQ(clock.to_boot(1400, 51'000ms), 50'400ms);
}

TEST(ServerClock, never_answers_with_the_future) {
  ServerClock clock;
  clock.saw(1000, 50'000ms, Arrival::fresh);
  EXPECT_EQ(clock.to_boot(9000, 50'001ms), 50'001ms);
}

TEST(ServerClock, believes_the_smallest_delay) {
  ServerClock clock;
  clock.saw(1000, 50'800ms, Arrival::waited);
  clock.saw(2000, 51'100ms, Arrival::waited);
  EXPECT_EQ(clock.to_boot(2000, 51'100ms), 51'100ms);
}

TEST(ServerClock, follows_a_machine_that_slept) {
  ServerClock clock;
  clock.saw(1000, 50'000ms, Arrival::fresh);
  // An hour of suspend: the server's clock stood still, the boot clock did not.
  clock.saw(1500, 3'650'500ms, Arrival::waited);
  EXPECT_EQ(clock.to_boot(1500, 3'650'500ms), 3'650'500ms);
}

TEST(ServerClock, survives_the_wrap_of_the_servers_milliseconds) {
  ServerClock clock;
  clock.saw(0xFFFFFF00U, 4'300'000'000ms, Arrival::fresh);
  clock.saw(0x00000010U, 4'300'000'600ms, Arrival::waited);
  EXPECT_EQ(clock.to_boot(0x00000010U, 4'300'000'600ms), 4'300'000'272ms);
}

}  // namespace
}  // namespace nape::x11
