// SPDX-License-Identifier: Apache-2.0
#include "host/signals.hpp"

#include <gtest/gtest.h>
#include <signal.h>

#include <boost/asio/io_context.hpp>

namespace nape::host {
namespace {

TEST(Signals, stop_and_reload_come_through_the_loop_each_time) {
  boost::asio::io_context loop{1};
  int stops = 0;
  int reloads = 0;
  const Signals signals(
      loop, [&] { ++stops; }, [&] { ++reloads; });
  for (const int number : {SIGHUP, SIGTERM, SIGINT, SIGHUP}) {
    raise(number);
    const int before = stops + reloads;
    while (stops + reloads == before && loop.run_one_for(std::chrono::seconds(5)) > 0) {
    }
  }
  EXPECT_EQ(stops, 2);
  EXPECT_EQ(reloads, 2);
  raise(SIGPIPE);
}

}  // namespace
}  // namespace nape::host
