// SPDX-License-Identifier: Apache-2.0
#include "store/opening.hpp"

#include "store/files.hpp"
#include "store/migrate.hpp"
#include "store/sqlite_store.hpp"
#include "voice/tr.hpp"

namespace nape::store {
namespace {

// Small caches: the daemon idles most of its life, and a commit touches a dozen pages. A log of 256
// pages is folded in before it outgrows a megabyte.
constexpr const char* settings =
    "PRAGMA synchronous = FULL;"
    "PRAGMA foreign_keys = ON;"
    "PRAGMA mmap_size = 0;"
    "PRAGMA cache_size = -1024;"
    "PRAGMA wal_autocheckpoint = 256;"
    "PRAGMA journal_size_limit = 1048576;"
    "PRAGMA secure_delete = FAST;"
    "PRAGMA trusted_schema = OFF;";

/// Either a connection, or why the file is of no use.
struct Attempt {
  std::shared_ptr<Database> database;
  /// Part of the name it is set aside under.
  const char* word = nullptr;
  std::string reason;
};

/// A broken file is set aside; anything else that failed may pass.
Result<Attempt> judge(const Database& database, Error error) {
  if (database.fault() == Fault::corrupt) return Attempt{nullptr, "corrupt", error.what};
  return error;
}

Result<void> configure(Database& database) {
  std::string mode;
  auto done =
      database.run("PRAGMA journal_mode = WAL", {}, [&](const Row& row) { mode = row.text(0); });
  if (!done) return done;
  if (mode != "wal") {
    return Error{say("{}: this file system cannot hold a write-ahead log", database.path())};
  }
  return database.script(settings);
}

/// The first complaint; empty: none.
Result<std::string> quick_check(Database& database) {
  std::string complaint;
  auto done =
      database.run("PRAGMA quick_check(1)", {}, [&](const Row& row) { complaint = row.text(0); });
  if (!done) return std::move(done).error();
  return complaint == "ok" ? std::string() : complaint;
}

Result<void> mark_demo(Database& database, bool fresh, bool demo) {
  if (fresh) {
    return database.run("INSERT INTO meta(key, value) VALUES ('demo', ?)", {demo ? "1" : "0"});
  }
  auto stored = database.number("SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'demo'");
  if (!stored) return std::move(stored).error();
  if ((stored->value_or(0) != 0) == demo) return {};
  return Error{
      demo ? say("{} is somebody's real diary: a demo needs a database of its own", database.path())
           : say("{} holds a demo: a real diary needs a database of its own", database.path())};
}

/// Checks and migrates what identify() has found to be usable.
Result<Attempt> make_ready(std::shared_ptr<Database> database, const Options& options, bool fresh,
                           bool crashed, Notices& notices) {
  if (auto done = configure(*database); !done) return judge(*database, std::move(done).error());
  if (crashed && !fresh) {
    auto complaint = quick_check(*database);
    if (!complaint) return judge(*database, std::move(complaint).error());
    if (!complaint->empty()) return Attempt{nullptr, "corrupt", *complaint};
  }
  auto done = migrate(*database, options.schema, notices);
  if (done) done = mark_demo(*database, fresh, options.demo);
  if (!done) return judge(*database, std::move(done).error());
  return Attempt{std::move(database), nullptr, {}};
}

Result<Attempt> attempt(const Options& options, Notices& notices) {
  if (auto ready = prepare_files(options.path, notices); !ready) return std::move(ready).error();
  const bool crashed = has_log(options.path);
  auto opened = Database::open(options.path, Access::read_write, options.vfs);
  if (!opened) return std::move(opened).error();
  std::shared_ptr<Database> database = std::move(*opened);
  const int present = options.schema.back().to;
  const auto identity = identify(*database, present);
  auto result = [&]() -> Result<Attempt> {
    if (!identity) return judge(*database, identity.error());
    if (*identity == Identity::future) {
      return Attempt{nullptr, "future", say("a newer Nape wrote it")};
    }
    if (*identity == Identity::foreign) {
      return Attempt{nullptr, "foreign", say("another program wrote it")};
    }
    return make_ready(database, options, *identity == Identity::empty, crashed, notices);
  }();
  if (result && !result->database) database->leave_log();
  return result;
}

}  // namespace

Result<std::shared_ptr<Database>> open_for_writing(const Options& options, Notices& notices) {
  auto first = attempt(options, notices);
  if (!first) return std::move(first).error();
  if (first->database) return first->database;

  auto aside = set_aside(options.path, first->word);
  if (!aside) return std::move(aside).error();
  notices.push_back({say("{} cannot be used ({}); it is kept as {}, and a new one is begun.",
                         options.path, first->reason, *aside)});
  auto second = attempt(options, notices);
  if (!second) return std::move(second).error();
  if (second->database) return second->database;
  return Error{say("{} cannot be used either ({})", options.path, second->reason)};
}

}  // namespace nape::store
