// SPDX-License-Identifier: Apache-2.0
//
// A directory of its own for each test, and short ways to say what happened. Time is told in
// seconds since 06:00 UTC of `first_day`; the machine booted 1000 s earlier.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <utility>

#include "store/sqlite.hpp"
#include "store/sqlite_store.hpp"

namespace nape::store {

using std::chrono::seconds;

inline constexpr std::int32_t first_day = 20'000;

inline Instant at(std::int64_t second) {
  const auto since_epoch = std::chrono::hours(24 * first_day + 6) + seconds(second);
  return {BootTime(seconds(1000 + second)), WallTime(since_epoch)};
}

inline std::int32_t day_of(std::int64_t second) {
  return first_day + static_cast<std::int32_t>(second / 86'400);
}

inline InputSpan input(std::int64_t begin, std::int64_t end, std::uint64_t keys = 10) {
  return {at(begin), at(end), {keys, 2, 3, 40, 0}, true, {4, 3, 2, 1}, day_of(begin)};
}

inline Stretch stretch(std::int64_t begin, std::int64_t end) {
  Stretch made;
  made.begin = at(begin);
  made.end = at(end);
  made.day = day_of(begin);
  const Duration length = made.length();
  made.band = {length / 2, length, length * 2};
  made.use_30 = length / 4;
  made.use_60 = length / 2;
  made.by_input = length - seconds(60);
  made.by_passive = seconds(60);
  made.counts = {100, 20, 30, 400, 0};
  made.categories = {{"work", length - seconds(10)}, {"chat", seconds(10)}};
  made.applications = {
      {"editor", length - seconds(30)}, {"browser", seconds(20)}, {"mail", seconds(10)}};
  made.setups = {Duration{}, seconds(5), Duration{}, length - seconds(5)};
  return made;
}

inline BreakEnded break_ended(std::int64_t begin, Outcome outcome, Duration rested) {
  return {"rest", outcome, at(begin), rested, rested * 10, seconds(7), day_of(begin)};
}

inline Clocks clocks(std::int64_t second, std::string boot_id = "boot-1") {
  const Instant now = at(second);
  return {std::move(boot_id), now.boot, now.boot.time_since_epoch() - seconds(300), now.wall};
}

inline Checkpoint checkpoint(std::int64_t second, std::string state = "state 1\n") {
  return {std::move(state), clocks(second), {}, {}, {}, {}};
}

class StoreTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (parent() / "nape-store-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    root_ = name;
    path_ = root_ + "/nape/nape.db";
  }
  void TearDown() override { std::filesystem::remove_all(root_); }

  /// Where the test's directory goes.
  virtual std::filesystem::path parent() const { return std::filesystem::temp_directory_path(); }

  Options options() const {
    Options made;
    made.path = path_;
    return made;
  }

  /// The store and what opening it had to say; a failure ends the test.
  std::unique_ptr<SqliteStore> open() { return open(options()); }
  std::unique_ptr<SqliteStore> open(Options with) {
    auto opened = SqliteStore::open(std::move(with));
    if (!opened) {
      ADD_FAILURE() << opened.error().what;
      std::abort();
    }
    notices_ = std::move(opened->notices);
    return std::move(opened->store);
  }

  /// What opening refuses with; empty: it opens.
  static std::string refusal(Options with) {
    auto opened = SqliteStore::open(std::move(with));
    return opened ? "" : opened.error().what;
  }

  /// Opens, commits something of every kind, closes.
  void fill() {
    auto store = open();
    commit(*store, 4000,
           {DayBegan{first_day}, input(0, 100), StretchEnded{stretch(0, 3000)},
            break_ended(3000, Outcome::taken, seconds(300)), BreakDue{"rest"}},
           checkpoint(4000));
  }

  static void write_file(const std::string& path, const std::string& content) {
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    std::ofstream(path, std::ios::binary) << content;
  }

  static void commit(Store& store, std::int64_t second, const Effects& effects,
                     std::optional<Checkpoint> checkpoint = {}) {
    const auto done = store.commit({at(second), effects, std::move(checkpoint)});
    EXPECT_TRUE(done) << (done ? "" : done.error().what);
  }

  /// One number from the file, as another process sees it.
  std::int64_t number(const char* sql) { return number(path_, sql); }
  static std::int64_t number(const std::string& path, const char* sql) {
    auto database = Database::open(path, Access::read_only);
    EXPECT_TRUE(database);
    auto found = (*database)->number(sql);
    EXPECT_TRUE(found) << (found ? "" : found.error().what);
    return found ? found->value_or(-1) : -1;
  }

  static std::string integrity(const std::string& path) {
    auto database = Database::open(path, Access::read_only);
    std::string told;
    const auto done = (*database)->run("PRAGMA integrity_check", {},
                                       [&](const Row& row) { told += row.text(0); });
    return done ? told : done.error().what;
  }

  std::string said() const {
    std::string all;
    for (const Notice& notice : notices_) all += notice.text + "\n";
    return all;
  }

  /// The file beside the database whose name begins with `name`, without its log and index; empty
  /// if there is none.
  std::string beside(const std::string& name) const {
    for (const auto& entry : std::filesystem::directory_iterator(directory())) {
      const std::string found = entry.path().filename().string();
      if (found.starts_with(name) && !found.ends_with("-wal") && !found.ends_with("-shm")) {
        return entry.path();
      }
    }
    return {};
  }

  std::filesystem::path directory() const { return std::filesystem::path(path_).parent_path(); }

  std::string root_;
  std::string path_;
  Notices notices_;
};

}  // namespace nape::store
