// SPDX-License-Identifier: Apache-2.0
#include "store/migrate.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "store/files.hpp"
#include "voice/tr.hpp"

namespace nape::store {
namespace {

constexpr int copies_kept = 2;

std::string copy_name(const std::string& database, std::int64_t version) {
  return database + ".v" + std::to_string(version) + ".bak";
}

/// Only what a version number of ours can name is removed, however many years of versions there
/// are.
void remove_old_copies(const std::string& database, std::int64_t newest) {
  int kept = 0;
  for (std::int64_t version = newest; version > 0; --version) {
    const std::string copy = copy_name(database, version);
    if (access(copy.c_str(), F_OK) == 0 && ++kept > copies_kept) unlink(copy.c_str());
  }
}

Result<void> keep_copy(Database& database, std::int64_t version, Notices& notices) {
  const std::string copy = copy_name(database.path(), version);
  if (auto copied = copy_to(database, copy); !copied) return copied;
  remove_old_copies(database.path(), version);
  notices.push_back(
      {say("The database is of an older version ({}); a copy stays in {}.", version, copy)});
  return {};
}

Result<void> apply(Database& database, const Migration& step) {
  const std::string numbers = "PRAGMA application_id = " + std::to_string(application_id) +
                              "; PRAGMA user_version = " + std::to_string(step.to) + ";";
  Transaction transaction(database);
  if (!transaction.failed()) {
    if (auto done = database.script(step.sql + numbers); !done) return done;
    auto broken = database.number("SELECT count(*) FROM pragma_foreign_key_check");
    if (!broken) return std::move(broken).error();
    if (broken->value_or(0) != 0) {
      return Error{say("version {} would leave references that lead nowhere", step.to)};
    }
  }
  return transaction.commit();
}

}  // namespace

Result<Identity> identify(Database& database, int present_version) {
  auto id = database.number("PRAGMA application_id");
  if (!id) return std::move(id).error();
  auto version = database.number("PRAGMA user_version");
  if (!version) return std::move(version).error();
  auto tables = database.number("SELECT count(*) FROM sqlite_master");
  if (!tables) return std::move(tables).error();
  if (**id == 0 && **version == 0 && **tables == 0) return Identity::empty;
  if (**id != application_id || **version < 1) return Identity::foreign;
  return **version > present_version ? Identity::future : Identity::ours;
}

Result<void> migrate(Database& database, std::span<const Migration> steps, Notices& notices) {
  auto version = database.number("PRAGMA user_version");
  if (!version) return std::move(version).error();
  const std::int64_t present = version->value_or(0);
  if (steps.empty() || present >= steps.back().to) return {};
  if (present > 0) {
    if (auto kept = keep_copy(database, present, notices); !kept) return kept;
  }
  // Inside a transaction this pragma does nothing, and a rebuilt table breaks references for a
  // moment.
  if (auto off = database.script("PRAGMA foreign_keys = OFF"); !off) return off;
  for (const Migration& step : steps) {
    if (step.to <= present) continue;
    if (auto done = apply(database, step); !done) {
      return std::move(done).error().in(say("migration to version {}", step.to));
    }
  }
  return database.script("PRAGMA foreign_keys = ON");
}

Result<void> copy_to(Database& database, const std::string& path) {
  const std::string unfinished = path + ".tmp";
  // SQLite would make the file readable to all; an empty one it fills as it is.
  if (auto made = create_private(unfinished); !made) return made;
  auto copied = database.run("VACUUM INTO ?", {unfinished});
  // VACUUM INTO does not wait for the disk.
  if (copied) copied = sync_file(unfinished);
  if (copied && rename(unfinished.c_str(), path.c_str()) != 0) {
    copied = Error{path + ": " + std::strerror(errno)};
  }
  if (copied) copied = sync_directory_of(path);
  if (!copied) unlink(unfinished.c_str());
  return copied;
}

}  // namespace nape::store
