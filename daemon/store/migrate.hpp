// SPDX-License-Identifier: Apache-2.0
//
// Finds out what a file is, and brings an older database up to the present version, leaving a copy
// of what it was
// ("nape.db.v1.bak", the last two are kept).
#pragma once

#include <span>
#include <string>

#include "core/result.hpp"
#include "store/notice.hpp"
#include "store/schema.hpp"
#include "store/sqlite.hpp"

namespace nape::store {

enum class Identity {
  empty,    ///< nothing yet
  ours,     ///< at the present version or an older one
  future,   ///< written by a newer Nape
  foreign,  ///< some other program's database
};

/// Fails where the file cannot be read or is no database; `database.fault()` tells which.
Result<Identity> identify(Database& database, int present_version);

/// Brings `database`, empty or ours, to the version of the last of `steps`. On failure it is as it
/// was.
Result<void> migrate(Database& database, std::span<const Migration> steps, Notices& notices);

/// A consistent copy, also while others write: complete at `path`, mode 0600, or not there at all.
Result<void> copy_to(Database& database, const std::string& path);

}  // namespace nape::store
