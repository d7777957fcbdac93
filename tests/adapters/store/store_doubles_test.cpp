// SPDX-License-Identifier: Apache-2.0
//
// The doubles that other tests stand on must keep the port's promises, or those tests prove
// nothing.
#include "faulty_store.hpp"
#include "memory_store.hpp"
#include "store_fixture.hpp"

namespace nape::store {
namespace {

TEST(Doubles, memory_keeps_queued_and_committed_apart) {
  MemoryStore store;
  store.queue(at(1), {BreakDue{"rest"}, PresenceChanged{}});
  EXPECT_TRUE(store.effects().empty());
  EXPECT_EQ(store.pending().effects, 1u);
  ASSERT_TRUE(store.commit({at(2), {Advice{"lock_counts"}}, checkpoint(2, "two")}));
  ASSERT_EQ(store.effects().size(), 2u);
  EXPECT_EQ(store.effects()[0].first, at(1));
  EXPECT_TRUE(std::holds_alternative<Advice>(store.effects()[1].second));
  EXPECT_EQ((**store.load()).engine_state, "two");
}

TEST(Doubles, a_failing_commit_hands_on_what_it_kept_with_the_next_that_succeeds) {
  MemoryStore memory;
  FaultyStore store(memory);
  store.fail_commits(2);
  EXPECT_FALSE(store.commit({at(1), {BreakDue{"rest"}}, checkpoint(1, "one")}));
  EXPECT_FALSE(store.commit({at(2), {BreakDue{"micro"}}, {}}));
  EXPECT_EQ(store.pending().effects, 2u);
  EXPECT_FALSE(*memory.load());
  ASSERT_TRUE(store.commit({at(3), {}, {}}));
  EXPECT_EQ(memory.effects().size(), 2u);
  EXPECT_EQ((**memory.load()).engine_state, "one");
  EXPECT_EQ(store.failed_commits(), 2u);
}

TEST(Doubles, faults_stand_before_the_real_store_too) {
  std::string name = (std::filesystem::temp_directory_path() / "nape-store-XXXXXX").string();
  ASSERT_NE(mkdtemp(name.data()), nullptr);
  Options options;
  options.path = name + "/nape/nape.db";
  {
    auto opened = SqliteStore::open(options);
    ASSERT_TRUE(opened);
    FaultyStore store(*opened->store);
    store.fail_commits(1);
    EXPECT_FALSE(store.commit({at(1), {input(0, 1)}, checkpoint(1, "one")}));
    ASSERT_TRUE(store.commit({at(70), {input(60, 70)}, {}}));
    EXPECT_EQ((*opened->store->history().today(first_day))->counts->keys, 20u);
    EXPECT_EQ((**store.load()).engine_state, "one");
    store.fail_loads(true);
    EXPECT_FALSE(store.load());
  }
  std::filesystem::remove_all(name);
}

TEST(Queues, a_checkpoint_that_was_held_back_does_not_reopen_what_closed_later) {
  Queue queue(10);
  Checkpoint old = checkpoint(60);
  old.open_input = input(0, 60);
  queue.add(at(60), old);
  queue.add(at(70), {input(0, 65)});
  ASSERT_EQ(queue.entries().size(), 2u);
  EXPECT_TRUE(std::holds_alternative<Checkpoint>(queue.entries()[0].what));
  queue.add(at(80), checkpoint(80));
  ASSERT_EQ(queue.entries().size(), 2u);
  EXPECT_TRUE(std::holds_alternative<Checkpoint>(queue.entries()[1].what));
}

}  // namespace
}  // namespace nape::store
