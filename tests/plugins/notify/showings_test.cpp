// SPDX-License-Identifier: Apache-2.0
#include "notify/showings.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>
#include <vector>

namespace nape::notify {
namespace {

/// Answers only when told to, so that a test can put anything between a call and its answer.
class RecordingServer : public NotificationServer {
 public:
  void notify(const Notice& notice, std::function<void(const Shown&)> done) override {
    notices.push_back(notice);
    waiting.push_back(std::move(done));
  }
  void close(std::uint32_t id) override { closed.push_back(id); }

  void answer(const Shown& shown) {
    ASSERT_FALSE(waiting.empty());
    const auto done = std::move(waiting.front());
    waiting.erase(waiting.begin());
    done(shown);
  }

  std::vector<Notice> notices;
  std::vector<std::function<void(const Shown&)>> waiting;
  std::vector<std::uint32_t> closed;
};

std::string text_of(const v1::Answer& answer) {
  const std::string id = std::to_string(answer.id());
  if (answer.has_delivered()) return id + " delivered";
  if (answer.has_undelivered()) return id + " undelivered";
  if (answer.has_chosen()) return id + " chosen " + answer.chosen().key();
  return id + " closed";
}

class ShowingsTest : public testing::Test {
 protected:
  void show(std::uint64_t id, bool stay = false, const std::string& subject = "rest") {
    v1::Show directive;
    directive.set_id(id);
    directive.set_subject(subject);
    directive.set_stage(v1::Show::STAGE_NUDGE);
    directive.set_stay(stay);
    showings_.show(directive);
  }

  /// The answers since the last call.
  std::vector<std::string> answers() { return std::exchange(answers_, {}); }
  using Texts = std::vector<std::string>;

  RecordingServer server_;
  std::vector<std::string> answers_;
  Showings showings_{server_,
                     [this](const v1::Answer& answer) { answers_.push_back(text_of(answer)); }};
};

TEST_F(ShowingsTest, a_press_while_its_successor_is_on_the_way_belongs_to_the_first) {
  show(1);
  server_.answer({7, ""});
  show(2);
  EXPECT_EQ(server_.notices.back().replaces, 7U);
  showings_.on_chosen(7, "start");
  server_.answer({8, ""});
  showings_.on_chosen(8, "skip");
  EXPECT_EQ(answers(), (Texts{"1 delivered", "1 chosen start", "2 delivered", "2 chosen skip"}));
}

TEST_F(ShowingsTest, an_id_that_the_server_uses_again_is_not_ours) {
  show(1);
  server_.answer({7, ""});
  showings_.on_closed(7);
  showings_.on_chosen(7, "start");
  showings_.on_closed(7);
  EXPECT_EQ(answers(), (Texts{"1 delivered", "1 closed"}));
}

TEST_F(ShowingsTest, what_was_chosen_is_taken_off_the_screen) {
  show(1);
  server_.answer({7, ""});
  showings_.on_chosen(7, "why");
  EXPECT_EQ(server_.closed, std::vector<std::uint32_t>{7});
}

TEST_F(ShowingsTest, a_successor_the_server_refuses_leaves_the_first_as_it_is) {
  show(1);
  server_.answer({7, ""});
  show(2);
  server_.answer({0, "no"});
  showings_.on_chosen(7, "start");
  EXPECT_EQ(answers(), (Texts{"1 delivered", "2 undelivered", "1 chosen start"}));
}

TEST_F(ShowingsTest, a_show_after_a_withdrawal_that_overtook_its_forerunner_is_shown) {
  show(1);
  showings_.withdraw("rest");
  show(2);
  server_.answer({7, ""});
  EXPECT_EQ(server_.closed, std::vector<std::uint32_t>{7});
  server_.answer({8, ""});
  showings_.on_chosen(8, "start");
  EXPECT_EQ(answers(), (Texts{"1 delivered", "2 delivered", "2 chosen start"}));
}

TEST_F(ShowingsTest, a_withdrawal_also_drops_what_waits) {
  show(1);
  show(2);
  showings_.withdraw("rest");
  server_.answer({7, ""});
  EXPECT_EQ(server_.closed, std::vector<std::uint32_t>{7});
  EXPECT_TRUE(server_.waiting.empty());
  EXPECT_EQ(answers(), (Texts{"2 undelivered", "1 delivered"}));
}

TEST_F(ShowingsTest, what_stays_is_shown_again_by_the_next_server_and_only_once_delivered) {
  show(1, true);
  server_.answer({7, ""});
  showings_.on_server_gone();
  showings_.on_server_come();
  server_.answer({1, ""});
  showings_.on_chosen(7, "skip");
  showings_.on_chosen(1, "start");
  EXPECT_EQ(answers(), (Texts{"1 delivered", "1 chosen start"}));
}

TEST_F(ShowingsTest, what_stays_but_the_next_server_refuses_is_closed) {
  show(1, true);
  server_.answer({7, ""});
  showings_.on_server_gone();
  showings_.on_server_come();
  server_.answer({0, "no"});
  EXPECT_EQ(answers(), (Texts{"1 delivered", "1 closed"}));
}

TEST_F(ShowingsTest, what_was_withdrawn_while_there_was_no_server_does_not_come_back) {
  show(1, true);
  server_.answer({7, ""});
  showings_.on_server_gone();
  showings_.withdraw("rest");
  showings_.on_server_come();
  EXPECT_TRUE(server_.waiting.empty());
}

/// Anything may happen in any order: the promise of directive.proto holds for every show.
TEST_F(ShowingsTest, whatever_happens_each_show_is_answered_as_promised) {
  std::mt19937 random(20261122);
  const auto pick = [&random](std::uint32_t below) {
    return std::uniform_int_distribution<std::uint32_t>(0, below - 1)(random);
  };
  std::uint64_t shows = 0;
  for (int turn = 0; turn < 200'000; ++turn) {
    switch (pick(8)) {
      case 0:
      case 1:
        show(++shows, pick(2) == 0, pick(2) == 0 ? "rest" : "micro");
        break;
      case 2:
      case 3:
        if (!server_.waiting.empty()) server_.answer({pick(5), "no"});
        break;
      case 4:
        showings_.on_chosen(pick(5), "start");
        break;
      case 5:
        showings_.on_closed(pick(5));
        break;
      case 6:
        showings_.withdraw(pick(2) == 0 ? "rest" : "micro");
        break;
      default:
        if (pick(4) == 0) showings_.on_server_gone();
        if (pick(4) == 0) showings_.on_server_come();
    }
  }
  while (!server_.waiting.empty()) server_.answer({1, ""});
  std::map<std::uint64_t, std::string> history;
  for (const std::string& answer : answers()) {
    const auto space = answer.find(' ');
    history[std::stoull(answer.substr(0, space))] += answer.substr(space + 1) + ";";
  }
  EXPECT_EQ(history.size(), shows);
  const std::set<std::string> allowed{"delivered;", "undelivered;", "delivered;closed;",
                                      "delivered;chosen start;"};
  for (const auto& [id, told] : history) EXPECT_TRUE(allowed.contains(told)) << id << ": " << told;
}

}  // namespace
}  // namespace nape::notify
