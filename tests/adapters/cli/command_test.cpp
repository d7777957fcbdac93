// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>

#include "tests/adapters/cli/nape_process.hpp"

namespace nape::tests {
namespace {

using namespace std::chrono_literals;

template <class Said>
const Said& last_said(const NapeProcess& nape) {
  return std::get<Said>(nape.backend.said.at(nape.backend.said.size() - 1));
}

TEST(Command, without_a_daemon_it_says_how_to_start_one) {
  NapeProcess nape;
  for (const std::vector<std::string>& arguments : {std::vector<std::string>{},
                                                    {"status"},
                                                    {"today"},
                                                    {"why"},
                                                    {"plugins"},
                                                    {"doctor"},
                                                    {"pause"},
                                                    {"break", "start", "rest"},
                                                    {"open"},
                                                    {"record", "x"},
                                                    {"reload"},
                                                    {"status", "--json"},
                                                    {"status", "--watch"}}) {
    const Ended ended = nape.run(arguments);
    EXPECT_EQ(ended.code, 3);
    EXPECT_EQ(ended.out, "");
    EXPECT_NE(ended.err.find("naped is not running here"), std::string::npos) << ended.err;
    EXPECT_NE(ended.err.find("systemctl --user start naped"), std::string::npos) << ended.err;
  }
}

TEST(Command, a_bar_is_told_that_there_is_no_daemon) {
  NapeProcess nape;
  const Ended ended = nape.run({"status", "--format", "waybar"});
  EXPECT_EQ(ended.code, 3);
  EXPECT_NE(ended.out.find("\"class\":\"stopped\""), std::string::npos);
}

TEST(Command, status_is_plain_in_a_pipe_and_coloured_when_told) {
  NapeProcess nape;
  nape.serve();
  const Ended plain = nape.run({});
  EXPECT_EQ(plain.code, 0);
  EXPECT_EQ(plain.err, "");
  EXPECT_EQ(plain.out.rfind("At the computer, since 10:33\n", 0), 0U) << plain.out;
  EXPECT_EQ(plain.out.find('\033'), std::string::npos);
  EXPECT_NE(nape.run({"status", "--color", "always"}).out.find("\033["), std::string::npos);
}

TEST(Command, json_is_what_the_api_answers) {
  NapeProcess nape;
  nape.serve();
  const Ended status = nape.run({"status", "--json"});
  EXPECT_EQ(status.code, 0);
  EXPECT_EQ(status.out.rfind("{\"revision\":1,", 0), 0U) << status.out;
  EXPECT_EQ(std::count(status.out.begin(), status.out.end(), '\n'), 1);
  EXPECT_EQ(nape.run({"why", "--json"}).out, "{\"rows\":[]}\n");
  EXPECT_EQ(nape.run({"plugins", "--json"}).out.rfind("{\"plugins\":[{\"name\":\"x11\"", 0), 0U);
  nape.backend.today = example_today();
  EXPECT_EQ(nape.run({"today", "--json"}).out.rfind("{\"day\":\"2026-03-02\"", 0), 0U);
  EXPECT_EQ(nape.run({"pause", "1h", "--json"}).out.rfind("{\"revision\":1,", 0), 0U);
  EXPECT_EQ(
      nape.run({"doctor", "--json"}).out.rfind("{\"amiss\":false,\"status\":{\"revision\":1,", 0),
      0U);
}

TEST(Command, each_word_reaches_the_daemon) {
  NapeProcess nape;
  nape.serve();
  EXPECT_EQ(nape.run({"break", "postpone", "rest"}).code, 0);
  EXPECT_EQ(last_said<word::Postpone>(nape).kind, "rest");
  EXPECT_EQ(nape.run({"pause", "1h30m"}).out, "No prompts until nape resume; time counts on.\n");
  EXPECT_EQ(last_said<word::Pause>(nape).length, 90min);
  EXPECT_EQ(nape.run({"resume"}).out, "Prompts are on again.\n");
  EXPECT_EQ(nape.run({"was", "away", "12m"}).out,
            "Noted. The running stretch: 47 min without a pause of 5 min.\n");
  EXPECT_EQ(last_said<word::Was>(nape).length, 12min);
  nape.backend.now.reading = true;
  EXPECT_EQ(nape.run({"reading", "on"}).out, "Noted: reading, for up to an hour.\n");
  EXPECT_TRUE(last_said<word::Reading>(nape).on);
  EXPECT_EQ(nape.run({"desk", "sit"}).out, "Noted: sitting.\n");
  EXPECT_FALSE(last_said<word::Desk>(nape).standing);
}

TEST(Command, a_no_of_the_daemon_is_its_sentence_and_exit_code_1) {
  NapeProcess nape;
  nape.serve();
  nape.backend.refusal = Refused{Refusal::no_budget, "rest"};
  const Ended refused = nape.run({"break", "postpone", "rest"});
  EXPECT_EQ(refused.code, 1);
  EXPECT_EQ(refused.out, "");
  EXPECT_EQ(refused.err, "nape: rest has been put off as often as the policy allows.\n");
  const Ended unknown = nape.run({"break", "start", "lunch"});
  EXPECT_EQ(unknown.code, 1);
  EXPECT_EQ(unknown.err, "nape: The policy has no break of this name. It has: micro, rest.\n");
  EXPECT_EQ(nape.run({"today", "--day", "2026-12-24"}).err, "nape: That day has not begun.\n");
}

TEST(Command, doctor_ends_with_1_when_something_is_amiss) {
  NapeProcess nape;
  nape.serve();
  EXPECT_EQ(nape.run({"doctor"}).code, 0);
  nape.backend.programs.pop_back();
  const Ended ended = nape.run({"doctor"});
  EXPECT_EQ(ended.code, 1);
  EXPECT_NE(ended.out.find("Try: sudo apt install dunst"), std::string::npos) << ended.out;
}

TEST(Command, watch_prints_again_when_something_has_changed_and_only_then) {
  NapeProcess nape;
  nape.serve();
  int lines = 0;
  const Ended ended =
      nape.run({"status", "--watch", "--format", "waybar"}, [&](int pid, const std::string&) {
        if (++lines == 2) ::kill(pid, SIGTERM);
        // It asks on after its first line; the answer to that must not come before something has
        // changed.
        nape.on_waiting([&] {
          nape.backend.now.application = "a change that no bar shows";
          nape.service.changed();
          nape.on_waiting([&] {
            nape.backend.now.paused = true;
            nape.service.changed();
          });
        });
      });
  EXPECT_EQ(ended.code, 128 + SIGTERM);
  EXPECT_EQ(std::count(ended.out.begin(), ended.out.end(), '\n'), 2) << ended.out;
  EXPECT_NE(ended.out.find("\"class\":\"paused\""), std::string::npos);
}

TEST(Command, watch_ends_when_the_daemon_stops) {
  NapeProcess nape;
  nape.serve();
  const Ended ended = nape.run({"status", "--watch", "--json"},
                               [&](int, const std::string&) { nape.service.stop(); });
  EXPECT_EQ(ended.code, 1);
  EXPECT_EQ(ended.err, "nape: The daemon is stopping.\n");
}

TEST(Command, a_recording_ends_with_ctrl_c_and_never_stays_behind) {
  NapeProcess nape;
  nape.serve();
  std::string recording;
  const Ended ended =
      nape.run({"record", nape.directory() + "/day.rec"}, [&](int pid, const std::string& so_far) {
        // Its second line comes when it has ended.
        if (so_far.find("frames") != std::string::npos) return;
        recording = nape.backend.facts.recording;
        ::kill(pid, SIGINT);
      });
  EXPECT_EQ(recording, nape.directory() + "/day.rec");
  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_EQ(nape.backend.facts.recording, "");
  EXPECT_NE(ended.out.find("17 frames\n"), std::string::npos) << ended.out;
  EXPECT_EQ(nape.run({"record", "--stop"}).code, 1);
}

TEST(Command, a_relative_recording_is_made_absolute) {
  NapeProcess nape;
  nape.serve();
  const Ended ended =
      nape.run({"record", "day.rec"}, [](int pid, const std::string&) { ::kill(pid, SIGTERM); });
  const std::string path = (std::filesystem::current_path() / "day.rec").string();
  EXPECT_EQ(ended.out, "Recording into " + path + ". Ctrl-C ends it.\n" + path + ": 17 frames\n");
}

TEST(Command, the_commands_that_need_no_daemon_run_without_one) {
  NapeProcess nape;
  EXPECT_EQ(nape.run({"--help"}).code, 0);
  EXPECT_EQ(nape.run({"--version"}).out.rfind("nape 0.", 0), 0U);
  EXPECT_EQ(nape.run({"brek"}).code, 2);
  const Ended shown = nape.run({"policy", "show", "gentle"});
  EXPECT_EQ(shown.code, 0);
  EXPECT_NE(shown.out.find("[[kind]]"), std::string::npos);
  EXPECT_EQ(nape.run({"policy", "show", "nonesuch"}).code, 4);
  EXPECT_EQ(nape.run({"config", "check"}).code, 0);
  std::ofstream(nape.directory() + "/nape.toml") << "polcy = \"default\"\n";
  const Ended checked = nape.run({"config", "check"});
  EXPECT_EQ(checked.code, 1);
  EXPECT_NE(checked.out.find("nape.toml:1:1:"), std::string::npos) << checked.out;
  std::ofstream(nape.directory() + "/p.toml")
      << "name = \"x\"\n[[kind]]\nname = \"a\"\nevery = 5\n";
  EXPECT_EQ(nape.run({"policy", "lint", nape.directory() + "/p.toml"}).code, 1);
}

}  // namespace
}  // namespace nape::tests
