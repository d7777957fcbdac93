// SPDX-License-Identifier: Apache-2.0
//
// The Store on SQLite: write-ahead log, synchronous FULL, one connection, one daemon to a file.
// What commit() has confirmed survives a crash and a power cut. A broken file, or one of a newer
// Nape, is set aside and a new one begun. Keeps spans for 400 days of use and the why-log for 90;
// sums, stretches and breaks are kept for good.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "store/lock.hpp"
#include "store/notice.hpp"
#include "store/queries.hpp"
#include "store/queue.hpp"
#include "store/retention.hpp"
#include "store/schema.hpp"
#include "store/sqlite.hpp"
#include "store/store.hpp"

namespace nape::store {

struct Options {
  std::string path;
  /// A demo's database is its own: opening somebody's real one as a demo fails, and the other way
  /// round.
  bool demo = false;
  Retention retention;
  /// Effects held in memory while the disk refuses them; some days' worth.
  std::size_t queue_limit = 10'000;
  /// For tests.
  std::string vfs = {};
  std::span<const Migration> schema = migrations();
};

class SqliteStore final : public Store {
 public:
  struct Opened {
    std::unique_ptr<SqliteStore> store;
    /// What a person should hear of.
    Notices notices;
  };

  /// Fails where another daemon has the file, it belongs to somebody else, or the disk does not let
  /// us.
  static Result<Opened> open(Options options);
  /// Folds the log into the database; what is still queued is lost.
  ~SqliteStore() override;

  void queue(Instant at, const Effects& effects) override;
  Result<void> commit(const Commit& commit) override;
  Result<std::optional<Saved>> load() override;
  Pending pending() const override { return queue_.pending(); }

  /// Deletes what is older than the retention, a slice at a time; true while more is left. commit()
  /// calls it after a day has begun, until nothing is left.
  Result<bool> prune();
  /// A consistent copy, mode 0600. Takes seconds on ten years: call it from `nape`, through
  /// History, where possible.
  Result<void> backup_to(const std::string& path);

  /// What has happened to the database since it was opened and a person should hear of: each is
  /// told once.
  Notices take_notices() { return std::exchange(notices_, {}); }

  /// Reads over the same connection; outlives the store.
  History history() const { return History(database_); }

 private:
  SqliteStore(Options options, Lock lock, std::shared_ptr<Database> database);
  Result<void> start_over();
  Result<void> write_queue();
  Result<void> try_queue(std::size_t& written);

  Options options_;
  Lock lock_;
  std::shared_ptr<Database> database_;
  Queue queue_;
  Notices notices_;
  std::optional<std::int64_t> boot_;
  /// After a start there may be something left of the last time.
  bool prune_due_ = true;
};

}  // namespace nape::store
