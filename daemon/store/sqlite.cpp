// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite.hpp"

#include <sqlite3.h>

namespace nape::store {
namespace {

Fault fault_of(int code) {
  switch (code & 0xff) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return Fault::corrupt;
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_TOOBIG:
    case SQLITE_RANGE:
      return Fault::rejected;
    default:
      return Fault::passing;
  }
}

/// A cached statement must not stay in mid-flight: an unreset reader would hold back every WAL
/// checkpoint.
struct Reset {
  sqlite3_stmt* statement;
  ~Reset() {
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
  }
};

}  // namespace

int Value::bind(sqlite3_stmt* statement, int position) const {
  if (const auto* number = std::get_if<std::int64_t>(&held_)) {
    return sqlite3_bind_int64(statement, position, *number);
  }
  if (const auto* text = std::get_if<std::string_view>(&held_)) {
    // A null pointer would bind NULL, and an empty view may have one.
    const char* bytes = text->data() == nullptr ? "" : text->data();
    return sqlite3_bind_text64(statement, position, bytes, text->size(), SQLITE_STATIC,
                               SQLITE_UTF8);
  }
  return sqlite3_bind_null(statement, position);
}

bool Row::is_null(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::int64_t Row::integer(int column) const { return sqlite3_column_int64(statement_, column); }

std::string Row::text(int column) const {
  const auto* bytes = sqlite3_column_text(statement_, column);
  const auto size = sqlite3_column_bytes(statement_, column);
  if (bytes == nullptr) return {};
  return {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size)};
}

Result<std::unique_ptr<Database>> Database::open(const std::string& path, Access access,
                                                 const std::string& vfs) {
  const int mode = access == Access::read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  sqlite3* connection = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &connection, mode | SQLITE_OPEN_NOMUTEX,
                                   vfs.empty() ? nullptr : vfs.c_str());
  std::unique_ptr<Database> database(new Database(path, connection));
  if (code != SQLITE_OK) return database->failure(code);
  sqlite3_extended_result_codes(connection, 1);
  sqlite3_db_config(connection, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  // Readers never block in WAL; only a checkpoint, a migration or a second writer is waited for.
  sqlite3_busy_timeout(connection, 250);
  return database;
}

Database::Database(std::string path, sqlite3* connection)
    : path_(std::move(path)), connection_(connection) {}

Database::~Database() {
  statements_.clear();
  sqlite3_close_v2(connection_);
}

Result<void> Database::script(const std::string& sql) {
  const int code = sqlite3_exec(connection_, sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return failure(code);
  return {};
}

Result<void> Database::run(const char* sql, Values values, const OnRow& on_row) {
  auto statement = prepared(sql);
  if (!statement) return std::move(statement).error();
  const Reset reset{*statement};
  int position = 0;
  for (const Value& value : values) {
    const int code = value.bind(*statement, ++position);
    if (code != SQLITE_OK) return failure(code);
  }
  int code = 0;
  while ((code = sqlite3_step(*statement)) == SQLITE_ROW) {
    if (on_row) on_row(Row(*statement));
  }
  if (code != SQLITE_DONE) return failure(code);
  return {};
}

Result<std::optional<std::int64_t>> Database::number(const char* sql, Values values) {
  std::optional<std::int64_t> found;
  auto done = run(sql, values, [&](const Row& row) {
    if (!found && !row.is_null(0)) found = row.integer(0);
  });
  if (!done) return std::move(done).error();
  return found;
}

void Database::leave_log() {
  sqlite3_db_config(connection_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

std::int64_t Database::last_id() const { return sqlite3_last_insert_rowid(connection_); }

int Database::changes() const { return sqlite3_changes(connection_); }

bool Database::in_transaction() const { return sqlite3_get_autocommit(connection_) == 0; }

void Database::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

Result<sqlite3_stmt*> Database::prepared(const char* sql) {
  auto& kept = statements_[sql];
  if (!kept) {
    sqlite3_stmt* statement = nullptr;
    const int code =
        sqlite3_prepare_v3(connection_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) return failure(code);
    kept.reset(statement);
  }
  return kept.get();
}

Error Database::failure(int code) {
  fault_ = fault_of(code);
  // The message of a failed open dies with the connection, that of a failed allocation was never
  // made.
  const char* message = connection_ ? sqlite3_errmsg(connection_) : sqlite3_errstr(code);
  return {path_ + ": " + message};
}

Transaction::Transaction(Database& database) : database_(database) {
  auto begun = database_.run("BEGIN IMMEDIATE");
  if (!begun) error_ = std::move(begun).error();
}

Transaction::~Transaction() {
  // A rollback that fails leaves nothing to do: SQLite has already given up the transaction.
  if (database_.in_transaction()) (void)database_.run("ROLLBACK");
}

void Transaction::run(const char* sql, Values values, const OnRow& on_row) {
  if (error_) return;
  auto done = database_.run(sql, values, on_row);
  if (!done) error_ = std::move(done).error();
}

std::optional<std::int64_t> Transaction::number(const char* sql, Values values) {
  if (error_) return std::nullopt;
  auto found = database_.number(sql, values);
  if (found) return *found;
  error_ = std::move(found).error();
  return std::nullopt;
}

Result<void> Transaction::commit() {
  run("COMMIT");
  if (error_) return *error_;
  return {};
}

}  // namespace nape::store
