// SPDX-License-Identifier: Apache-2.0
//
// Everything that a plugin can do wrong, by real children: each ends as the protocol says, and the
// daemon goes on.
#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>

#include "supervised.hpp"

namespace nape::host {
namespace {

TEST_F(Supervised, one_that_says_no_hello_is_killed_and_started_again) {
  PluginLimits limits = short_waits();
  limits.hello_within = std::chrono::milliseconds(300);
  start("mute", limits);
  ASSERT_TRUE(until([&] { return faults(PluginFault::no_hello) >= 2; }));
  EXPECT_GE(status().restarts, 1U);
  EXPECT_NE(status().reason.find("no hello within 0.3 s"), std::string::npos) << status().reason;
}

TEST_F(Supervised, one_that_writes_noise_is_killed_and_started_again) {
  start("noise", short_waits());
  ASSERT_TRUE(until([&] { return faults(PluginFault::garbage) >= 2; }));
  EXPECT_GE(status().restarts, 1U);
}

TEST_F(Supervised, a_frame_that_is_no_observation_costs_it_its_life) {
  start("no-observation", one_try());
  ASSERT_TRUE(until_state(PluginState::backing_off));
  EXPECT_EQ(faults(PluginFault::garbage), 1U);
}

TEST_F(Supervised, a_first_frame_that_is_no_hello_costs_it_its_life) {
  start("no-hello-first", one_try());
  ASSERT_TRUE(until_state(PluginState::backing_off));
  EXPECT_EQ(faults(PluginFault::garbage), 1U);
  EXPECT_FALSE(has_window("editor"));
}

TEST_F(Supervised, a_frame_of_a_megabyte_costs_it_its_life) {
  start("huge", one_try());
  ASSERT_TRUE(until_state(PluginState::backing_off));
  EXPECT_EQ(faults(PluginFault::oversize), 1U);
}

TEST_F(Supervised, a_flood_is_dropped_and_ends_in_a_kill_when_it_goes_on) {
  PluginLimits limits = one_try();
  limits.flood_seconds = 2;
  start("flood", limits);
  ASSERT_TRUE(until_state(PluginState::backing_off));
  EXPECT_EQ(faults(PluginFault::flood), 3U);
  EXPECT_GT(status().dropped, 0U);
  // Twice the allowance at first, then one allowance for each second of rest.
  EXPECT_LE(all<WindowChanged>().size(), 4 * 200U + 50);
  EXPECT_NE(status().reason.find("too many frames"), std::string::npos) << status().reason;
}

TEST_F(Supervised, one_that_answers_no_ping_is_killed_and_started_again) {
  start("hang", short_waits());
  ASSERT_TRUE(until([&] { return faults(PluginFault::hang) >= 1 && status().restarts >= 1; }));
}

TEST_F(Supervised, one_that_crashes_is_started_again_and_its_senses_are_lost_meanwhile) {
  start("crash", one_try());
  ASSERT_TRUE(until_state(PluginState::backing_off));
  EXPECT_EQ(faults(PluginFault::crash), 1U);
  EXPECT_NE(status().reason.find("ended by signal 9: The cable is out."), std::string::npos)
      << status().reason;
  EXPECT_EQ(all<SensorHealth>().back().state, SensorState::lost);
  EXPECT_FALSE(has_children());
}

TEST_F(Supervised, one_that_crashes_at_once_is_given_up_after_eight_tries) {
  PluginLimits limits = short_waits();
  limits.first_back_off = std::chrono::milliseconds(1);
  start("quit", limits);
  ASSERT_TRUE(until_state(PluginState::given_up));
  EXPECT_EQ(status().restarts, 7U);
  EXPECT_NE(status().reason.find("failed 8 times in a row"), std::string::npos) << status().reason;
  supervisor_->run({spec("quit", limits)});
  EXPECT_EQ(status().state, PluginState::starting) << "a reload is another chance";
}

TEST_F(Supervised, a_path_that_cannot_be_executed_is_a_failure_like_any_other) {
  PluginSpec missing = spec("good", one_try());
  missing.path = "/nonexistent/nape-plugin-good";
  supervisor_->run({missing});
  EXPECT_EQ(status().state, PluginState::backing_off);
  EXPECT_NE(status().reason.find("/nonexistent/nape-plugin-good"), std::string::npos);
}

TEST_F(Supervised, times_that_cannot_be_are_clipped_and_counted) {
  start("times", one_try());
  ASSERT_TRUE(until([&] { return has_window("done"); }));
  BootTime last{};
  for (const Heard& heard : heard_) {
    EXPECT_LE(heard.at.boot, heard.now.now.boot);
    if (!std::holds_alternative<InputTally>(heard.event)) continue;
    EXPECT_GE(heard.at.boot, last);
    EXPECT_LE(std::get<InputTally>(heard.event).last, heard.at.boot);
    last = heard.at.boot;
  }
  EXPECT_EQ(all<InputTally>().size(), 4U);
  EXPECT_GE(faults(PluginFault::future), 2U);
  EXPECT_GE(faults(PluginFault::past), 2U);
  EXPECT_EQ(status().state, PluginState::running);
}

TEST_F(Supervised, counts_that_no_fingers_make_are_dropped_and_counted) {
  start("counts", one_try());
  ASSERT_TRUE(until([&] { return has_window("done"); }));
  ASSERT_EQ(all<InputTally>().size(), 1U);
  EXPECT_EQ(all<InputTally>()[0].counts.keys, 3U);
  EXPECT_EQ(faults(PluginFault::count), 1U);
  EXPECT_EQ(status().dropped, 1U);
}

TEST_F(Supervised, text_that_is_none_or_too_long_is_dropped_and_counted) {
  start("text", one_try());
  ASSERT_TRUE(until([&] { return has_window("done"); }));
  EXPECT_EQ(all<WindowChanged>().size(), 1U);
  EXPECT_EQ(faults(PluginFault::text), 2U);
  EXPECT_EQ(status().dropped, 2U);
}

TEST_F(Supervised, another_protocol_is_refused_with_both_numbers_and_not_tried_again) {
  start("major-2", short_waits());
  ASSERT_TRUE(until_state(PluginState::given_up));
  EXPECT_EQ(status().reason, "speaks protocol 2, and naped speaks protocol 1");
  EXPECT_EQ(faults(PluginFault::protocol), 1U);
  EXPECT_EQ(status().restarts, 0U);
}

TEST_F(Supervised, one_that_cannot_run_here_waits_for_another_session) {
  start("unfit", short_waits());
  ASSERT_TRUE(until_state(PluginState::unfit));
  EXPECT_EQ(status().reason, "No display here.");
  EXPECT_EQ(status().faults, FaultCounts{});
  EXPECT_EQ(status().restarts, 0U);
  supervisor_->session_changed();
  EXPECT_EQ(status().state, PluginState::starting);
  ASSERT_TRUE(until_state(PluginState::unfit));
  EXPECT_EQ(status().restarts, 1U);
}

TEST_F(Supervised, one_that_will_not_finish_is_killed_in_the_end) {
  start("stubborn", one_try());
  ASSERT_TRUE(until_state(PluginState::running));
  ASSERT_TRUE(stop());
  EXPECT_FALSE(has_children());
}

TEST_F(Supervised, endless_chatter_fills_neither_the_log_nor_the_loop) {
  start("chatter", one_try());
  ASSERT_TRUE(until([&] { return logged().find("says: I have") != std::string::npos; }));
  ASSERT_TRUE(stop());
  const std::string lines = logged();
  EXPECT_LE(std::count(lines.begin(), lines.end(), '\n'), 20);
  EXPECT_EQ(lines.find('\x1b'), std::string::npos);
}

TEST_F(Supervised, one_that_closes_its_output_and_goes_on_is_killed) {
  start("closes-output", one_try());
  ASSERT_TRUE(until_state(PluginState::backing_off));
  ASSERT_TRUE(until([&] { return status().pid == 0; }));
  EXPECT_EQ(faults(PluginFault::hang), 1U);
}

TEST_F(Supervised, what_was_written_just_before_the_end_is_heard) {
  start("burst", one_try());
  ASSERT_TRUE(until_state(PluginState::backing_off));
  EXPECT_EQ(all<InputTally>().size(), 100U);
  EXPECT_NE(status().reason.find("exit code 5: the last word"), std::string::npos)
      << status().reason;
}

TEST_F(Supervised, what_a_plugin_has_started_ends_with_it) {
  start("family", one_try());
  ASSERT_TRUE(until([&] { return status().pid == 0 && status().frames == 2; }));
  const std::string told = all<WindowChanged>().at(0).application;
  const pid_t child = std::stoi(told.substr(std::string("child ").size()));
  const int watched = static_cast<int>(syscall(SYS_pidfd_open, child, 0));
  if (watched < 0) return;  // Gone and reaped already.
  pollfd ended{watched, POLLIN, 0};
  EXPECT_EQ(poll(&ended, 1, 5000), 1);
  close(watched);
}

TEST_F(Supervised, no_plugin_outlives_a_daemon_that_was_killed) {
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe(ends.data()), 0);
  const pid_t daemon = fork();
  if (daemon == 0) {
    loop_.notify_fork(boost::asio::io_context::fork_child);
    // This copy is the daemon; it dies without a chance to do anything about its plugin.
    supervisor_->run({spec("stubborn", one_try())});
    const pid_t plugin = status().pid;
    const bool runs = static_cast<bool>(until_state(PluginState::running));
    const bool told = write(ends[1], &plugin, sizeof plugin) == sizeof plugin;
    if (runs && told) raise(SIGKILL);
    _exit(1);
  }
  pid_t plugin = 0;
  ASSERT_EQ(read(ends[0], &plugin, sizeof plugin), static_cast<ssize_t>(sizeof plugin));
  const int watched = static_cast<int>(syscall(SYS_pidfd_open, plugin, 0));
  waitpid(daemon, nullptr, 0);
  if (watched >= 0) {
    pollfd ended{watched, POLLIN, 0};
    EXPECT_EQ(poll(&ended, 1, 5000), 1);
    close(watched);
  }
  close(ends[0]);
  close(ends[1]);
}

}  // namespace
}  // namespace nape::host
