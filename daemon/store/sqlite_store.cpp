// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite_store.hpp"

#include <algorithm>

#include "store/files.hpp"
#include "store/migrate.hpp"
#include "store/opening.hpp"
#include "store/rows.hpp"
#include "voice/tr.hpp"

namespace nape::store {

Result<SqliteStore::Opened> SqliteStore::open(Options options) {
  Notices notices;
  const auto in_context = [&](Error error) {
    return std::move(error).in(say("cannot open the store"));
  };
  if (auto ready = prepare_directory(options.path, notices); !ready) {
    return in_context(ready.error());
  }
  auto lock = Lock::take(options.path);
  if (!lock) return in_context(lock.error());
  auto database = open_for_writing(options, notices);
  if (!database) return in_context(database.error());
  std::unique_ptr<SqliteStore> store(
      new SqliteStore(std::move(options), std::move(*lock), std::move(*database)));
  return Opened{std::move(store), std::move(notices)};
}

SqliteStore::SqliteStore(Options options, Lock lock, std::shared_ptr<Database> database)
    : options_(std::move(options)),
      lock_(std::move(lock)),
      database_(std::move(database)),
      queue_(options_.queue_limit) {}

SqliteStore::~SqliteStore() = default;

void SqliteStore::queue(Instant at, const Effects& effects) {
  queue_.add(at, effects);
  const auto is_day = [](const Effect& effect) { return std::holds_alternative<DayBegan>(effect); };
  if (std::any_of(effects.begin(), effects.end(), is_day)) prune_due_ = true;
}

Result<void> SqliteStore::commit(const Commit& commit) {
  queue(commit.at, commit.effects);
  if (commit.checkpoint) queue_.add(commit.at, *commit.checkpoint);
  auto done = write_queue();
  if (!done && database_->fault() == Fault::corrupt) {
    done = start_over();
    if (done) done = write_queue();
  }
  if (!done) return std::move(done).error().in(say("cannot store"));
  if (!prune_due_) return {};
  // What was handed over is on the disk: a slice that fails is tried again with the next commit.
  if (const auto more = prune(); more) prune_due_ = *more;
  return {};
}

/// A database that broke under us is of no more use than one that was broken before.
Result<void> SqliteStore::start_over() {
  database_->leave_log();
  auto aside = set_aside(options_.path, "corrupt");
  if (!aside) return std::move(aside).error();
  notices_.push_back({say("{} has become unreadable; it is kept as {}, and a new one is begun.",
                          options_.path, *aside)});
  auto database = open_for_writing(options_, notices_);
  if (!database) return std::move(database).error();
  database_ = std::move(*database);
  boot_.reset();
  return {};
}

Result<void> SqliteStore::write_queue() {
  for (;;) {
    std::size_t written = 0;
    auto done = try_queue(written);
    if (done) return done;
    // One value that no disk will take must not hold back all the others for ever.
    const bool one_is_bad = database_->fault() == Fault::rejected;
    if (!one_is_bad || written >= queue_.entries().size()) return done;
    queue_.drop(written);
  }
}

Result<void> SqliteStore::try_queue(std::size_t& written) {
  Transaction transaction(*database_);
  RowWriter rows(transaction, boot_);
  // The boot is the same for all that is queued, and known only to the checkpoint among it.
  for (const Queue::Entry& entry : queue_.entries()) {
    if (const auto* checkpoint = std::get_if<Checkpoint>(&entry.what)) {
      rows.on_boot(checkpoint->clocks.boot_id);
    }
  }
  for (const Queue::Entry& entry : queue_.entries()) {
    rows.write(entry);
    if (transaction.failed()) return transaction.commit();
    ++written;
  }
  rows.roll_up();
  auto done = transaction.commit();
  if (!done) return done;
  boot_ = rows.boot();
  queue_.clear();
  return done;
}

Result<std::optional<Saved>> SqliteStore::load() {
  std::optional<Saved> saved;
  auto done = database_->run(
      "SELECT state, boot_id, boot_ms, monotonic_ms, wall_unix_ms FROM engine_state", {},
      [&](const Row& row) {
        saved = Saved{row.text(0), Clocks{row.text(1), row.boot(2), row.duration(3), row.wall(4)}};
      });
  if (!done) return std::move(done).error().in(say("cannot read the stored state"));
  return saved;
}

Result<bool> SqliteStore::prune() { return store::prune(*database_, options_.retention); }

Result<void> SqliteStore::backup_to(const std::string& path) { return copy_to(*database_, path); }

}  // namespace nape::store
