// SPDX-License-Identifier: Apache-2.0
#include "store_fixture.hpp"

namespace nape::store {
namespace {

class Commits : public StoreTest {};

TEST_F(Commits, a_new_store_has_nothing_saved) {
  auto store = open();
  EXPECT_EQ(said(), "");
  const auto saved = store->load();
  ASSERT_TRUE(saved);
  EXPECT_FALSE(*saved);
}

TEST_F(Commits, the_state_and_its_clocks_come_back) {
  const std::string state = "owed.rest 120000\nname caf\xc3\xa9\n";
  commit(*open(), 90, {}, checkpoint(90, state));
  const auto saved = open()->load();
  ASSERT_TRUE(saved && *saved);
  EXPECT_EQ((*saved)->engine_state, state);
  EXPECT_EQ((*saved)->clocks.boot_id, "boot-1");
  EXPECT_EQ((*saved)->clocks.boot, at(90).boot);
  EXPECT_EQ((*saved)->clocks.wall, at(90).wall);
  EXPECT_EQ((*saved)->clocks.monotonic, seconds(1090 - 300));
}

TEST_F(Commits, queued_effects_reach_the_disk_with_the_next_commit) {
  auto store = open();
  store->queue(at(1), {input(0, 1)});
  EXPECT_EQ(store->pending().effects, 1u);
  EXPECT_EQ(number("SELECT count(*) FROM input_span"), 0);
  commit(*store, 2, {});
  EXPECT_EQ(store->pending().effects, 0u);
  EXPECT_EQ(number("SELECT count(*) FROM input_span"), 1);
}

TEST_F(Commits, effects_that_tell_nothing_a_day_later_are_not_kept) {
  auto store = open();
  store->queue(at(1), {PresenceChanged{}, StretchBegan{at(1)}, Withdraw{"rest"}, Refused{}});
  EXPECT_EQ(store->pending().effects, 0u);
}

TEST_F(Commits, a_checkpoint_moves_its_open_rows_on_and_doubles_none) {
  auto store = open();
  for (const int now : {60, 120, 180}) {
    Checkpoint now_open = checkpoint(now);
    now_open.running = stretch(0, now);
    now_open.open_input = input(0, now);
    now_open.open_window = WindowSpan{"editor", "work", false, at(0), at(now)};
    now_open.open_signals = {{"mic", at(0), at(now)}, {"camera", at(30), at(now)}};
    commit(*store, now, {}, now_open);
  }
  EXPECT_EQ(number("SELECT count(*) FROM input_span WHERE open = 1 AND length_ms = 180000"), 1);
  EXPECT_EQ(number("SELECT count(*) FROM window_span WHERE open = 1 AND length_ms = 180000"), 1);
  EXPECT_EQ(number("SELECT count(*) FROM stretch WHERE open = 1 AND length_ms = 180000"), 1);
  EXPECT_EQ(number("SELECT count(*) FROM signal_span WHERE open = 1"), 2);
  EXPECT_EQ(number("SELECT count(*) FROM stretch_part"), 7);
  EXPECT_EQ(number("SELECT count(*) FROM input_span"), 1);
}

TEST_F(Commits, a_closing_effect_replaces_the_open_row) {
  auto store = open();
  Checkpoint first = checkpoint(60);
  first.running = stretch(0, 60);
  first.open_input = input(0, 60);
  first.open_window = WindowSpan{"editor", "work", false, at(0), at(60)};
  first.open_signals = {{"mic", at(0), at(60)}};
  commit(*store, 60, {}, first);
  commit(*store, 100,
         {input(0, 90), WindowSpan{"editor", "work", false, at(0), at(91)},
          SignalSpan{"mic", at(0), at(92)}, StretchEnded{stretch(0, 93)}},
         checkpoint(100));
  EXPECT_EQ(number("SELECT count(*) FROM input_span"), 1);
  EXPECT_EQ(number("SELECT length_ms FROM input_span WHERE open = 0"), 90'000);
  EXPECT_EQ(number("SELECT length_ms FROM window_span WHERE open = 0"), 91'000);
  EXPECT_EQ(number("SELECT length_ms FROM signal_span WHERE open = 0"), 92'000);
  EXPECT_EQ(number("SELECT length_ms FROM stretch WHERE open = 0"), 93'000);
}

TEST_F(Commits, a_row_left_open_by_a_crash_is_closed_and_not_doubled_after_a_reboot) {
  Checkpoint before = checkpoint(60);
  before.open_input = input(0, 60);
  before.open_signals = {{"mic", at(0), at(60)}};
  commit(*open(), 60, {}, before);
  // Another boot: the engine moved the beginning before the zero of the new boot clock, its wall
  // time stayed.
  auto store = open();
  InputSpan closed = input(0, 75);
  closed.begin.boot = BootTime(seconds(-500));
  closed.end.boot = BootTime(seconds(-425));
  Checkpoint after = checkpoint(4000);
  after.clocks.boot_id = "boot-2";
  commit(*store, 4000, {closed}, after);
  EXPECT_EQ(number("SELECT count(*) FROM input_span"), 1);
  EXPECT_EQ(number("SELECT length_ms FROM input_span WHERE open = 0"), 75'000);
  // Nobody answered for the microphone: it stays as it was last seen.
  EXPECT_EQ(number("SELECT length_ms FROM signal_span WHERE open = 0"), 60'000);
}

TEST_F(Commits, a_step_of_the_wall_clock_does_not_double_an_open_span) {
  auto store = open();
  Checkpoint before = checkpoint(60);
  before.open_input = input(0, 60);
  commit(*store, 60, {}, before);
  InputSpan closed = input(0, 75);
  closed.begin.wall += std::chrono::hours(1);
  closed.end.wall += std::chrono::hours(1);
  commit(*store, 80, {closed}, checkpoint(80));
  EXPECT_EQ(number("SELECT count(*) FROM input_span"), 1);
}

TEST_F(Commits, a_span_told_again_after_a_crash_is_one_row) {
  auto store = open();
  commit(*store, 10, {input(0, 9), StretchEnded{stretch(0, 400)}});
  commit(*store, 10, {input(0, 9), StretchEnded{stretch(0, 300)}});
  EXPECT_EQ(number("SELECT count(*) FROM input_span"), 1);
  EXPECT_EQ(number("SELECT sitting_input_ms FROM day"), 240'000);
  EXPECT_EQ(number("SELECT length_ms FROM stretch"), 300'000);
}

TEST_F(Commits, spans_know_their_boot) {
  auto store = open();
  commit(*store, 10, {input(0, 9)}, checkpoint(10));
  Checkpoint after = checkpoint(100);
  after.clocks.boot_id = "boot-2";
  commit(*store, 100, {input(90, 95)}, after);
  EXPECT_EQ(number("SELECT count(*) FROM input_span JOIN boot ON boot.id = boot "
                   "WHERE boot_id = 'boot-2' AND begin_boot_ms = 1090000"),
            1);
  EXPECT_EQ(number("SELECT count(DISTINCT boot) FROM input_span"), 2);
}

TEST_F(Commits, a_day_sums_what_its_rows_say) {
  auto store = open();
  commit(*store, 6000,
         {DayBegan{first_day}, input(0, 100), input(200, 300, 5), StretchEnded{stretch(0, 1000)},
          StretchEnded{stretch(2000, 5000)}, break_ended(1000, Outcome::taken, seconds(300)),
          break_ended(1500, Outcome::taken, seconds(200)),
          break_ended(5000, Outcome::skipped, seconds(0))},
         checkpoint(6000));
  const auto day = store->history().today(first_day);
  ASSERT_TRUE(day && *day);
  const Day& today = **day;
  EXPECT_EQ(today.sitting(), seconds(4000));
  EXPECT_EQ(today.sitting_passive, seconds(120));
  EXPECT_EQ(today.use_30, seconds(1000));
  EXPECT_EQ(today.use_60, seconds(2000));
  EXPECT_EQ(today.stretches, 2u);
  EXPECT_EQ(today.longest[0], seconds(1500));
  EXPECT_EQ(today.longest[1], seconds(3000));
  EXPECT_EQ(today.longest[2], seconds(6000));
  EXPECT_EQ(today.first, at(0).wall);
  EXPECT_EQ(today.last, at(5000).wall);
  ASSERT_TRUE(today.counts);
  EXPECT_EQ(today.counts->keys, 15u);
  EXPECT_EQ(today.counts->motion, 80u);
  EXPECT_TRUE(today.counts_complete);
  EXPECT_EQ(today.pauses, (std::array<std::uint64_t, 4>{8, 6, 4, 2}));
  EXPECT_EQ(today.categories.at("chat"), seconds(20));
  EXPECT_EQ(today.setups[1], seconds(10));
  EXPECT_EQ(today.setups[3], seconds(3990));
  ASSERT_EQ(today.breaks.size(), 2u);
  EXPECT_EQ(today.breaks[0].outcome, Outcome::skipped);
  EXPECT_EQ(today.breaks[1].outcome, Outcome::taken);
  EXPECT_EQ(today.breaks[1].count, 2u);
  EXPECT_EQ(today.breaks[1].rested, seconds(500));
}

TEST_F(Commits, a_stretch_belongs_to_the_day_on_which_it_began) {
  auto store = open();
  Stretch late = stretch(86'000, 90'000);
  late.day = first_day;
  commit(*store, 90'400, {DayBegan{first_day + 1}, StretchEnded{late}, input(90'000, 90'010)});
  const auto days = store->history().days(first_day, first_day + 9);
  ASSERT_TRUE(days);
  ASSERT_EQ(days->size(), 2u);
  EXPECT_EQ((*days)[0].sitting(), seconds(4000));
  EXPECT_EQ((*days)[1].sitting(), seconds(0));
  EXPECT_EQ((*days)[1].counts->keys, 10u);
}

TEST_F(Commits, not_measured_is_not_zero) {
  auto store = open();
  InputSpan blind = input(0, 100);
  blind.measured = false;
  Stretch unseen = stretch(0, 100);
  unseen.counts_measured = false;
  commit(*store, 100, {blind, StretchEnded{unseen}});
  auto day = store->history().today(first_day);
  ASSERT_TRUE(day && *day);
  EXPECT_FALSE((*day)->counts);
  EXPECT_FALSE((*store->history().stretches(first_day))[0].stretch.counts_measured);
  commit(*store, 300, {input(200, 300)});
  day = store->history().today(first_day);
  EXPECT_EQ((*day)->counts->keys, 10u);
  EXPECT_FALSE((*day)->counts_complete);
}

TEST_F(Commits, a_stretch_comes_back_as_it_went_in) {
  auto store = open();
  Stretch ended = stretch(0, 3000);
  ended.reason = PresenceReason::lock;
  Checkpoint running = checkpoint(4000);
  running.running = stretch(3600, 3990);
  commit(*store, 4000, {StretchEnded{ended}}, running);
  const auto read = store->history().stretches(first_day);
  ASSERT_TRUE(read);
  ASSERT_EQ(read->size(), 2u);
  const Stretch& back = (*read)[0].stretch;
  EXPECT_FALSE((*read)[0].running);
  EXPECT_TRUE((*read)[1].running);
  EXPECT_EQ(back.begin, ended.begin);
  EXPECT_EQ(back.end, ended.end);
  EXPECT_EQ(back.reason, PresenceReason::lock);
  EXPECT_EQ(back.band, ended.band);
  EXPECT_EQ(back.use_30, ended.use_30);
  EXPECT_EQ(back.by_passive, ended.by_passive);
  EXPECT_EQ(back.counts, ended.counts);
  EXPECT_EQ(back.categories, ended.categories);
  EXPECT_EQ(back.applications, ended.applications);
  EXPECT_EQ(back.setups, ended.setups);
}

TEST_F(Commits, breaks_and_their_transitions_are_on_record) {
  auto store = open();
  BreakStage prompt;
  prompt.kind = "rest";
  prompt.stage = Stage::overlay;
  prompt.reachable = false;
  commit(*store, 3300,
         {BreakDue{"rest"}, prompt, BreakHeld{"rest", HoldReason::call},
          BreakBegan{"rest", at(3290), true}, break_ended(3290, Outcome::partial, seconds(10)),
          Advice{"lock_counts"}});
  const auto breaks = store->history().breaks(first_day);
  ASSERT_TRUE(breaks);
  ASSERT_EQ(breaks->size(), 1u);
  EXPECT_EQ((*breaks)[0].kind, "rest");
  EXPECT_EQ((*breaks)[0].outcome, Outcome::partial);
  EXPECT_EQ((*breaks)[0].begin, at(3290).wall);
  EXPECT_EQ((*breaks)[0].at, at(3300).wall);
  EXPECT_EQ((*breaks)[0].paid, seconds(100));
  EXPECT_EQ((*breaks)[0].owed, seconds(7));
  EXPECT_EQ(number("SELECT count(*) FROM event"), 6);
  EXPECT_EQ(number("SELECT count(*) FROM event WHERE event = 'break.stage' AND detail = 'overlay "
                   "unreachable'"),
            1);
  EXPECT_EQ(number("SELECT count(*) FROM event WHERE event = 'break.held' AND detail = 'call'"), 1);
  EXPECT_EQ(number("SELECT count(*) FROM event WHERE event = 'advice' AND kind IS NULL"), 1);
}

TEST_F(Commits, why_is_told_newest_first_and_by_kind) {
  auto store = open();
  const auto why = [](const char* kind, Verdict verdict, int owed) {
    return Why{kind,          verdict,    "call",     seconds(owed),
               seconds(3000), seconds(4), seconds(5), PresenceState::present};
  };
  commit(*store, 10, {why("rest", Verdict::accruing, 10), why("micro", Verdict::merged, 20)});
  commit(*store, 20, {why("rest", Verdict::held, 30)});
  const auto all = store->history().why({}, 2);
  ASSERT_TRUE(all);
  ASSERT_EQ(all->size(), 2u);
  EXPECT_EQ((*all)[0].why.verdict, Verdict::held);
  EXPECT_EQ((*all)[0].at, at(20).wall);
  EXPECT_EQ((*all)[0].why.owed, seconds(30));
  EXPECT_EQ((*all)[0].why.every, seconds(3000));
  EXPECT_EQ((*all)[0].why.overdue, seconds(4));
  EXPECT_EQ((*all)[0].why.since_proof, seconds(5));
  EXPECT_EQ((*all)[0].why.because, "call");
  EXPECT_EQ((*all)[0].why.presence, PresenceState::present);
  EXPECT_EQ((*all)[1].why.kind, "micro");
  const auto rest = store->history().why("rest", 10);
  ASSERT_EQ(rest->size(), 2u);
  EXPECT_EQ((*rest)[1].why.verdict, Verdict::accruing);
}

TEST_F(Commits, applications_are_ranked_by_sitting_time) {
  auto store = open();
  commit(*store, 1000, {StretchEnded{stretch(0, 500)}, StretchEnded{stretch(600, 1000)}});
  const auto top = store->history().top_applications(first_day, 2);
  ASSERT_TRUE(top);
  ASSERT_EQ(top->size(), 2u);
  EXPECT_EQ((*top)[0].name, "editor");
  EXPECT_EQ((*top)[0].sitting, seconds(840));
  EXPECT_EQ((*top)[1].name, "browser");
}

TEST_F(Commits, an_odd_application_id_is_kept_as_it_is) {
  auto store = open();
  const std::string odd("a\0b\xff'; DROP TABLE day;--", 24);
  Stretch strange = stretch(0, 500);
  strange.applications = {{odd, seconds(1)}};
  commit(*store, 500, {StretchEnded{strange}, WindowSpan{odd, "", true, at(0), at(5)}});
  EXPECT_EQ((*store->history().top_applications(first_day, 1))[0].name, odd);
}

TEST_F(Commits, an_effect_that_no_disk_would_take_holds_back_no_other) {
  Options small = options();
  auto store = open(small);
  // More than SQLite takes in one value (1e9 bytes) is refused for good, however much room there
  // is.
  auto broken = Database::open(path_, Access::read_write);
  ASSERT_TRUE(
      (*broken)->script("CREATE TRIGGER no BEFORE INSERT ON event WHEN NEW.kind = 'bad' "
                        "BEGIN SELECT RAISE(ABORT, 'never'); END"));
  commit(*store, 10, {BreakDue{"rest"}, BreakDue{"bad"}, BreakDue{"micro"}}, checkpoint(10));
  EXPECT_EQ(store->pending().dropped, 1u);
  EXPECT_EQ(store->pending().effects, 0u);
  EXPECT_EQ(number("SELECT count(*) FROM event"), 2);
  EXPECT_EQ(number("SELECT count(*) FROM engine_state"), 1);
}

TEST_F(Commits, old_spans_and_reasons_are_pruned_and_sums_stay) {
  Options brief = options();
  brief.retention = {5, 2, 3};
  auto store = open(brief);
  for (int day = 0; day < 9; ++day) {
    const std::int64_t begin = 86'400 * day;
    Effects effects{DayBegan{day_of(begin)}, StretchEnded{stretch(begin, begin + 500)}};
    for (int i = 0; i < 4; ++i) {
      effects.push_back(input(begin + 100 * i, begin + 100 * i + 50));
      effects.push_back(Why{"rest", {}, "", {}, {}, {}, {}, {}});
      effects.push_back(SignalSpan{"mic", at(begin + i), at(begin + i + 1)});
      effects.push_back(WindowSpan{"a", "b", false, at(begin + i), at(begin + i + 1)});
    }
    commit(*store, begin + 500, effects, checkpoint(begin + 500));
  }
  for (int i = 0; i < 10; ++i) commit(*store, 86'400 * 8 + 600 + i, {});
  EXPECT_EQ(number("SELECT min(day) FROM input_span"), first_day + 3);
  EXPECT_EQ(number("SELECT count(*) FROM input_span"), 6 * 4);
  EXPECT_EQ(number("SELECT count(*) FROM window_span"), 6 * 4);
  EXPECT_EQ(number("SELECT count(*) FROM signal_span"), 6 * 4);
  EXPECT_EQ(number("SELECT count(*) FROM why"), 3 * 4);
  EXPECT_EQ(number("SELECT count(*) FROM stretch"), 9);
  EXPECT_EQ(store->history().days(first_day, first_day + 8)->front().counts->keys, 40u);
}

TEST_F(Commits, a_slice_is_bounded) {
  Options brief = options();
  brief.retention = {0, 0, 10};
  auto store = open(brief);
  Effects old{DayBegan{first_day}};
  for (int i = 0; i < 35; ++i) old.push_back(Why{"rest", {}, "", {}, {}, {}, {}, {}});
  commit(*store, 10, old);
  commit(*store, 86'410, {DayBegan{first_day + 1}});
  EXPECT_EQ(number("SELECT count(*) FROM why"), 25);
  const auto more = store->prune();
  ASSERT_TRUE(more);
  EXPECT_TRUE(*more);
  EXPECT_EQ(number("SELECT count(*) FROM why"), 15);
}

TEST_F(Commits, a_clock_that_once_stood_in_the_far_future_costs_no_diary) {
  auto store = open();
  commit(*store, 10, {DayBegan{first_day}, input(0, 9)});
  commit(*store, 20, {DayBegan{first_day + 10'000}});
  commit(*store, 30, {DayBegan{first_day}});
  EXPECT_EQ(number("SELECT count(*) FROM input_span"), 1);
}

TEST_F(Commits, a_reader_sees_whole_commits_while_the_daemon_writes) {
  auto store = open();
  commit(*store, 10, {input(0, 9)});
  auto reader = History::open(path_);
  ASSERT_TRUE(reader) << reader.error().what;
  EXPECT_EQ((*reader->today(first_day))->counts->keys, 10u);
  commit(*store, 30, {input(20, 29)});
  EXPECT_EQ((*reader->today(first_day))->counts->keys, 20u);
}

}  // namespace
}  // namespace nape::store
