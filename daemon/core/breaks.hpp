// SPDX-License-Identifier: Apache-2.0
//
// The breaks of a policy: who is due, who speaks for whom, what is shown when, and what rest has
// paid. Design section 7 is this file's contract. It sees the world as a Scene and says what it
// wants as effects.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/effect.hpp"
#include "core/event.hpp"
#include "core/kind.hpp"
#include "core/saved.hpp"
#include "core/scene.hpp"
#include "core/snapshot.hpp"

namespace nape {

class Breaks {
 public:
  /// `policy` outlives this.
  explicit Breaks(const Policy& policy);
  /// The same accounts under another policy: kinds are known by their names; what is owed stays, up
  /// to the new `every`.
  void adopt(const Policy& policy, const Scene& scene, Effects& out);

  /// Confirmed time; called between before_input() and after_input(), or while evidence carries.
  void accrue_sitting(BootTime from, BootTime to);
  void accrue_use(BootTime from, BootTime to);

  /// Around every input that counts: rest ends, begun breaks are told, and a gap that paid a kind
  /// will not accrue.
  void before_input(const Scene& scene, BootTime at, Effects& out);
  void after_input();
  /// A gap that the person may correct later begins, or has ended.
  void begin_gap();
  void end_gap();

  /// `from` until `scene.now` passed under this scene.
  void pass(const Scene& scene, Duration time);
  /// Takes every decision that the moment asks for.
  void review(const Scene& scene, Effects& out);
  std::optional<BootTime> deadline(const Scene& scene) const;

  void on_calendar(const CalendarTurn& turn, bool new_day, BootTime now, Effects& out);
  /// From now on input can (not) be seen: what is unknown does not pay.
  void on_blind(bool blind, BootTime now);
  /// The daemon was not there until now; what lies before `rest` is neither rest nor use.
  void on_downtime(BootTime from, BootTime rest);
  void on_reach(Stage stage);

  std::optional<Refusal> start(const std::string& kind, const Scene& scene, Effects& out);
  std::optional<Refusal> postpone(const std::string& kind, const Scene& scene, Effects& out);
  std::optional<Refusal> skip(const std::string& kind, const Scene& scene, Effects& out);
  std::optional<Refusal> exit(const std::string& kind, const Scene& scene, Effects& out);
  void correct(word::Was::What what, Duration length, const Scene& scene, Effects& out);

  /// Some kind of sitting has grown enough for a lost rest to matter to the person.
  bool rest_matters() const;
  std::vector<KindStatus> status(const Scene& scene) const;
  void save(Saved& saved);

 private:
  Kind* find(const std::string& name);

  // breaks.cpp: accounts
  static void tell_lost(const Kind& old, const Scene& scene, Effects& out);
  bool in_begun(const Kind& kind) const;
  /// What the kind counts goes on at this moment.
  static bool is_there(const Kind& kind, const Scene& scene);
  std::optional<BootTime> rest_since(const Kind& kind, const Scene& scene) const;
  void update_run(Kind& kind, const Scene& scene, Effects& out);
  void close_run(Kind& kind, const Scene& scene, BootTime at, Effects& out);
  struct Rest {
    Outcome outcome;
    Instant begin;
    Duration rested;
    Duration paid;
    std::int32_t day;
  };
  void complete(Kind& kind, const Rest& rest, BootTime now, Effects& out);
  void input_in_begun(Kind& kind, const Scene& scene, BootTime at, Effects& out);
  void begin(Kind& kind, const Scene& scene, BootTime at, bool by_itself, Effects& out);
  void end_begun(Kind& kind, const Scene& scene, Outcome outcome, Effects& out);
  void silence(Kind& kind, const Scene& scene, Duration length, Outcome outcome, Effects& out);

  // ladder.cpp: what is shown
  void merge(const Scene& scene, Effects& out);
  bool speaks_for(const Kind& longer, const Kind& shorter, const Scene& scene) const;
  void become_due(Kind& kind, const Scene& scene, Effects& out);
  std::optional<HoldReason> hold_on(const Kind& kind, const Scene& scene) const;
  void climb(Kind& kind, const Scene& scene, Effects& out);
  bool is_rung_ready(const Kind& kind, const Scene& scene) const;
  static bool may_climb(const Kind& kind, const Scene& scene);
  /// A hold of the kind is on, spent or not.
  static bool is_held_back(const Kind& kind, const Scene& scene);
  bool waits_for_typing(Kind& kind, const Scene& scene, Effects& out);
  void show(Kind& kind, const Scene& scene, Effects& out);
  static BootTime still_since(const Kind& kind, const Scene& scene);
  void begin_by_itself(Kind& kind, const Scene& scene, Effects& out);
  bool may_begin_by_itself(const Kind& kind, const Scene& scene) const;
  bool another_prompts(const Kind& kind) const;

  // verdict.cpp: why
  Verdict verdict(const Kind& kind, const Scene& scene) const;
  std::string because(const Kind& kind, Verdict verdict, const Scene& scene) const;
  void tell_why(Kind& kind, const Scene& scene, Effects& out);

  std::vector<Kind> kinds_;
};

}  // namespace nape
