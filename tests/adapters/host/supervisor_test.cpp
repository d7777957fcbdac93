// SPDX-License-Identifier: Apache-2.0
#include "host/supervisor.hpp"

#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "supervised.hpp"

namespace nape::host {
namespace {

TEST_F(Supervised, a_good_plugin_runs_is_heard_and_ends_when_asked) {
  start("good", one_try());
  ASSERT_TRUE(until([&] { return has_window("editor"); }));
  const PluginStatus running = status();
  EXPECT_EQ(running.state, PluginState::running);
  EXPECT_EQ(running.version, "1.2.3");
  EXPECT_GT(running.pid, 0);
  EXPECT_EQ(running.restarts, 0U);
  ASSERT_TRUE(stop());
  EXPECT_EQ(status().state, PluginState::stopped);
  EXPECT_EQ(status().faults, FaultCounts{});
  EXPECT_FALSE(has_children());
}

TEST_F(Supervised, what_a_plugin_sees_and_can_show_is_told_at_first_and_at_each_change) {
  start("good", one_try());
  ASSERT_TRUE(until([&] { return has_window("editor"); }));
  const auto health = all<SensorHealth>();
  ASSERT_EQ(health.size(), sensor_kind_count + 2);
  for (std::size_t i = 0; i < sensor_kind_count; ++i) {
    EXPECT_EQ(health[i].state, SensorState::lost);
  }
  EXPECT_EQ(health[5].kind, SensorKind::input);
  EXPECT_EQ(health[5].state, SensorState::good);
  EXPECT_EQ(health[6].kind, SensorKind::window);
  const auto reach = all<StageReach>();
  ASSERT_EQ(reach.size(), stage_count + 1);
  EXPECT_EQ(reach.back().stage, Stage::nudge);
  EXPECT_TRUE(reach.back().reachable);
  ASSERT_TRUE(stop());
  EXPECT_EQ(all<SensorHealth>().back().state, SensorState::lost);
  EXPECT_FALSE(all<StageReach>().back().reachable);
}

TEST_F(Supervised, that_a_sensor_sees_is_told_before_what_it_sees) {
  start("counts", one_try());
  ASSERT_TRUE(until([&] { return has_window("done"); }));
  std::vector<std::size_t> order(3);
  for (std::size_t i = 0; i < heard_.size(); ++i) {
    const auto* health = std::get_if<SensorHealth>(&heard_[i].event);
    if (health != nullptr && health->state == SensorState::good) order[0] = i;
    if (std::holds_alternative<InputTally>(heard_[i].event)) order[1] = i;
    if (std::holds_alternative<WindowChanged>(heard_[i].event)) order[2] = i;
  }
  EXPECT_TRUE(std::is_sorted(order.begin(), order.end()));
}

TEST_F(Supervised, a_directive_reaches_the_actuator_and_its_answer_comes_back) {
  start("good", one_try());
  EXPECT_FALSE(supervisor_->send(Showing{1, "rest", Stage::nudge, "t", "b", {}, false, {}}));
  ASSERT_TRUE(until_state(PluginState::running));
  ASSERT_TRUE(supervisor_->send(Showing{7, "rest", Stage::nudge, "t", "b", {}, false, {}}));
  ASSERT_TRUE(until([&] { return !answers_.empty(); }));
  EXPECT_EQ(answers_[0].id, 7U);
  EXPECT_EQ(answers_[0].what, Answer::What::delivered);
  EXPECT_FALSE(supervisor_->send(Showing{8, "rest", Stage::overlay, "t", "b", {}, false, {}}));
  EXPECT_TRUE(supervisor_->send(Removal{"rest"}));
  ASSERT_TRUE(until([&] { return has_window("withdrawn rest"); }));
}

TEST_F(Supervised, a_silent_plugin_is_pinged_and_lives) {
  start("silent", short_waits());
  // Hello and two pongs.
  ASSERT_TRUE(until([&] { return status().frames >= 3; }));
  EXPECT_EQ(status().state, PluginState::running);
  EXPECT_EQ(status().restarts, 0U);
}

TEST_F(Supervised, with_one_silent_plugin_nothing_is_due_for_five_minutes) {
  start("silent", PluginLimits{});
  ASSERT_TRUE(until_state(PluginState::running));
  int armed = 0;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fdinfo")) {
    std::ifstream info(entry.path());
    for (std::string line; std::getline(info, line);) {
      long long seconds = 0;
      if (std::sscanf(line.c_str(), "it_value: (%lld,", &seconds) != 1 || seconds == 0) continue;
      ++armed;
      EXPECT_GE(seconds, 299) << entry.path();
    }
  }
  EXPECT_EQ(armed, 1);
  loop_.restart();
  EXPECT_EQ(loop_.run_one_for(std::chrono::milliseconds(300)), 0U);
}

TEST_F(Supervised, no_descriptor_and_no_child_is_left_after_many_lives) {
  start("good", one_try());
  ASSERT_TRUE(until_state(PluginState::running));
  ASSERT_TRUE(stop());
  const std::size_t before = open_descriptors();
  for (const char* way : {"good", "quit", "noise", "unfit", "burst", "crash"}) {
    start(way, one_try());
    ASSERT_TRUE(until([&] {
      const PluginState state = status().state;
      return state != PluginState::starting &&
             (state != PluginState::running || has_window("editor"));
    })) << way;
    ASSERT_TRUE(stop()) << way;
  }
  EXPECT_EQ(open_descriptors(), before);
  EXPECT_FALSE(has_children());
}

TEST_F(Supervised, a_supervisor_that_goes_takes_its_plugins_with_it) {
  const std::size_t before = open_descriptors();
  start("stubborn", one_try());
  ASSERT_TRUE(until_state(PluginState::running));
  const pid_t pid = status().pid;
  supervisor_.reset();
  loop_.restart();
  loop_.poll();
  EXPECT_EQ(kill(pid, 0), -1);
  EXPECT_FALSE(has_children());
  EXPECT_LE(open_descriptors(), before);
  supervisor_.emplace(loop_, clock_, *log_, hooks());
}

TEST_F(Supervised, a_reload_keeps_what_runs_the_same_way_and_changes_the_rest) {
  supervisor_->run({spec("good", one_try()), spec("silent", one_try())});
  ASSERT_TRUE(until([&] {
    const auto all = supervisor_->status();
    return all[0].state == PluginState::running && all[1].state == PluginState::running;
  }));
  const pid_t kept = supervisor_->status()[1].pid;
  const pid_t gone = supervisor_->status()[0].pid;
  PluginSpec changed = spec("silent", one_try());
  changed.name = "another";
  supervisor_->run({spec("silent", one_try()), changed});
  ASSERT_EQ(supervisor_->status().size(), 2U);
  EXPECT_EQ(supervisor_->status()[0].pid, kept);
  ASSERT_TRUE(until([&] { return supervisor_->status()[1].state == PluginState::running; }));
  ASSERT_TRUE(until([&] { return kill(gone, 0) != 0; }));
  EXPECT_EQ(supervisor_->status()[0].restarts, 0U);
}

TEST_F(Supervised, of_two_input_sensors_one_is_heard_and_the_other_steps_in) {
  PluginSpec first = spec("counts", one_try());
  PluginSpec second = spec("counts", one_try());
  second.name = "second";
  supervisor_->run({first, second});
  ASSERT_TRUE(until([&] {
    const auto all = supervisor_->status();
    return all[0].frames >= 4 && all[1].frames >= 4;
  }));
  // Whoever said hello first was heard until the first in order did; never both for one time.
  EXPECT_LE(all<InputTally>().size(), 2U);
  kill(supervisor_->status()[0].pid, SIGKILL);
  ASSERT_TRUE(until([&] { return supervisor_->status()[0].pid == 0; }));
  for (std::size_t i = sensor_kind_count; i < all<SensorHealth>().size(); ++i) {
    EXPECT_EQ(all<SensorHealth>()[i].state, SensorState::good) << "the second still sees";
  }
}

TEST_F(Supervised, a_recording_of_what_was_heard_is_kept_with_wall_times) {
  start("good", one_try());
  ASSERT_TRUE(until([&] { return has_window("editor"); }));
  EXPECT_NE(recording_.find("editor"), std::string::npos);
}

TEST_F(Supervised, a_recording_has_its_own_clock_speaks_for_the_person_and_ends) {
  PluginSpec replay = spec("recording", one_try());
  replay.kind = PluginSpec::Kind::recording;
  supervisor_->run({replay});
  ASSERT_TRUE(until_state(PluginState::stopped));
  EXPECT_EQ(status().reason, "the recording has ended");
  EXPECT_EQ(status().faults, FaultCounts{});
  ASSERT_TRUE(has_window("then"));
  for (const Heard& heard : heard_) {
    if (!std::holds_alternative<WindowChanged>(heard.event)) continue;
    EXPECT_EQ(heard.at.boot, BootTime(std::chrono::seconds(1)));
    EXPECT_EQ(heard.at.wall, WallTime(std::chrono::seconds(1'700'000'000)));
  }
  EXPECT_EQ(marks_, std::vector<std::string>{"user postpone rest"});
}

TEST_F(Supervised, a_live_plugin_does_not_speak_for_the_person) {
  start("recording", one_try());
  ASSERT_TRUE(until_state(PluginState::backing_off));
  EXPECT_TRUE(marks_.empty());
  EXPECT_EQ(faults(PluginFault::misplaced), 1U);
  EXPECT_EQ(faults(PluginFault::crash), 1U) << "nobody had asked it to finish";
}

TEST_F(Supervised, a_sensor_in_another_language_is_a_plugin_like_any_other) {
  std::string directory = testing::TempDir() + "nape-fifo-XXXXXX";
  ASSERT_NE(mkdtemp(directory.data()), nullptr);
  const std::string fifo = directory + "/app";
  ASSERT_EQ(mkfifo(fifo.c_str(), 0600), 0);
  PluginSpec sensor = spec("fifo", short_waits());
  sensor.path = FIFO_EXAMPLE;
  sensor.arguments = {fifo};
  supervisor_->run({sensor});
  // Hello and two pongs.
  ASSERT_TRUE(until([&] { return status().frames >= 3; }));
  std::ofstream(fifo) << "vim\n" << std::flush;
  ASSERT_TRUE(until([&] { return has_window("vim"); }));
  ASSERT_TRUE(stop());
  EXPECT_EQ(status().faults, FaultCounts{});
  EXPECT_EQ(status().restarts, 0U);
  std::filesystem::remove_all(directory);
}

TEST_F(Supervised, a_child_gets_three_descriptors_its_own_group_and_no_secrets) {
  setenv("NAPE_TEST_SECRET", "hush", 1);
  setenv("XDG_NAPE_TEST", "passed", 1);
  PluginSpec told = spec("surroundings", one_try());
  told.environment = {"NAPE_TEST_GIVEN=given"};
  supervisor_->run({told});
  ASSERT_TRUE(until([&] { return has_window("own group"); }));
  EXPECT_TRUE(has_window("fds=3"));
  EXPECT_TRUE(has_window("NAPE_TEST_SECRET="));
  EXPECT_TRUE(has_window("NAPE_TEST_GIVEN=given"));
  EXPECT_TRUE(has_window("XDG_NAPE_TEST=passed"));
  unsetenv("NAPE_TEST_SECRET");
  unsetenv("XDG_NAPE_TEST");
}

}  // namespace
}  // namespace nape::host
