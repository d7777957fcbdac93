// SPDX-License-Identifier: Apache-2.0
#include <initializer_list>
#include <vector>

#include "store_fixture.hpp"

namespace nape::store {
namespace {

namespace fs = std::filesystem;

// The present version is the oldest there is, so a next one is made up, as the next change will be
// made.
constexpr const char* next_version =
    "ALTER TABLE stretch ADD COLUMN mood TEXT NOT NULL DEFAULT 'fair';"
    "CREATE TABLE kind(name TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;"
    "INSERT INTO kind SELECT DISTINCT kind FROM break;";

class Migrations : public StoreTest {
 protected:
  Options upgraded(std::initializer_list<const char*> steps) {
    list_.assign(migrations().begin(), migrations().end());
    for (const char* sql : steps) list_.push_back({list_.back().to + 1, sql});
    Options made = options();
    made.schema = list_;
    return made;
  }
  std::vector<Migration> list_;
};

TEST_F(Migrations, an_older_database_is_brought_up_and_a_copy_stays) {
  fill();
  {
    auto store = open(upgraded({next_version}));
    EXPECT_EQ(number("PRAGMA user_version"), 2);
    EXPECT_EQ(number("SELECT count(*) FROM stretch WHERE mood = 'fair'"), 1);
    EXPECT_EQ(number("SELECT count(*) FROM kind WHERE name = 'rest'"), 1);
    EXPECT_EQ(number("SELECT count(*) FROM stretch_part"), 7);
    EXPECT_EQ((**store->load()).engine_state, "state 1\n");
    EXPECT_NE(said().find("nape.db.v1.bak"), std::string::npos) << said();
  }
  EXPECT_EQ(fs::status(path_ + ".v1.bak").permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(number(path_ + ".v1.bak", "PRAGMA user_version"), 1);
  EXPECT_EQ(number(path_ + ".v1.bak", "SELECT count(*) FROM stretch"), 1);
  open(upgraded({next_version}));
  EXPECT_EQ(said(), "");
}

TEST_F(Migrations, a_migrated_database_still_checks_references) {
  fill();
  auto store = open(upgraded({next_version}));
  EXPECT_EQ(number("SELECT count(*) FROM pragma_foreign_key_check"), 0);
  commit(*store, 5000, {StretchEnded{stretch(0, 3100)}});
  EXPECT_EQ(number("SELECT count(DISTINCT stretch) FROM stretch_part"), 1);
}

TEST_F(Migrations, only_the_last_two_copies_are_kept) {
  fill();
  open(upgraded({next_version}));
  open(upgraded({next_version, "CREATE TABLE three(a);"}));
  open(upgraded({next_version, "CREATE TABLE three(a);", "CREATE TABLE four(a);"}));
  EXPECT_FALSE(fs::exists(path_ + ".v1.bak"));
  EXPECT_TRUE(fs::exists(path_ + ".v2.bak"));
  EXPECT_TRUE(fs::exists(path_ + ".v3.bak"));
  EXPECT_EQ(number("PRAGMA user_version"), 4);
}

TEST_F(Migrations, one_that_fails_changes_nothing_and_is_no_reason_to_throw_the_diary_away) {
  fill();
  const std::string why = refusal(upgraded({"CREATE TABLE half(a); SELECT no_such_function();"}));
  EXPECT_NE(why.find("migration to version 2"), std::string::npos) << why;
  EXPECT_EQ(number("PRAGMA user_version"), 1);
  EXPECT_EQ(number("SELECT count(*) FROM sqlite_master WHERE name = 'half'"), 0);
  EXPECT_EQ(beside("nape.db.corrupt-"), "");
  auto store = open();
  EXPECT_TRUE(*store->load());
}

TEST_F(Migrations, one_that_leaves_references_that_lead_nowhere_is_undone) {
  fill();
  EXPECT_NE(refusal(upgraded({"DELETE FROM stretch;"})).find("lead nowhere"), std::string::npos);
  EXPECT_EQ(number("SELECT count(*) FROM stretch"), 1);
}

TEST_F(Migrations, the_first_step_stays_where_the_second_fails) {
  fill();
  EXPECT_NE(refusal(upgraded({next_version, "CREATE nonsense;"})).find("version 3"),
            std::string::npos);
  EXPECT_EQ(number("PRAGMA user_version"), 2);
  auto store = open(upgraded({next_version, "CREATE TABLE three(a);"}));
  EXPECT_EQ(number("PRAGMA user_version"), 3);
  EXPECT_EQ(number("SELECT count(*) FROM kind"), 1);
}

TEST_F(Migrations, a_reader_says_that_the_daemon_must_run_first) {
  write_file(path_, "");
  const auto history = History::open(path_);
  ASSERT_FALSE(history);
  EXPECT_NE(history.error().what.find("naped brings it up to date"), std::string::npos);
}

}  // namespace
}  // namespace nape::store
