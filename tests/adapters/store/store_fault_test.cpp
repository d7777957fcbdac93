// SPDX-License-Identifier: Apache-2.0
//
// The invariant behind all of these: commit number i tells of break "i" and saves the state "i", so
// that on any disk the record must hold exactly the breaks 1..state, and the state must be at least
// the last one confirmed.
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <random>

#include "fault_vfs.hpp"
#include "store_fixture.hpp"

namespace nape::store {
namespace {

using Fault = FaultVfs::Fault;

class Faults : public StoreTest {
 protected:
  /// Thousands of small lives: in memory, where there is such a place. FaultVfs plays the disk.
  std::filesystem::path parent() const override {
    return access("/dev/shm", W_OK) == 0 ? "/dev/shm" : StoreTest::parent();
  }

  static Result<void> commit_number(Store& store, int number) {
    const std::int64_t now = 60 * number;
    Effects effects{BreakDue{std::to_string(number)}, Why{"rest", {}, "", {}, {}, {}, {}, {}},
                    input(now - 50, now - 20), StretchEnded{stretch(now - 59, now - 1)}};
    if (number % 7 == 0) effects.push_back(DayBegan{day_of(now)});
    Checkpoint saved = checkpoint(now, std::to_string(number));
    saved.open_input = input(now - 10, now);
    saved.open_signals = {{"mic", at(0), at(now)}};
    saved.running = stretch(now, now);
    // The next commit closes it.
    effects.push_back(InputSpan{at(now - 70), at(now - 60), {}, true, {}, day_of(now - 70)});
    return store.commit({at(now), effects, saved});
  }

  /// What every database must be, whatever happened; returns the number of the state.
  static int check(const std::string& path, int confirmed) {
    EXPECT_EQ(integrity(path), "ok");
    EXPECT_EQ(number(path, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
    const auto state = static_cast<int>(
        number(path, "SELECT coalesce(max(CAST(state AS INTEGER)), 0) FROM engine_state"));
    EXPECT_GE(state, confirmed);
    EXPECT_EQ(number(path, "SELECT count(*) FROM event WHERE event = 'break.due'"), state);
    EXPECT_EQ(number(path, "SELECT count(DISTINCT kind) FROM event WHERE event = 'break.due'"),
              state);
    EXPECT_EQ(number(path, "SELECT coalesce(max(CAST(kind AS INTEGER)), 0) FROM event"), state);
    EXPECT_EQ(number(path, "SELECT count(*) FROM why"), state);
    EXPECT_LE(number(path, "SELECT count(*) FROM input_span WHERE open <> 0"), 1);
    EXPECT_LE(number(path, "SELECT count(*) FROM signal_span"), 1);
    EXPECT_EQ(number(path, "SELECT count(*) - count(DISTINCT begin_unix_ms) FROM input_span"), 0);
    EXPECT_EQ(number(path,
                     "SELECT count(*) FROM day d WHERE sitting_input_ms <> (SELECT "
                     "total(by_input_ms) FROM stretch s WHERE s.day = d.day)"),
              0);
    EXPECT_EQ(number(path, "SELECT coalesce(sum(keys), 0) FROM input_span"),
              number(path, "SELECT coalesce(sum(keys), 0) FROM day"));
    return state;
  }

  Options on(const FaultVfs&) const {
    Options made = options();
    made.vfs = FaultVfs::name;
    return made;
  }

  int saved_number(Store& store) {
    const auto saved = store.load();
    EXPECT_TRUE(saved);
    return *saved ? std::stoi((*saved)->engine_state) : 0;
  }
};

TEST_F(Faults, a_full_disk_is_survived_and_nothing_handed_over_is_lost) {
  FaultVfs disk;
  auto store = open(on(disk));
  ASSERT_TRUE(commit_number(*store, 1));
  disk.fail(Fault::disk_full, 1);
  for (int i = 2; i <= 5; ++i) {
    const auto done = commit_number(*store, i);
    ASSERT_FALSE(done);
    EXPECT_NE(done.error().what.find("full"), std::string::npos) << done.error().what;
  }
  EXPECT_TRUE(disk.happened());
  EXPECT_EQ(store->pending().effects, 4u * 5u);
  EXPECT_EQ(store->pending().dropped, 0u);
  EXPECT_EQ(saved_number(*store), 1);
  disk.heal();
  ASSERT_TRUE(commit_number(*store, 6));
  EXPECT_EQ(store->pending().effects, 0u);
  store.reset();
  EXPECT_EQ(check(path_, 6), 6);
}

TEST_F(Faults, a_daemon_starts_on_a_full_disk) {
  { ASSERT_TRUE(commit_number(*open(), 1)); }
  FaultVfs disk;
  disk.fail(Fault::disk_full, 1);
  auto store = open(on(disk));
  EXPECT_EQ(said(), "");
  EXPECT_EQ(saved_number(*store), 1);
  EXPECT_FALSE(commit_number(*store, 2));
  disk.heal();
  EXPECT_TRUE(commit_number(*store, 3));
  store.reset();
  EXPECT_EQ(check(path_, 3), 3);
}

TEST_F(Faults, memory_is_bounded_while_the_disk_is_full) {
  FaultVfs disk;
  Options small = on(disk);
  small.queue_limit = 50;
  auto store = open(small);
  disk.fail(Fault::disk_full, 1);
  for (int i = 1; i <= 20; ++i) EXPECT_FALSE(commit_number(*store, i));
  EXPECT_EQ(store->pending().effects, 50u);
  EXPECT_EQ(store->pending().dropped, 20u * 5u + 2u - 50u);
  disk.heal();
  EXPECT_TRUE(commit_number(*store, 21));
  // The newest are the ones that are kept, the state among them.
  EXPECT_EQ(saved_number(*store), 21);
  EXPECT_EQ(number("SELECT max(CAST(kind AS INTEGER)) FROM event"), 21);
}

/// The n-th operation fails, for every n until a whole life passes without reaching it.
class EveryOperation : public Faults, public ::testing::WithParamInterface<Fault> {
 protected:
  void live(FaultVfs& disk, std::uint64_t n, std::uint64_t times) {
    path_ = root_ + "/" + std::to_string(n) + "/nape.db";
    disk.fail(GetParam(), n, times);
    int confirmed = 0;
    int told = 0;
    {
      auto opened = SqliteStore::open(on(disk));
      if (!opened) {
        EXPECT_TRUE(disk.happened()) << opened.error().what;
        disk.heal();
        opened = SqliteStore::open(on(disk));
        ASSERT_TRUE(opened) << opened.error().what;
      }
      // A disk that fails is no broken database: nothing may be thrown away.
      EXPECT_TRUE(opened->notices.empty()) << n << ": " << opened->notices.front().text;
      for (told = 1; told <= 4; ++told) {
        if (commit_number(*opened->store, told)) confirmed = told;
      }
      disk.heal();
      const auto last = commit_number(*opened->store, told);
      ASSERT_TRUE(last) << n << ": " << last.error().what;
      EXPECT_EQ(opened->store->pending().dropped, 0u);
    }
    EXPECT_EQ(check(path_, told), told) << "operation " << n;
    EXPECT_LE(confirmed, told);
  }
};

TEST_P(EveryOperation, may_fail_once) {
  FaultVfs disk;
  std::uint64_t n = 1;
  do {
    live(disk, n++, 1);
  } while (disk.happened() && !HasFatalFailure() && n < 1000);
  EXPECT_GT(n, 50u);
  EXPECT_LT(n, 1000u);
}

TEST_P(EveryOperation, may_be_the_first_of_many_to_fail) {
  FaultVfs disk;
  std::uint64_t n = 1;
  do {
    live(disk, n++, UINT64_MAX);
  } while (disk.happened() && !HasFatalFailure() && n < 1000);
  EXPECT_GT(n, 50u);
  EXPECT_LT(n, 1000u);
}

INSTANTIATE_TEST_SUITE_P(Disk, EveryOperation,
                         ::testing::Values(Fault::io_error, Fault::short_write, Fault::disk_full),
                         [](const auto& param) {
                           switch (param.param) {
                             case Fault::io_error:
                               return "io_error";
                             case Fault::short_write:
                               return "short_write";
                             default:
                               return "disk_full";
                           }
                         });

TEST_F(Faults, a_power_cut_at_any_operation_loses_nothing_that_was_confirmed) {
  std::mt19937 random(20261122);
  int cuts_with_unconfirmed = 0;
  for (int round = 0; round < 200; ++round) {
    path_ = root_ + "/" + std::to_string(round) + "/nape.db";
    const std::string after = root_ + "/" + std::to_string(round) + "/after";
    int confirmed = 0;
    FaultVfs disk;
    {
      Options with = on(disk);
      auto store = open(with);
      // Enough commits that the log is folded in on the way, some of the time.
      const auto operations = std::uniform_int_distribution<std::uint64_t>(1, 900)(random);
      disk.fail(Fault::power_cut, operations);
      for (int i = 1; !disk.happened(); ++i) {
        if (commit_number(*store, i)) confirmed = i;
      }
      disk.write_disk_after_cut(after, random);
    }
    path_ = after + "/nape.db";
    auto store = open();
    EXPECT_EQ(beside("nape.db.corrupt-"), "") << said();
    const int state = saved_number(*store);
    if (state > confirmed) ++cuts_with_unconfirmed;
    EXPECT_TRUE(commit_number(*store, state + 1));
    store.reset();
    EXPECT_EQ(check(path_, confirmed + 1), state + 1) << "round " << round;
    if (HasFailure()) break;
  }
  // Proof that the cuts fall inside commits, too.
  EXPECT_GT(cuts_with_unconfirmed, 0);
}

TEST_F(Faults, a_power_cut_while_the_database_is_made_leaves_one_that_can_be_made) {
  std::mt19937 random(7);
  for (std::uint64_t n = 1; n < 60; ++n) {
    path_ = root_ + "/" + std::to_string(n) + "/nape.db";
    const std::string after = root_ + "/" + std::to_string(n) + "/after";
    FaultVfs disk;
    disk.fail(Fault::power_cut, n);
    auto opened = SqliteStore::open(on(disk));
    disk.write_disk_after_cut(after, random);
    path_ = after + "/nape.db";
    auto store = open();
    EXPECT_EQ(beside("nape.db.corrupt-"), "") << n << said();
    EXPECT_TRUE(commit_number(*store, 1));
    store.reset();
    EXPECT_EQ(check(path_, 1), 1) << n;
  }
}

TEST_F(Faults, kill_9_of_a_writing_daemon_at_50_random_moments) {
  std::mt19937 random(50);
  int confirmed = 0;
  for (int round = 0; round < 50; ++round) {
    int ends[2];
    ASSERT_EQ(pipe2(ends, O_CLOEXEC), 0);
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      auto store = open();
      if (!notices_.empty()) _exit(1);
      for (int i = saved_number(*store) + 1;; ++i) {
        if (!commit_number(*store, i)) _exit(2);
        if (write(ends[1], &i, sizeof i) != sizeof i) _exit(3);
      }
    }
    close(ends[1]);
    // From its first confirmed commit on, or even before.
    if (round % 5 != 0 && read(ends[0], &confirmed, sizeof confirmed) != sizeof confirmed) FAIL();
    usleep(std::uniform_int_distribution<useconds_t>(0, 15'000)(random));
    ASSERT_EQ(kill(child, SIGKILL), 0);
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status)) << WEXITSTATUS(status);
    while (read(ends[0], &confirmed, sizeof confirmed) == sizeof confirmed) {
    }
    close(ends[0]);
    auto store = open();
    EXPECT_EQ(said(), "") << round;
    const int state = saved_number(*store);
    // One commit at most was on the disk and not yet told.
    EXPECT_GE(state, confirmed);
    EXPECT_LE(state, confirmed + 1);
    confirmed = state;
    store.reset();
    check(path_, confirmed);
    if (HasFailure()) break;
  }
  EXPECT_GT(confirmed, 50);
}

}  // namespace
}  // namespace nape::store
