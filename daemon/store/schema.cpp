// SPDX-License-Identifier: Apache-2.0
#include "store/schema.hpp"

#include <array>

namespace nape::store {
namespace {

// Every row tells its wall times (_unix_ms) for people and its length (_ms) by the boot clock;
// walls are never subtracted. `boot` and `begin_boot_ms` place a span on the boot clock, for gaps
// between spans; `boot` is NULL where it was not known. `open` rows are still running: their end is
// that of the last checkpoint. `day` counts from 1970-01-01. Counts are NULL where they were not
// measured. No time is UNIQUE: a wall clock may show the same moment twice.
constexpr const char* version_1 = R"sql(
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE boot(id INTEGER PRIMARY KEY, boot_id TEXT NOT NULL UNIQUE) STRICT;

CREATE TABLE engine_state(
  id INTEGER PRIMARY KEY CHECK (id = 1),
  state TEXT NOT NULL,
  boot_id TEXT NOT NULL,
  boot_ms INTEGER NOT NULL,
  monotonic_ms INTEGER NOT NULL,
  wall_unix_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE input_span(
  id INTEGER PRIMARY KEY,
  day INTEGER NOT NULL,
  begin_unix_ms INTEGER NOT NULL,
  end_unix_ms INTEGER NOT NULL,
  length_ms INTEGER NOT NULL,
  boot INTEGER REFERENCES boot(id),
  begin_boot_ms INTEGER NOT NULL,
  keys INTEGER, clicks INTEGER, scroll INTEGER, motion INTEGER, touch INTEGER,
  pauses_1_s INTEGER NOT NULL, pauses_2_s INTEGER NOT NULL,
  pauses_4_s INTEGER NOT NULL, pauses_8_s INTEGER NOT NULL,
  open INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX input_span_begin ON input_span(begin_unix_ms);
CREATE INDEX input_span_day ON input_span(day);
CREATE INDEX input_span_open ON input_span(open) WHERE open <> 0;

CREATE TABLE signal_span(
  id INTEGER PRIMARY KEY,
  signal TEXT NOT NULL,
  begin_unix_ms INTEGER NOT NULL,
  end_unix_ms INTEGER NOT NULL,
  length_ms INTEGER NOT NULL,
  boot INTEGER REFERENCES boot(id),
  begin_boot_ms INTEGER NOT NULL,
  open INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX signal_span_begin ON signal_span(begin_unix_ms);
CREATE INDEX signal_span_open ON signal_span(open) WHERE open <> 0;

CREATE TABLE application(
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  category TEXT NOT NULL,
  UNIQUE (name, category)
) STRICT;

CREATE TABLE window_span(
  id INTEGER PRIMARY KEY,
  application INTEGER NOT NULL REFERENCES application(id),
  fullscreen INTEGER NOT NULL,
  begin_unix_ms INTEGER NOT NULL,
  end_unix_ms INTEGER NOT NULL,
  length_ms INTEGER NOT NULL,
  boot INTEGER REFERENCES boot(id),
  begin_boot_ms INTEGER NOT NULL,
  open INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX window_span_begin ON window_span(begin_unix_ms);
CREATE INDEX window_span_open ON window_span(open) WHERE open <> 0;

CREATE TABLE stretch(
  id INTEGER PRIMARY KEY,
  day INTEGER NOT NULL,
  begin_unix_ms INTEGER NOT NULL,
  end_unix_ms INTEGER NOT NULL,
  length_ms INTEGER NOT NULL,
  boot INTEGER REFERENCES boot(id),
  begin_boot_ms INTEGER NOT NULL,
  reason TEXT NOT NULL,
  band_180_ms INTEGER NOT NULL, band_300_ms INTEGER NOT NULL, band_600_ms INTEGER NOT NULL,
  use_30_ms INTEGER NOT NULL, use_60_ms INTEGER NOT NULL,
  by_input_ms INTEGER NOT NULL, by_passive_ms INTEGER NOT NULL,
  keys INTEGER, clicks INTEGER, scroll INTEGER, motion INTEGER, touch INTEGER,
  open INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX stretch_begin ON stretch(begin_unix_ms);
CREATE INDEX stretch_day ON stretch(day);
CREATE INDEX stretch_open ON stretch(open) WHERE open <> 0;

-- What a stretch was made of: dimension is category, application or setup.
CREATE TABLE stretch_part(
  stretch INTEGER NOT NULL REFERENCES stretch(id) ON DELETE CASCADE,
  dimension TEXT NOT NULL,
  name TEXT NOT NULL,
  sitting_ms INTEGER NOT NULL,
  PRIMARY KEY (stretch, dimension, name)
) STRICT, WITHOUT ROWID;

-- Every transition, for the record; `break` has the outcomes.
CREATE TABLE event(
  id INTEGER PRIMARY KEY,
  at_unix_ms INTEGER NOT NULL,
  event TEXT NOT NULL,
  kind TEXT,
  detail TEXT
) STRICT;
CREATE INDEX event_at ON event(at_unix_ms);

CREATE TABLE break(
  id INTEGER PRIMARY KEY,
  day INTEGER NOT NULL,
  kind TEXT NOT NULL,
  outcome TEXT NOT NULL,
  begin_unix_ms INTEGER NOT NULL,
  at_unix_ms INTEGER NOT NULL,
  rested_ms INTEGER NOT NULL,
  paid_ms INTEGER NOT NULL,
  owed_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX break_day ON break(day);

CREATE TABLE why(
  id INTEGER PRIMARY KEY,
  at_unix_ms INTEGER NOT NULL,
  kind TEXT NOT NULL,
  verdict TEXT NOT NULL,
  because TEXT NOT NULL,
  owed_ms INTEGER NOT NULL,
  every_ms INTEGER NOT NULL,
  overdue_ms INTEGER NOT NULL,
  since_proof_ms INTEGER NOT NULL,
  presence TEXT NOT NULL
) STRICT;
CREATE INDEX why_kind ON why(kind);
CREATE INDEX why_at ON why(at_unix_ms);

-- Sums over the rows of a day, open ones among them; kept when the spans are pruned.
CREATE TABLE day(
  day INTEGER PRIMARY KEY,
  sitting_input_ms INTEGER NOT NULL DEFAULT 0,
  sitting_passive_ms INTEGER NOT NULL DEFAULT 0,
  use_30_ms INTEGER NOT NULL DEFAULT 0,
  use_60_ms INTEGER NOT NULL DEFAULT 0,
  stretches INTEGER NOT NULL DEFAULT 0,
  longest_180_ms INTEGER NOT NULL DEFAULT 0,
  longest_300_ms INTEGER NOT NULL DEFAULT 0,
  longest_600_ms INTEGER NOT NULL DEFAULT 0,
  first_unix_ms INTEGER,
  last_unix_ms INTEGER,
  keys INTEGER, clicks INTEGER, scroll INTEGER, motion INTEGER, touch INTEGER,
  unmeasured_spans INTEGER NOT NULL DEFAULT 0,
  pauses_1_s INTEGER NOT NULL DEFAULT 0, pauses_2_s INTEGER NOT NULL DEFAULT 0,
  pauses_4_s INTEGER NOT NULL DEFAULT 0, pauses_8_s INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE day_part(
  day INTEGER NOT NULL,
  dimension TEXT NOT NULL,
  name TEXT NOT NULL,
  sitting_ms INTEGER NOT NULL,
  PRIMARY KEY (day, dimension, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE day_break(
  day INTEGER NOT NULL,
  kind TEXT NOT NULL,
  outcome TEXT NOT NULL,
  n INTEGER NOT NULL,
  rested_ms INTEGER NOT NULL,
  PRIMARY KEY (day, kind, outcome)
) STRICT, WITHOUT ROWID;
)sql";

constexpr std::array list{Migration{1, version_1}};

}  // namespace

std::span<const Migration> migrations() { return list; }

}  // namespace nape::store
