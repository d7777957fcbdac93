// SPDX-License-Identifier: Apache-2.0
//
// The output of one run of a plugin: bytes go in, frames that have passed every check come out.
// What can be dropped is dropped and counted; what cannot be forgiven is returned. Made anew for
// each run; the plugin's status, in which it counts, outlives it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/time.hpp"
#include "host/frame_gate.hpp"
#include "host/plugin_status.hpp"
#include "wire/frame_reader.hpp"

namespace nape::host {

class FrameStream {
 public:
  /// What costs a plugin its life; not yet counted.
  struct Offence {
    PluginFault fault = PluginFault::garbage;
    std::string reason;
  };
  /// Returns false when no more frames are wanted.
  using Taker = std::function<bool(v1::Observation& frame)>;

  FrameStream(const PluginSpec& spec, BootTime spawned, PluginStatus& status);

  /// The first frame that `take` gets is a Hello, and no other is.
  std::optional<Offence> feed(BootTime now, std::string_view bytes, const Taker& take);

  /// It has said too much and is not to be read from before this time.
  std::optional<BootTime> rests_until() const { return rests_until_; }
  void resume() { rests_until_.reset(); }

 private:
  std::optional<Offence> on_flood(BootTime now);
  /// True: `frame` is to be taken.
  bool check(BootTime now, std::string_view bytes, v1::Observation& frame,
             std::optional<Offence>& offence);
  std::optional<Offence> broken() const;
  void count(PluginFault fault) { ++status_.faults[static_cast<std::size_t>(fault)]; }

  int flood_seconds_;
  PluginStatus& status_;
  wire::FrameReader reader_;
  FrameGate gate_;
  FloodWatch flood_;
  std::optional<BootTime> rests_until_;
  bool is_greeted_ = false;
};

}  // namespace nape::host
