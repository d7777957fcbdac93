// SPDX-License-Identifier: Apache-2.0
#include "store/retention.hpp"

#include <chrono>

namespace nape::store {
namespace {

/// The end, as wall time, of what is too old; none if nothing is. A day begins within a day of its
/// UTC midnight.
std::optional<WallTime> too_old(Transaction& transaction, int days) {
  const auto day =
      transaction.number("SELECT day FROM day ORDER BY day DESC LIMIT 1 OFFSET ?", {days});
  if (!day) return std::nullopt;
  return WallTime(std::chrono::hours(24 * *day));
}

}  // namespace

Result<bool> prune(Database& database, const Retention& retention) {
  Transaction transaction(database);
  bool more = false;
  const auto slice = [&](const char* sql, std::optional<WallTime> before) {
    if (!before) return;
    transaction.run(sql, {*before, retention.slice});
    if (!transaction.failed() && database.changes() == retention.slice) more = true;
  };
  const auto spans = too_old(transaction, retention.span_days);
  const auto whys = too_old(transaction, retention.why_days);
  slice(
      "DELETE FROM input_span WHERE id IN (SELECT id FROM input_span WHERE begin_unix_ms < ? AND "
      "open = 0 "
      "LIMIT ?)",
      spans);
  slice(
      "DELETE FROM signal_span WHERE id IN (SELECT id FROM signal_span WHERE begin_unix_ms < ? AND "
      "open = 0 "
      "LIMIT ?)",
      spans);
  slice(
      "DELETE FROM window_span WHERE id IN (SELECT id FROM window_span WHERE begin_unix_ms < ? AND "
      "open = 0 "
      "LIMIT ?)",
      spans);
  slice("DELETE FROM why WHERE id IN (SELECT id FROM why WHERE at_unix_ms < ? LIMIT ?)", whys);
  slice("DELETE FROM event WHERE id IN (SELECT id FROM event WHERE at_unix_ms < ? LIMIT ?)", whys);
  if (auto done = transaction.commit(); !done) return std::move(done).error();
  return more;
}

}  // namespace nape::store
