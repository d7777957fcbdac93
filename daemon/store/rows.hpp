// SPDX-License-Identifier: Apache-2.0
//
// Turns queued effects and checkpoints into rows, inside a transaction of the caller's, which keeps
// the first error. A span or stretch is known by its beginning: what comes again replaces its row,
// so that neither the next checkpoint nor a second telling after a crash doubles it.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>

#include "store/queue.hpp"
#include "store/sqlite.hpp"

namespace nape::store {

class RowWriter {
 public:
  /// `boot`: row of the present boot in table boot; none while no checkpoint has told.
  RowWriter(Transaction& transaction, std::optional<std::int64_t> boot)
      : tx_(transaction), boot_(boot) {}

  /// From here on, boot times are of this boot.
  void on_boot(const std::string& boot_id);
  std::optional<std::int64_t> boot() const { return boot_; }

  void write(const Queue::Entry& entry);
  /// Brings the roll-ups of the touched days up to date; last thing before the commit.
  void roll_up();

 private:
  void write(Instant at, const Effect& effect);
  void write(const Checkpoint& checkpoint);
  void put_state(const Checkpoint& checkpoint);
  void put(const InputSpan& span, bool open);
  void put(const SignalSpan& span, bool open);
  void put(const WindowSpan& span, bool open);
  void put(const Stretch& stretch, bool open);
  void put_parts(std::int64_t id, const Stretch& stretch);
  void put(Instant at, const BreakEnded& ended);
  void put(Instant at, const Why& why);
  void put_event(Instant at, const char* event, Value kind, Value detail);
  std::int64_t application(const WindowSpan& span);
  Value boot_value() const { return boot_ ? Value(*boot_) : Value(nullptr); }

  Transaction& tx_;
  std::optional<std::int64_t> boot_;
  std::set<std::int32_t> days_;
  std::set<std::int32_t> break_days_;
};

}  // namespace nape::store
