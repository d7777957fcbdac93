// SPDX-License-Identifier: Apache-2.0
//
// The running sitting stretch: what it is made of, its band, and the counters that grow with it.
// Takes confirmed time only, so that nothing it holds is ever withdrawn, except by the person's own
// correction.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/effect.hpp"
#include "core/saved.hpp"
#include "core/snapshot.hpp"
#include "core/time.hpp"

namespace nape {

class Stretches {
 public:
  void begin(Instant at, std::int32_t day);
  /// Sitting in [from, to) is certain. A bridged gap is one piece and moves the band.
  void confirm(const Instant& from, const Instant& to, bool passive, Effects& out);
  /// Ends where confirmation ended.
  void end(PresenceReason reason, Effects& out);
  bool running() const { return running_.has_value(); }
  /// Confirmed length of the running stretch.
  Duration length() const { return running_ ? running_->length() : Duration::zero(); }
  /// As it would end now.
  std::optional<Stretch> so_far() const;

  void count(const InputTally& tally);
  /// A gap between inputs that counts as use at 30 or at 60 s.
  void use(Duration gap);
  void on_window(const WindowChanged& window, BootTime at);
  void on_setup(const SetupChanged& setup);

  /// Remembers the stretch as it stands when a gap begins, and the gap when it ends, for a
  /// correction of that gap.
  void begin_gap();
  void end_gap(const Instant& begin, const Instant& end);
  /// The last `length` of the marked gap were spent away: the stretch ends before it, another
  /// begins after it.
  bool was_away(Duration length, Effects& out);
  /// The last `length` of the gap before the running stretch were spent reading.
  bool was_reading(Duration length);
  struct Gap {
    Instant begin;
    Instant end;
    Duration length() const { return end.boot - begin.boot; }
  };
  const std::optional<Gap>& last_gap() const { return gap_; }

  const WindowChanged& window() const { return window_; }
  const SetupChanged& setup() const { return setup_; }
  SetupKind setup_kind() const;
  std::optional<WindowSpan> open_window() const { return window_span_; }
  /// Counters since this object was made.
  Totals& totals() { return totals_; }
  const Totals& totals() const { return totals_; }

  void save(Saved& saved);

 private:
  struct WindowSeen {
    BootTime from;
    WindowChanged window;
  };

  void attribute(const Instant& from, const Instant& to, const WindowChanged& window, Effects& out);
  void close_window_span(Effects& out);
  Stretch closed(PresenceReason reason) const;

  std::optional<Stretch> running_;
  /// Begins of the pieces at 180 and 600 s.
  Instant begin_180_;
  Instant begin_600_;
  std::optional<Instant> last_end_;
  /// Where the last stretch ended, for whatever reason.
  std::optional<Instant> ended_;

  /// The stretch as it stood when a pause began.
  struct Mark {
    Stretch stretch;
    Instant begin_180;
    Instant begin_600;
  };

  std::optional<Gap> gap_;
  /// Of the pause that is running, and of `gap_`.
  std::optional<Mark> pause_;
  std::optional<Mark> before_gap_;

  WindowChanged window_;
  /// Windows since the last confirmation, the present one last.
  std::vector<WindowSeen> seen_;
  std::optional<WindowSpan> window_span_;
  SetupChanged setup_;
  Totals totals_;
};

}  // namespace nape
