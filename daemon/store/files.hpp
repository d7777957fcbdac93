// SPDX-License-Identifier: Apache-2.0
//
// The database as files: who may read them, where a broken one goes, the copies that migrations
// leave. Everything here is the person's diary, so it is theirs alone: directories 0700, files
// 0600. Refuses what somebody else owns.
#pragma once

#include <string>

#include "core/result.hpp"
#include "store/notice.hpp"

namespace nape::store {

/// Makes the directory of `database` where it is missing; corrects its mode. Refuses one that
/// others share (/tmp).
Result<void> prepare_directory(const std::string& database, Notices& notices);
/// Makes the file, empty, where it is missing; corrects the modes of it and its companions. Only
/// under the Lock: to open and close a database behind SQLite's back frees the locks that this
/// process has on it.
Result<void> prepare_files(const std::string& database, Notices& notices);

/// True after a crash: a clean end empties the write-ahead log into the database.
bool has_log(const std::string& database);

/// Renames the database and its companions to "DATABASE.WORD-<UTC time>"; returns the new name.
Result<std::string> set_aside(const std::string& database, const char* word);

/// A name for a new file beside `path`: created empty with mode 0600, whatever was there is gone.
Result<void> create_private(const std::string& path);
/// Until this returns, a crash may still undo what was written, or a name that was given.
Result<void> sync_file(const std::string& path);
Result<void> sync_directory_of(const std::string& path);

}  // namespace nape::store
