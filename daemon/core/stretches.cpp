// SPDX-License-Identifier: Apache-2.0
#include "core/stretches.hpp"

#include <algorithm>

#include "core/thresholds.hpp"

namespace nape {
namespace {

using thresholds::band_gaps;

/// More window changes than this between two proofs are a flickering desktop, not somebody's work.
constexpr std::size_t most_windows_between_proofs = 64;

void subtract(std::map<std::string, Duration>& from, const std::map<std::string, Duration>& what) {
  for (const auto& [name, time] : what) {
    from[name] -= time;
    if (from[name] <= Duration::zero()) from.erase(name);
  }
}

/// What a stretch grew by since it looked like `before`.
Stretch growth(Stretch now, const Stretch& before) {
  now.use_30 -= before.use_30;
  now.use_60 -= before.use_60;
  now.by_input -= before.by_input;
  now.by_passive -= before.by_passive;
  now.counts.keys -= before.counts.keys;
  now.counts.clicks -= before.counts.clicks;
  now.counts.scroll -= before.counts.scroll;
  now.counts.motion -= before.counts.motion;
  now.counts.touch -= before.counts.touch;
  for (std::size_t i = 0; i < now.setups.size(); ++i) now.setups[i] -= before.setups[i];
  subtract(now.categories, before.categories);
  subtract(now.applications, before.applications);
  return now;
}

}  // namespace

void Stretches::begin(Instant at, std::int32_t day) {
  const auto gap = last_end_ ? std::optional(at.boot - last_end_->boot) : std::nullopt;
  if (!gap || *gap > band_gaps[2]) begin_600_ = at;
  begin_180_ = at;
  running_.emplace();
  running_->begin = running_->end = at;
  running_->day = day;
  // What is in front now has been in front before; nobody sat there.
  seen_.assign(1, {at.boot, window_});
}

void Stretches::confirm(const Instant& from, const Instant& to, bool passive, Effects& out) {
  if (!running_) return;
  const auto length = to.boot - from.boot;
  auto& part = passive ? running_->by_passive : running_->by_input;
  part += length;
  (passive ? totals_.sitting_passive : totals_.sitting_input) += length;
  const auto setup = static_cast<std::size_t>(setup_kind());
  running_->setups[setup] += length;
  totals_.setups[setup] += length;
  if (!passive && length > band_gaps[0]) begin_180_ = to;
  running_->end = to;

  auto at = from;
  for (std::size_t i = 0; i + 1 < seen_.size(); ++i) {
    const auto until = from.at(std::clamp(seen_[i + 1].from, at.boot, to.boot));
    attribute(at, until, seen_[i].window, out);
    at = until;
  }
  attribute(at, to, window_, out);
  if (seen_.size() > 1) seen_.assign(1, {to.boot, window_});
}

void Stretches::attribute(const Instant& from, const Instant& to, const WindowChanged& window,
                          Effects& out) {
  const auto length = to.boot - from.boot;
  if (window_span_ &&
      (window_span_->application != window.application ||
       window_span_->fullscreen != window.fullscreen || window_span_->end.boot != from.boot)) {
    if (length > Duration::zero()) close_window_span(out);
  }
  if (window.application.empty() || length <= Duration::zero()) return;
  running_->categories[window.category] += length;
  running_->applications[window.application] += length;
  totals_.windows[window.category] += length;
  if (!window_span_)
    window_span_ = WindowSpan{window.application, window.category, window.fullscreen, from, to};
  window_span_->end = to;
}

void Stretches::close_window_span(Effects& out) {
  if (!window_span_) return;
  out.emplace_back(*window_span_);
  window_span_.reset();
}

Stretch Stretches::closed(PresenceReason reason) const {
  auto stretch = *running_;
  stretch.reason = reason;
  stretch.band = {stretch.end.boot - begin_180_.boot, stretch.length(),
                  stretch.end.boot - begin_600_.boot};
  return stretch;
}

std::optional<Stretch> Stretches::so_far() const {
  if (!running_) return std::nullopt;
  return closed(PresenceReason::input);
}

void Stretches::end(PresenceReason reason, Effects& out) {
  if (!running_) return;
  close_window_span(out);
  const auto stretch = closed(reason);
  running_.reset();
  pause_.reset();
  before_gap_.reset();
  ended_ = stretch.end;
  // Only a quiet that was too long for 300 s may have been short enough for 600 s.
  last_end_.reset();
  if (reason == PresenceReason::quiet) last_end_ = stretch.end;
  const auto minutes = std::chrono::ceil<std::chrono::minutes>(stretch.length()).count();
  const auto& bounds = stretch_bucket_minutes;
  const auto bucket = std::lower_bound(bounds.begin(), bounds.end(), minutes) - bounds.begin();
  ++totals_.stretch_buckets[static_cast<std::size_t>(bucket)];
  totals_.stretch_sum += stretch.length();
  out.emplace_back(StretchEnded{stretch});
}

void Stretches::count(const InputTally& tally) {
  if (tally.measured) totals_.counts += tally.counts;
  if (!running_) return;
  if (tally.measured) running_->counts += tally.counts;
  running_->counts_measured = running_->counts_measured && tally.measured;
}

void Stretches::use(Duration gap) {
  if (gap > thresholds::wide_use_gap) return;
  const bool narrow = gap <= thresholds::use_gap;
  (narrow ? totals_.use_under_30 : totals_.use_30_to_60) += gap;
  if (!running_) return;
  running_->use_60 += gap;
  if (narrow) running_->use_30 += gap;
}

void Stretches::on_window(const WindowChanged& window, BootTime at) {
  window_ = window;
  if (!running_) return;
  if (seen_.size() >= most_windows_between_proofs) seen_.pop_back();
  seen_.push_back({at, window});
}

void Stretches::on_setup(const SetupChanged& setup) {
  if (setup.display != Display::unknown) setup_.display = setup.display;
  if (setup.keyboard != Keyboard::unknown) setup_.keyboard = setup.keyboard;
}

SetupKind Stretches::setup_kind() const {
  switch (setup_.display) {
    case Display::laptop:
      return setup_.keyboard == Keyboard::external ? SetupKind::laptop_keyboard : SetupKind::laptop;
    case Display::external:
    case Display::both:
      return SetupKind::external;
    default:
      return SetupKind::unknown;
  }
}

// --- the person's corrections

void Stretches::begin_gap() {
  pause_.reset();
  if (running_) pause_ = Mark{*running_, begin_180_, begin_600_};
}

void Stretches::end_gap(const Instant& begin, const Instant& end) {
  // What evidence carried beyond the last input has been counted already.
  const bool carried = ended_ && ended_->boot > begin.boot;
  gap_ = Gap{carried ? *ended_ : begin, end};
  before_gap_ = pause_;
  pause_.reset();
}

bool Stretches::was_away(Duration length, Effects& out) {
  if (!running_ || !before_gap_ || !gap_ || before_gap_->stretch.begin != running_->begin)
    return false;
  const auto mark = *before_gap_;
  // What lies before the stretch is no part of it to take away.
  length = std::min(length, gap_->end.boot - mark.stretch.begin.boot);
  auto after = growth(*running_, mark.stretch);
  // The gap itself was counted, carried or bridged; what evidence carried goes first.
  const auto counted = gap_->end.boot - mark.stretch.end.boot;
  const auto passive = std::min(after.by_passive, counted);
  after.by_passive -= passive;
  after.by_input -= std::min(after.by_input, counted - passive);
  after.begin = gap_->end;
  running_ = mark.stretch;
  running_->end = gap_->end.after(-length);
  const bool long_piece = running_->end.boot - mark.stretch.end.boot > band_gaps[0];
  begin_180_ = long_piece ? running_->end : mark.begin_180;
  begin_600_ = mark.begin_600;
  running_->by_passive = std::min(running_->by_passive, running_->length());
  running_->by_input = running_->length() - running_->by_passive;
  end(PresenceReason::corrected, out);
  running_ = after;
  begin_180_ = begin_600_ = after.begin;
  gap_.reset();
  out.emplace_back(StretchBegan{after.begin});
  return true;
}

bool Stretches::was_reading(Duration length) {
  if (!running_ || !gap_ || gap_->end.boot != running_->begin.boot) return false;
  running_->begin = running_->begin.after(-length);
  running_->by_passive += length;
  totals_.sitting_passive += length;
  const auto setup = static_cast<std::size_t>(setup_kind());
  running_->setups[setup] += length;
  totals_.setups[setup] += length;
  begin_180_ =
      std::min(begin_180_, running_->begin, [](auto a, auto b) { return a.boot < b.boot; });
  begin_600_ =
      std::min(begin_600_, running_->begin, [](auto a, auto b) { return a.boot < b.boot; });
  return true;
}

// --- restart

namespace {

void save_instant(Saved& saved, const std::string& name, Instant& instant) {
  saved.field(name + "_boot", instant.boot);
  saved.field(name + "_wall", instant.wall);
}

void save_map(Saved& saved, const std::string& name, std::map<std::string, Duration>& map) {
  auto size = map.size();
  saved.field(name + "_size", size);
  if (saved.writing()) {
    std::size_t i = 0;
    for (const auto& entry : map) {
      auto [key, time] = std::pair<std::string, Duration>(entry);
      saved.field(name + "_key_" + std::to_string(i), key);
      saved.field(name + "_time_" + std::to_string(i++), time);
    }
    return;
  }
  for (std::size_t i = 0; i < size; ++i) {
    std::string key;
    Duration time{};
    saved.field(name + "_key_" + std::to_string(i), key);
    saved.field(name + "_time_" + std::to_string(i), time);
    map[key] = time;
  }
}

}  // namespace

void Stretches::save(Saved& saved) {
  saved.prefix("stretch.");
  bool has_end = last_end_.has_value();
  saved.field("has_last_end", has_end);
  if (has_end && !last_end_) last_end_.emplace();
  if (has_end) save_instant(saved, "last_end", *last_end_);
  bool has_ended = ended_.has_value();
  saved.field("has_ended", has_ended);
  if (has_ended && !ended_) ended_.emplace();
  if (has_ended) save_instant(saved, "ended", *ended_);
  bool is_running = running_.has_value();
  saved.field("running", is_running);
  if (is_running) {
    if (!running_) running_.emplace();
    save_instant(saved, "begin", running_->begin);
    save_instant(saved, "end", running_->end);
    save_instant(saved, "begin_180", begin_180_);
    save_instant(saved, "begin_600", begin_600_);
    saved.field("day", running_->day);
    saved.field("use_30", running_->use_30);
    saved.field("use_60", running_->use_60);
    saved.field("by_input", running_->by_input);
    saved.field("by_passive", running_->by_passive);
    saved.field("keys", running_->counts.keys);
    saved.field("clicks", running_->counts.clicks);
    saved.field("scroll", running_->counts.scroll);
    saved.field("motion", running_->counts.motion);
    saved.field("touch", running_->counts.touch);
    saved.field("counts_measured", running_->counts_measured);
    for (std::size_t i = 0; i < running_->setups.size(); ++i) {
      saved.field("setup_" + std::to_string(i), running_->setups[i]);
    }
    save_map(saved, "category", running_->categories);
    save_map(saved, "application", running_->applications);
  }
  saved.prefix("");
}

}  // namespace nape
