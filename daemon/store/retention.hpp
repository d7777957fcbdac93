// SPDX-License-Identifier: Apache-2.0
//
// How long details are kept. Counted in days on which the daemon ran, not in wall time: a clock
// that once stood in the year 2040 must not cost anybody their diary.
#pragma once

#include "core/result.hpp"
#include "store/sqlite.hpp"

namespace nape::store {

struct Retention {
  /// Input, signal and window spans: a year and a month, so that the same week of last year can be
  /// counted anew.
  int span_days = 400;
  /// The why-log and the record of transitions: a season, longer than anybody remembers a prompt.
  int why_days = 90;
  /// At most so many rows of a table in one transaction: some milliseconds.
  int slice = 500;
};

/// Deletes one slice; true while more is left.
Result<bool> prune(Database& database, const Retention& retention);

}  // namespace nape::store
