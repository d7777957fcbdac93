// SPDX-License-Identifier: Apache-2.0
#include "store/rows.hpp"

#include "core/words.hpp"

namespace nape::store {
namespace {

template <class... Fs>
struct Overloaded : Fs... {
  using Fs::operator()...;
};
template <class... Fs>
Overloaded(Fs...) -> Overloaded<Fs...>;

Duration length(const auto& span) { return span.end.boot - span.begin.boot; }

/// A count that was not measured is not 0.
Value count(bool measured, std::uint64_t number) {
  return measured ? Value(number) : Value(nullptr);
}

std::string stage_detail(const BreakStage& stage) {
  std::string detail(word_for(stage.stage));
  if (!stage.reachable) detail += " unreachable";
  return detail;
}

}  // namespace

void RowWriter::on_boot(const std::string& boot_id) {
  tx_.run("INSERT OR IGNORE INTO boot(boot_id) VALUES (?)", {boot_id});
  boot_ = tx_.number("SELECT id FROM boot WHERE boot_id = ?", {boot_id});
}

void RowWriter::write(const Queue::Entry& entry) {
  std::visit(Overloaded{[&](const Effect& effect) { write(entry.at, effect); },
                        [&](const Checkpoint& checkpoint) { write(checkpoint); }},
             entry.what);
}

void RowWriter::write(Instant at, const Effect& effect) {
  std::visit(
      Overloaded{
          [&](const StretchEnded& ended) { put(ended.stretch, false); },
          [&](const InputSpan& span) { put(span, false); },
          [&](const SignalSpan& span) { put(span, false); },
          [&](const WindowSpan& span) { put(span, false); },
          [&](const Why& why) { put(at, why); },
          [&](const BreakDue& due) { put_event(at, "break.due", due.kind, nullptr); },
          [&](const BreakStage& s) { put_event(at, "break.stage", s.kind, stage_detail(s)); },
          [&](const BreakHeld& h) { put_event(at, "break.held", h.kind, word_for(h.reason)); },
          [&](const BreakBegan& began) { put_event(began.at, "break.began", began.kind, nullptr); },
          [&](const BreakEnded& ended) { put(at, ended); },
          [&](const Advice& advice) { put_event(at, "advice", nullptr, advice.about); },
          [&](const DayBegan& began) {
            days_.insert(began.day);
            put_event(at, "day.began", nullptr, std::to_string(began.day));
          },
          [](const auto&) {},
      },
      effect);
}

void RowWriter::write(const Checkpoint& checkpoint) {
  on_boot(checkpoint.clocks.boot_id);
  put_state(checkpoint);
  // 2 asks "still open?". What nobody answers for stays as it is, closed: its end was lost with
  // another life.
  tx_.run("UPDATE input_span SET open = 2 WHERE open <> 0");
  tx_.run("UPDATE signal_span SET open = 2 WHERE open <> 0");
  tx_.run("UPDATE window_span SET open = 2 WHERE open <> 0");
  tx_.run("UPDATE stretch SET open = 2 WHERE open <> 0");
  if (checkpoint.running) put(*checkpoint.running, true);
  if (checkpoint.open_input) put(*checkpoint.open_input, true);
  if (checkpoint.open_window) put(*checkpoint.open_window, true);
  for (const SignalSpan& span : checkpoint.open_signals) put(span, true);
  // "<> 0" again, or SQLite does not see that the index of open rows will do.
  tx_.run("UPDATE input_span SET open = 0 WHERE open <> 0 AND open = 2");
  tx_.run("UPDATE signal_span SET open = 0 WHERE open <> 0 AND open = 2");
  tx_.run("UPDATE window_span SET open = 0 WHERE open <> 0 AND open = 2");
  tx_.run("UPDATE stretch SET open = 0 WHERE open <> 0 AND open = 2");
}

void RowWriter::put_state(const Checkpoint& checkpoint) {
  const Clocks& clocks = checkpoint.clocks;
  tx_.run(
      "INSERT OR REPLACE INTO engine_state(id, state, boot_id, boot_ms, monotonic_ms, "
      "wall_unix_ms) "
      "VALUES (1, ?, ?, ?, ?, ?)",
      {checkpoint.engine_state, clocks.boot_id, clocks.boot, clocks.monotonic, clocks.wall});
}

// A beginning is found again by its wall time, which a reboot does not change, or, for a row that
// is still open, by its boot time, which a step of the wall clock does not change.

void RowWriter::put(const InputSpan& span, bool open) {
  const auto id = tx_.number(
      "SELECT id FROM input_span WHERE begin_unix_ms = ?1 UNION ALL SELECT id FROM input_span "
      "WHERE open <> 0 AND boot = ?2 AND begin_boot_ms = ?3 LIMIT 1",
      {span.begin.wall, boot_value(), span.begin.boot});
  const InputCounts& c = span.counts;
  const bool m = span.measured;
  tx_.run(
      "INSERT OR REPLACE INTO input_span(id, day, begin_unix_ms, end_unix_ms, length_ms, boot, "
      "begin_boot_ms, keys, clicks, scroll, motion, touch, pauses_1_s, pauses_2_s, pauses_4_s, "
      "pauses_8_s, open) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
      {id ? Value(*id) : nullptr, span.day, span.begin.wall, span.end.wall, length(span),
       boot_value(), span.begin.boot, count(m, c.keys), count(m, c.clicks), count(m, c.scroll),
       count(m, c.motion), count(m, c.touch), span.pauses[0], span.pauses[1], span.pauses[2],
       span.pauses[3], open});
  days_.insert(span.day);
}

void RowWriter::put(const SignalSpan& span, bool open) {
  const auto id = tx_.number(
      "SELECT id FROM signal_span WHERE begin_unix_ms = ?1 AND signal = ?4 UNION ALL SELECT id "
      "FROM signal_span WHERE open <> 0 AND boot = ?2 AND begin_boot_ms = ?3 AND signal = ?4 "
      "LIMIT 1",
      {span.begin.wall, boot_value(), span.begin.boot, span.what});
  tx_.run(
      "INSERT OR REPLACE INTO signal_span(id, signal, begin_unix_ms, end_unix_ms, length_ms, boot, "
      "begin_boot_ms, open) VALUES (?,?,?,?,?,?,?,?)",
      {id ? Value(*id) : nullptr, span.what, span.begin.wall, span.end.wall, length(span),
       boot_value(), span.begin.boot, open});
}

void RowWriter::put(const WindowSpan& span, bool open) {
  const auto app = application(span);
  const auto id = tx_.number(
      "SELECT id FROM window_span WHERE begin_unix_ms = ?1 AND application = ?4 UNION ALL SELECT "
      "id FROM window_span WHERE open <> 0 AND boot = ?2 AND begin_boot_ms = ?3 AND application = "
      "?4 LIMIT 1",
      {span.begin.wall, boot_value(), span.begin.boot, app});
  tx_.run(
      "INSERT OR REPLACE INTO window_span(id, application, fullscreen, begin_unix_ms, end_unix_ms, "
      "length_ms, boot, begin_boot_ms, open) VALUES (?,?,?,?,?,?,?,?,?)",
      {id ? Value(*id) : nullptr, app, span.fullscreen, span.begin.wall, span.end.wall,
       length(span), boot_value(), span.begin.boot, open});
}

std::int64_t RowWriter::application(const WindowSpan& span) {
  tx_.run("INSERT OR IGNORE INTO application(name, category) VALUES (?, ?)",
          {span.application, span.category});
  return tx_
      .number("SELECT id FROM application WHERE name = ? AND category = ?",
              {span.application, span.category})
      .value_or(0);
}

void RowWriter::put(const Stretch& stretch, bool open) {
  const auto id = tx_.number(
      "SELECT id FROM stretch WHERE begin_unix_ms = ?1 UNION ALL SELECT id FROM stretch WHERE open "
      "<> 0 AND boot = ?2 AND begin_boot_ms = ?3 LIMIT 1",
      {stretch.begin.wall, boot_value(), stretch.begin.boot});
  const InputCounts& c = stretch.counts;
  const bool m = stretch.counts_measured;
  tx_.run(
      "INSERT OR REPLACE INTO stretch(id, day, begin_unix_ms, end_unix_ms, length_ms, boot, "
      "begin_boot_ms, reason, band_180_ms, band_300_ms, band_600_ms, use_30_ms, use_60_ms, "
      "by_input_ms, by_passive_ms, keys, clicks, scroll, motion, touch, open) VALUES "
      "(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
      {id ? Value(*id) : nullptr,
       stretch.day,
       stretch.begin.wall,
       stretch.end.wall,
       stretch.length(),
       boot_value(),
       stretch.begin.boot,
       word_for(stretch.reason),
       stretch.band[0],
       stretch.band[1],
       stretch.band[2],
       stretch.use_30,
       stretch.use_60,
       stretch.by_input,
       stretch.by_passive,
       count(m, c.keys),
       count(m, c.clicks),
       count(m, c.scroll),
       count(m, c.motion),
       count(m, c.touch),
       open});
  // Replacing a row removes the parts that hung on it.
  put_parts(tx_.last_id(), stretch);
  days_.insert(stretch.day);
}

void RowWriter::put_parts(std::int64_t id, const Stretch& stretch) {
  const auto part = [&](const char* dimension, std::string_view name, Duration sitting) {
    if (sitting == Duration::zero()) return;
    tx_.run("INSERT INTO stretch_part(stretch, dimension, name, sitting_ms) VALUES (?, ?, ?, ?)",
            {id, dimension, name, sitting});
  };
  for (const auto& [name, sitting] : stretch.categories) part("category", name, sitting);
  for (const auto& [name, sitting] : stretch.applications) part("application", name, sitting);
  for (std::size_t setup = 0; setup < stretch.setups.size(); ++setup) {
    part("setup", word_for(static_cast<SetupKind>(setup)), stretch.setups[setup]);
  }
}

void RowWriter::put(Instant at, const BreakEnded& ended) {
  put_event(at, "break.ended", ended.kind, word_for(ended.outcome));
  tx_.run(
      "INSERT INTO break(day, kind, outcome, begin_unix_ms, at_unix_ms, rested_ms, paid_ms, "
      "owed_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      {ended.day, ended.kind, word_for(ended.outcome), ended.begin.wall, at.wall, ended.rested,
       ended.paid, ended.owed});
  break_days_.insert(ended.day);
}

void RowWriter::put(Instant at, const Why& why) {
  tx_.run(
      "INSERT INTO why(at_unix_ms, kind, verdict, because, owed_ms, every_ms, overdue_ms, "
      "since_proof_ms, presence) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      {at.wall, why.kind, word_for(why.verdict), why.because, why.owed, why.every, why.overdue,
       why.since_proof, word_for(why.presence)});
}

void RowWriter::put_event(Instant at, const char* event, Value kind, Value detail) {
  tx_.run("INSERT INTO event(at_unix_ms, event, kind, detail) VALUES (?, ?, ?, ?)",
          {at.wall, event, kind, detail});
}

// Recomputed, not incremented: a day has a few hundred rows, and a sum that is made anew cannot
// drift.
void RowWriter::roll_up() {
  for (const std::int32_t day : days_) {
    tx_.run(
        "INSERT OR REPLACE INTO day(day, sitting_input_ms, sitting_passive_ms, use_30_ms, "
        "use_60_ms, "
        "stretches, longest_180_ms, longest_300_ms, longest_600_ms, first_unix_ms, last_unix_ms, "
        "keys, clicks, scroll, motion, touch, unmeasured_spans, pauses_1_s, pauses_2_s, "
        "pauses_4_s, pauses_8_s) SELECT ?1, s.*, i.* FROM (SELECT "
        "coalesce(sum(by_input_ms), 0), coalesce(sum(by_passive_ms), 0), "
        "coalesce(sum(use_30_ms), 0), coalesce(sum(use_60_ms), 0), count(*), "
        "coalesce(max(band_180_ms), 0), coalesce(max(band_300_ms), 0), "
        "coalesce(max(band_600_ms), 0), min(begin_unix_ms), max(end_unix_ms) "
        "FROM stretch WHERE day = ?1) s, (SELECT sum(keys), sum(clicks), sum(scroll), "
        "sum(motion), sum(touch), count(*) - count(keys), coalesce(sum(pauses_1_s), 0), "
        "coalesce(sum(pauses_2_s), 0), coalesce(sum(pauses_4_s), 0), "
        "coalesce(sum(pauses_8_s), 0) FROM input_span WHERE day = ?1) i",
        {day});
    tx_.run("DELETE FROM day_part WHERE day = ?", {day});
    tx_.run(
        "INSERT INTO day_part(day, dimension, name, sitting_ms) SELECT ?1, p.dimension, p.name, "
        "sum(p.sitting_ms) FROM stretch s "
        "JOIN stretch_part p ON p.stretch = s.id WHERE s.day = ?1 GROUP BY p.dimension, p.name",
        {day});
  }
  for (const std::int32_t day : break_days_) {
    tx_.run("DELETE FROM day_break WHERE day = ?", {day});
    tx_.run(
        "INSERT INTO day_break(day, kind, outcome, n, rested_ms) SELECT ?1, kind, outcome, "
        "count(*), sum(rested_ms) FROM break "
        "WHERE day = ?1 GROUP BY kind, outcome",
        {day});
  }
}

}  // namespace nape::store
