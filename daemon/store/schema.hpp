// SPDX-License-Identifier: Apache-2.0
//
// The shape of the database. A released migration is never edited: the next one is added. `PRAGMA
// application_id` says that a file is ours, `PRAGMA user_version` which migration it has seen.
#pragma once

#include <cstdint>
#include <span>

namespace nape::store {

/// "Nape" in ASCII.
inline constexpr std::int64_t application_id = 0x4e617065;

/// Takes a database from version `to - 1` to `to`, in a transaction of its own, foreign keys
/// unchecked until its end.
struct Migration {
  int to;
  const char* sql;
};

std::span<const Migration> migrations();

}  // namespace nape::store
