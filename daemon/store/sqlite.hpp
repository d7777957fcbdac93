// SPDX-License-Identifier: Apache-2.0
//
// The little of SQLite that the store needs: one connection, statements kept for reuse, errors as
// values. A Database belongs to one thread. Instants and durations go in and out as integer
// milliseconds. Refuses nothing SQLite accepts.
#pragma once

#include <concepts>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "core/result.hpp"
#include "core/time.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace nape::store {

/// A parameter. Text is borrowed until the call returns.
class Value {
 public:
  Value(std::nullptr_t) {}
  Value(bool value) : held_(std::int64_t{value}) {}
  template <std::integral T>
  Value(T value)
      : held_(std::in_range<std::int64_t>(value) ? static_cast<std::int64_t>(value) : INT64_MAX) {}
  Value(Duration value) : held_(std::int64_t{value.count()}) {}
  Value(BootTime value) : Value(value.time_since_epoch()) {}
  Value(WallTime value) : Value(value.time_since_epoch()) {}
  Value(std::string_view value) : held_(value) {}
  Value(const std::string& value) : held_(std::string_view(value)) {}
  Value(const char* value) : held_(std::string_view(value)) {}

  int bind(sqlite3_stmt* statement, int position) const;

 private:
  std::variant<std::nullptr_t, std::int64_t, std::string_view> held_;
};
using Values = std::initializer_list<Value>;

/// One row of a result, valid inside the callback. Columns count from 0.
class Row {
 public:
  explicit Row(sqlite3_stmt* statement) : statement_(statement) {}
  bool is_null(int column) const;
  std::int64_t integer(int column) const;
  std::string text(int column) const;
  Duration duration(int column) const { return Duration(integer(column)); }
  BootTime boot(int column) const { return BootTime(duration(column)); }
  WallTime wall(int column) const { return WallTime(duration(column)); }

 private:
  sqlite3_stmt* statement_;
};
using OnRow = std::function<void(const Row&)>;

enum class Access { read_only, read_write };
/// What kind of failure the last one was, as far as the answer to it differs.
enum class Fault {
  none,
  corrupt,   ///< not a database, or a broken one: set it aside
  rejected,  ///< this value will never be accepted: drop it
  passing,   ///< full disk, I/O error, busy: try again later
};

class Database {
 public:
  /// Connects to an existing file. `vfs` empty: SQLite's own. Reads nothing yet: a broken file
  /// fails at first use.
  static Result<std::unique_ptr<Database>> open(const std::string& path, Access access,
                                                const std::string& vfs = {});
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  /// Any number of statements, rows ignored.
  Result<void> script(const std::string& sql);
  /// One statement. `sql` must be a literal: the prepared statement is kept under its address.
  Result<void> run(const char* sql, Values values = {}, const OnRow& on_row = {});
  /// The first column of the first row; none without rows.
  Result<std::optional<std::int64_t>> number(const char* sql, Values values = {});

  /// Closing will leave database and log as they are, for whoever wants to look into a broken one.
  void leave_log();
  std::int64_t last_id() const;
  int changes() const;
  bool in_transaction() const;
  /// Of the last call that failed.
  Fault fault() const { return fault_; }
  const std::string& path() const { return path_; }

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  Database(std::string path, sqlite3* connection);
  Result<sqlite3_stmt*> prepared(const char* sql);
  Error failure(int code);

  std::string path_;
  sqlite3* connection_;
  Fault fault_ = Fault::none;
  std::map<const char*, std::unique_ptr<sqlite3_stmt, Finalize>> statements_;
};

/// All or nothing. The first failure sticks: later calls do nothing, and commit() returns it. Rolls
/// back when it goes out of scope uncommitted. Must not outlive its Database.
class Transaction {
 public:
  explicit Transaction(Database& database);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  void run(const char* sql, Values values = {}, const OnRow& on_row = {});
  std::optional<std::int64_t> number(const char* sql, Values values = {});
  std::int64_t last_id() const { return database_.last_id(); }
  bool failed() const { return error_.has_value(); }
  Result<void> commit();

 private:
  Database& database_;
  std::optional<Error> error_;
};

}  // namespace nape::store
