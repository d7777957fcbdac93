// SPDX-License-Identifier: Apache-2.0
#include "store/queries.hpp"

#include <algorithm>
#include <functional>

#include "core/words.hpp"
#include "store/migrate.hpp"
#include "store/sqlite.hpp"
#include "voice/tr.hpp"

namespace nape::store {
namespace {

/// A word of a neighbouring version falls back to the first enumerator rather than hiding its row.
template <class Enum>
Enum enumerator(const Row& row, int column) {
  return from_word<Enum>(row.text(column)).value_or(Enum{});
}

std::uint64_t unsigned_number(const Row& row, int column) {
  return static_cast<std::uint64_t>(row.integer(column));
}

/// Five columns from `first`; none where they were not measured.
std::optional<InputCounts> counts(const Row& row, int first) {
  if (row.is_null(first)) return std::nullopt;
  return InputCounts{unsigned_number(row, first), unsigned_number(row, first + 1),
                     unsigned_number(row, first + 2), unsigned_number(row, first + 3),
                     unsigned_number(row, first + 4)};
}

void put_part(const Row& row, std::map<std::string, Duration>& categories,
              std::array<Duration, 4>& setups, std::map<std::string, Duration>* applications) {
  const std::string dimension = row.text(1);
  if (dimension == "category") {
    categories[row.text(2)] = row.duration(3);
  } else if (dimension == "application" && applications != nullptr) {
    (*applications)[row.text(2)] = row.duration(3);
  } else if (const auto setup = from_word<SetupKind>(row.text(2)); dimension == "setup" && setup) {
    setups[static_cast<std::size_t>(*setup)] = row.duration(3);
  }
}

Day day_from(const Row& row) {
  Day day;
  day.day = static_cast<std::int32_t>(row.integer(0));
  day.sitting_input = row.duration(1);
  day.sitting_passive = row.duration(2);
  day.use_30 = row.duration(3);
  day.use_60 = row.duration(4);
  day.stretches = unsigned_number(row, 5);
  day.longest = {row.duration(6), row.duration(7), row.duration(8)};
  if (!row.is_null(9)) day.first = row.wall(9);
  if (!row.is_null(10)) day.last = row.wall(10);
  day.counts = counts(row, 11);
  day.counts_complete = row.integer(16) == 0;
  for (int bin = 0; bin < 4; ++bin) {
    day.pauses[static_cast<std::size_t>(bin)] = unsigned_number(row, 17 + bin);
  }
  return day;
}

StoredStretch stretch_from(const Row& row) {
  StoredStretch stored;
  Stretch& stretch = stored.stretch;
  stretch.day = static_cast<std::int32_t>(row.integer(1));
  stretch.begin = {row.boot(5), row.wall(2)};
  stretch.end = {row.boot(5) + row.duration(4), row.wall(3)};
  stretch.reason = enumerator<PresenceReason>(row, 6);
  stretch.band = {row.duration(7), row.duration(8), row.duration(9)};
  stretch.use_30 = row.duration(10);
  stretch.use_60 = row.duration(11);
  stretch.by_input = row.duration(12);
  stretch.by_passive = row.duration(13);
  const auto measured = counts(row, 14);
  stretch.counts_measured = measured.has_value();
  stretch.counts = measured.value_or(InputCounts{});
  stored.running = row.integer(19) != 0;
  return stored;
}

StoredWhy why_from(const Row& row) {
  return {row.wall(0), Why{row.text(1), enumerator<Verdict>(row, 2), row.text(3), row.duration(4),
                           row.duration(5), row.duration(6), row.duration(7),
                           enumerator<PresenceState>(row, 8)}};
}

/// The element with this key; the lists are short and the rows come in their order.
template <class List, class Key, class Of>
auto* element(List& list, const Key& key, Of of) {
  const auto found =
      std::find_if(list.begin(), list.end(), [&](const auto& item) { return of(item) == key; });
  return found == list.end() ? nullptr : &*found;
}

Result<void> add_sums(Database& database, std::int32_t from, std::int32_t to,
                      std::vector<Day>& days) {
  const auto number = [](const Day& day) -> std::int64_t { return day.day; };
  auto done = database.run(
      "SELECT day, dimension, name, sitting_ms FROM day_part WHERE day BETWEEN ? AND ?", {from, to},
      [&](const Row& row) {
        Day* day = element(days, row.integer(0), number);
        if (day != nullptr) put_part(row, day->categories, day->setups, nullptr);
      });
  if (!done) return done;
  return database.run(
      "SELECT day, kind, outcome, n, rested_ms FROM day_break WHERE day BETWEEN ? AND ?",
      {from, to}, [&](const Row& row) {
        Day* day = element(days, row.integer(0), number);
        if (day == nullptr) return;
        day->breaks.push_back(
            {row.text(1), enumerator<Outcome>(row, 2), unsigned_number(row, 3), row.duration(4)});
      });
}

}  // namespace

Result<History> History::open(const std::string& path) {
  auto opened = Database::open(path, Access::read_only);
  if (!opened) return std::move(opened).error();
  std::shared_ptr<Database> database = std::move(*opened);
  const int present = migrations().back().to;
  auto identity = identify(*database, present);
  if (!identity) return std::move(identity).error();
  auto version = database->number("PRAGMA user_version");
  if (!version) return std::move(version).error();
  if (*identity == Identity::ours && **version == present) return History(std::move(database));
  if (*identity == Identity::ours || *identity == Identity::empty) {
    return Error{
        say("{} is not of this version yet: naped brings it up to date when it starts", path)};
  }
  return Error{*identity == Identity::future ? say("{} was written by a newer Nape", path)
                                             : say("{} was not written by Nape", path)};
}

Result<std::optional<Day>> History::today(std::int32_t day) const {
  auto found = days(day, day);
  if (!found) return std::move(found).error();
  if (found->empty()) return std::optional<Day>();
  return std::optional<Day>(std::move(found->front()));
}

Result<std::vector<Day>> History::days(std::int32_t from, std::int32_t to) const {
  std::vector<Day> days;
  auto done = database_->run(
      "SELECT day, sitting_input_ms, sitting_passive_ms, use_30_ms, use_60_ms, stretches, "
      "longest_180_ms, longest_300_ms, longest_600_ms, first_unix_ms, last_unix_ms, keys, clicks, "
      "scroll, motion, touch, unmeasured_spans, pauses_1_s, pauses_2_s, pauses_4_s, pauses_8_s "
      "FROM day WHERE day BETWEEN ? AND ? ORDER BY day",
      {from, to}, [&](const Row& row) { days.push_back(day_from(row)); });
  if (done) done = add_sums(*database_, from, to, days);
  if (!done) return std::move(done).error();
  return days;
}

Result<std::vector<StoredStretch>> History::stretches(std::int32_t day) const {
  std::vector<StoredStretch> stretches;
  std::vector<std::int64_t> ids;
  auto done = database_->run(
      "SELECT id, day, begin_unix_ms, end_unix_ms, length_ms, begin_boot_ms, reason, band_180_ms, "
      "band_300_ms, band_600_ms, use_30_ms, use_60_ms, by_input_ms, by_passive_ms, keys, clicks, "
      "scroll, motion, touch, open FROM stretch WHERE day = ? ORDER BY id",
      {day}, [&](const Row& row) {
        ids.push_back(row.integer(0));
        stretches.push_back(stretch_from(row));
      });
  if (!done) return std::move(done).error();
  done = database_->run(
      "SELECT p.stretch, p.dimension, p.name, p.sitting_ms FROM stretch s JOIN stretch_part p ON "
      "p.stretch = s.id WHERE s.day = ?",
      {day}, [&](const Row& row) {
        const auto* id = element(ids, row.integer(0), std::identity{});
        if (id == nullptr) return;
        Stretch& stretch = stretches[static_cast<std::size_t>(id - ids.data())].stretch;
        put_part(row, stretch.categories, stretch.setups, &stretch.applications);
      });
  if (!done) return std::move(done).error();
  return stretches;
}

Result<std::vector<StoredBreak>> History::breaks(std::int32_t day) const {
  std::vector<StoredBreak> breaks;
  auto done = database_->run(
      "SELECT kind, outcome, begin_unix_ms, at_unix_ms, rested_ms, paid_ms, owed_ms FROM break "
      "WHERE day = ? ORDER BY id",
      {day}, [&](const Row& row) {
        breaks.push_back({row.text(0), enumerator<Outcome>(row, 1), row.wall(2), row.wall(3),
                          row.duration(4), row.duration(5), row.duration(6)});
      });
  if (!done) return std::move(done).error();
  return breaks;
}

Result<std::vector<StoredWhy>> History::why(const std::optional<std::string>& kind,
                                            int limit) const {
  std::vector<StoredWhy> entries;
  const auto add = [&](const Row& row) { entries.push_back(why_from(row)); };
  // Newest by id, the order in which they were known: a wall clock may have been set back.
  auto done = kind
                  ? database_->run(
                        "SELECT at_unix_ms, kind, verdict, because, owed_ms, every_ms, overdue_ms, "
                        "since_proof_ms, presence FROM why WHERE kind = ? ORDER BY id DESC LIMIT ?",
                        {*kind, limit}, add)
                  : database_->run(
                        "SELECT at_unix_ms, kind, verdict, because, owed_ms, every_ms, overdue_ms, "
                        "since_proof_ms, presence FROM why ORDER BY id DESC LIMIT ?",
                        {limit}, add);
  if (!done) return std::move(done).error();
  return entries;
}

Result<std::vector<Application>> History::top_applications(std::int32_t day, int limit) const {
  std::vector<Application> applications;
  auto done = database_->run(
      "SELECT name, sitting_ms FROM day_part WHERE day = ? AND dimension = 'application' ORDER BY "
      "sitting_ms DESC, name LIMIT ?",
      {day, limit}, [&](const Row& row) {
        applications.push_back({row.text(0), row.duration(1)});
      });
  if (!done) return std::move(done).error();
  return applications;
}

Result<bool> History::is_demo() const {
  auto demo = database_->number("SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'demo'");
  if (!demo) return std::move(demo).error();
  return demo->value_or(0) != 0;
}

Result<void> History::backup_to(const std::string& path) const { return copy_to(*database_, path); }

}  // namespace nape::store
