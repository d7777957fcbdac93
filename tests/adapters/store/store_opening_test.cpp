// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>

#include "store_fixture.hpp"

namespace nape::store {
namespace {

namespace fs = std::filesystem;

unsigned mode_of(const std::string& path) {
  struct stat status {};
  return stat(path.c_str(), &status) == 0 ? status.st_mode & 07777u : 0u;
}

/// Ends without closing anything, as a crash does; `act` runs in a child.
void in_a_crashing_child(const std::function<void()>& act) {
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    act();
    _exit(0);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

class Opening : public StoreTest {};

TEST_F(Opening, makes_a_directory_and_files_that_are_the_persons_alone) {
  umask(0);
  auto store = open();
  commit(*store, 10, {input(0, 9)}, checkpoint(10));
  umask(022);
  EXPECT_EQ(mode_of(root_ + "/nape"), 0700u);
  EXPECT_EQ(mode_of(path_), 0600u);
  EXPECT_EQ(mode_of(path_ + "-wal"), 0600u);
  EXPECT_EQ(mode_of(path_ + "-shm"), 0600u);
  EXPECT_EQ(mode_of(path_ + ".lock"), 0600u);
}

TEST_F(Opening, corrects_wrong_modes_and_says_so) {
  fill();
  chmod((root_ + "/nape").c_str(), 0755);
  chmod(path_.c_str(), 0644);
  auto store = open();
  EXPECT_EQ(mode_of(root_ + "/nape"), 0700u);
  EXPECT_EQ(mode_of(path_), 0600u);
  EXPECT_NE(said().find("nape.db could be reached by others (mode 644); it is 600 now."),
            std::string::npos)
      << said();
  EXPECT_NE(said().find("mode 755"), std::string::npos);
  EXPECT_TRUE(*store->load());
}

TEST_F(Opening, refuses_what_belongs_to_somebody_else) {
  if (geteuid() != 0) GTEST_SKIP() << "only root can give a file away";
  fill();
  ASSERT_EQ(chown(path_.c_str(), 4242, 4242), 0);
  EXPECT_NE(refusal(options()).find("belongs to user 4242"), std::string::npos);
  ASSERT_EQ(chown(path_.c_str(), 0, 0), 0);
  ASSERT_EQ(chown((root_ + "/nape").c_str(), 4242, 4242), 0);
  EXPECT_NE(refusal(options()).find("belongs to user 4242"), std::string::npos);
}

TEST_F(Opening, refuses_a_directory_that_all_users_share) {
  ASSERT_EQ(mkdir((root_ + "/nape").c_str(), 0700), 0);
  ASSERT_EQ(chmod((root_ + "/nape").c_str(), 01777), 0);
  EXPECT_NE(refusal(options()).find("shared by all users"), std::string::npos);
  EXPECT_EQ(mode_of(root_ + "/nape"), 01777u);
}

TEST_F(Opening, follows_no_link_and_opens_no_directory) {
  fill();
  fs::rename(path_, root_ + "/elsewhere.db");
  fs::create_symlink(root_ + "/elsewhere.db", path_);
  EXPECT_NE(refusal(options()), "");
  fs::remove(path_);
  fs::create_directory(path_);
  EXPECT_NE(refusal(options()), "");
  EXPECT_TRUE(fs::is_directory(path_));
}

TEST_F(Opening, a_second_daemon_is_refused_with_the_pid_of_the_first) {
  auto first = open();
  const std::string pid = "process " + std::to_string(getpid());
  EXPECT_NE(refusal(options()).find(pid), std::string::npos) << refusal(options());
  in_a_crashing_child([&] {
    if (refusal(options()).find(pid) == std::string::npos) _exit(1);
  });
  commit(*first, 10, {input(0, 9)});
  first.reset();
  EXPECT_EQ(refusal(options()), "");
}

TEST_F(Opening, a_dead_daemons_lock_holds_nobody_up) {
  in_a_crashing_child([&] {
    auto store = open();
    commit(*store, 10, {input(0, 9)}, checkpoint(10));
    _exit(0);
  });
  auto store = open();
  EXPECT_EQ(said(), "");
  EXPECT_TRUE(*store->load());
  EXPECT_EQ(number("SELECT count(*) FROM input_span"), 1);
}

TEST_F(Opening, something_that_is_no_database_is_set_aside) {
  const std::string diary = "Dear diary, this is not SQLite. " + std::string(5000, 'x');
  write_file(path_, diary);
  write_file(path_ + "-wal", "old log");
  auto store = open();
  EXPECT_NE(said().find("a new one is begun"), std::string::npos) << said();
  const std::string aside = beside("nape.db.corrupt-");
  ASSERT_NE(aside, "");
  EXPECT_NE(said().find("nape.db.corrupt-"), std::string::npos);
  std::ifstream kept(aside, std::ios::binary);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(kept), {}), diary);
  EXPECT_EQ(mode_of(aside), 0600u);
  commit(*store, 10, {input(0, 9)});
  EXPECT_EQ(number("SELECT count(*) FROM input_span"), 1);
}

TEST_F(Opening, an_empty_file_is_simply_a_beginning) {
  write_file(path_, "");
  chmod(path_.c_str(), 0600);
  chmod((root_ + "/nape").c_str(), 0700);
  auto store = open();
  EXPECT_EQ(said(), "");
  EXPECT_FALSE(*store->load());
}

TEST_F(Opening, a_truncated_database_is_set_aside) {
  fill();
  fs::resize_file(path_, fs::file_size(path_) / 2);
  auto store = open();
  EXPECT_NE(beside("nape.db.corrupt-"), "") << said();
  EXPECT_FALSE(*store->load());
}

TEST_F(Opening, a_database_that_a_crash_left_broken_is_set_aside) {
  fill();
  in_a_crashing_child([&] {
    auto store = open();
    commit(*store, 5000, {input(4990, 4999)}, checkpoint(5000));
    _exit(0);
  });
  // Every page but the first, and the log's frames cover only a few.
  std::fstream file(path_, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(4096 * 3);
  const std::string noise(fs::file_size(path_) - 4096 * 3, '\x5a');
  file << noise << std::flush;
  auto store = open();
  EXPECT_NE(said().find("nape.db.corrupt-"), std::string::npos) << said();
  EXPECT_TRUE(fs::exists(beside("nape.db.corrupt-") + "-wal"));
  commit(*store, 10, {input(0, 9)});
}

TEST_F(Opening, a_database_that_breaks_while_in_use_is_set_aside_and_nothing_new_is_lost) {
  fill();
  Options with = options();
  auto store = open(with);
  {
    std::fstream file(path_, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(4096);
    file << std::string(fs::file_size(path_) - 4096, '\x5a') << std::flush;
  }
  commit(*store, 5000, {input(4990, 4999)}, checkpoint(5000, "second life"));
  const Notices told = store->take_notices();
  ASSERT_EQ(told.size(), 1u);
  EXPECT_NE(told[0].text.find("has become unreadable"), std::string::npos) << told[0].text;
  EXPECT_TRUE(store->take_notices().empty());
  EXPECT_NE(beside("nape.db.corrupt-"), "");
  EXPECT_EQ((**store->load()).engine_state, "second life");
  EXPECT_EQ(number("SELECT count(*) FROM input_span"), 1);
  EXPECT_EQ(integrity(path_), "ok");
}

TEST_F(Opening, a_database_from_the_future_is_set_aside_whole) {
  fill();
  {
    auto database = Database::open(path_, Access::read_write);
    ASSERT_TRUE((*database)->script("PRAGMA user_version = 999"));
  }
  auto store = open();
  EXPECT_NE(said().find("a newer Nape wrote it"), std::string::npos) << said();
  const std::string aside = beside("nape.db.future-");
  ASSERT_NE(aside, "");
  EXPECT_EQ(number(aside, "SELECT count(*) FROM stretch"), 1);
  EXPECT_EQ(number(aside, "PRAGMA user_version"), 999);
  EXPECT_FALSE(*store->load());
}

TEST_F(Opening, another_programs_database_is_set_aside_whole) {
  fs::create_directories(root_ + "/nape");
  write_file(path_, "");
  {
    auto database = Database::open(path_, Access::read_write);
    ASSERT_TRUE(
        (*database)->script("CREATE TABLE recipe(name); INSERT INTO recipe VALUES ('soup')"));
  }
  auto store = open();
  EXPECT_NE(said().find("another program wrote it"), std::string::npos) << said();
  EXPECT_EQ(number(beside("nape.db.foreign-"), "SELECT count(*) FROM recipe"), 1);
}

TEST_F(Opening, setting_aside_twice_in_a_second_loses_neither) {
  for (int i = 0; i < 3; ++i) {
    write_file(path_, "not a database " + std::to_string(i) + std::string(2000, 'x'));
    fs::remove(path_ + "-wal");
    open().reset();
  }
  int kept = 0;
  for (const auto& entry : fs::directory_iterator(root_ + "/nape")) {
    if (entry.path().string().find("corrupt-") != std::string::npos) ++kept;
  }
  EXPECT_EQ(kept, 3);
}

TEST_F(Opening, a_demo_and_a_diary_never_share_a_database) {
  Options demo = options();
  demo.demo = true;
  {
    auto store = open(demo);
    EXPECT_TRUE(*store->history().is_demo());
  }
  EXPECT_NE(refusal(options()).find("holds a demo"), std::string::npos);
  EXPECT_EQ(refusal(demo), "");
  path_ = root_ + "/other/nape.db";
  open().reset();
  demo.path = path_;
  EXPECT_NE(refusal(demo).find("real diary"), std::string::npos);
}

TEST_F(Opening, a_backup_is_whole_private_and_opens) {
  auto store = open();
  commit(*store, 4000, {input(0, 100), StretchEnded{stretch(0, 3000)}}, checkpoint(4000));
  const std::string copy = root_ + "/copy.db";
  write_file(copy, "an old copy");
  umask(0);
  ASSERT_TRUE(store->backup_to(copy));
  umask(022);
  EXPECT_EQ(mode_of(copy), 0600u);
  EXPECT_EQ(integrity(copy), "ok");
  EXPECT_EQ(number(copy, "SELECT sum(length_ms) FROM stretch"), 3'000'000);
  auto history = History::open(copy);
  ASSERT_TRUE(history) << history.error().what;
  EXPECT_EQ((*history->today(first_day))->stretches, 1u);
  EXPECT_FALSE(store->backup_to(root_ + "/no/such/place.db"));
  EXPECT_EQ(number("SELECT count(*) FROM stretch"), 1);
}

TEST_F(Opening, a_reader_can_make_the_copy_too) {
  auto store = open();
  commit(*store, 4000, {input(0, 100)}, checkpoint(4000));
  const auto reader = History::open(path_);
  ASSERT_TRUE(reader);
  const auto copied = reader->backup_to(root_ + "/copy.db");
  ASSERT_TRUE(copied) << copied.error().what;
  EXPECT_EQ(number(root_ + "/copy.db", "SELECT count(*) FROM input_span"), 1);
}

TEST_F(Opening, a_reader_refuses_what_is_missing_or_not_ours) {
  EXPECT_FALSE(History::open(path_));
  write_file(path_, "not a database" + std::string(2000, 'x'));
  EXPECT_FALSE(History::open(path_));
  EXPECT_EQ(fs::file_size(path_), 2014u);
}

TEST_F(Opening, starting_from_a_clean_end_takes_milliseconds) {
  fill();
  auto best = std::chrono::nanoseconds::max();
  for (int i = 0; i < 10; ++i) {
    const auto before = std::chrono::steady_clock::now();
    auto store = open();
    const auto saved = store->load();
    best = std::min<std::chrono::nanoseconds>(best, std::chrono::steady_clock::now() - before);
    EXPECT_TRUE(*saved);
  }
  RecordProperty("open_us", static_cast<int>(best.count() / 1000));
  EXPECT_LT(best, std::chrono::milliseconds(10));
}

}  // namespace
}  // namespace nape::store
