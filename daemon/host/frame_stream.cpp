// SPDX-License-Identifier: Apache-2.0
#include "host/frame_stream.hpp"

#include "nape/v1/observation.pb.h"

namespace nape::host {

FrameStream::FrameStream(const PluginSpec& spec, BootTime spawned, PluginStatus& status)
    : flood_seconds_(spec.limits.flood_seconds),
      status_(status),
      gate_(spec.limits, spec.kind, spawned, status.faults) {}

std::optional<FrameStream::Offence> FrameStream::feed(BootTime now, std::string_view bytes,
                                                      const Taker& take) {
  reader_.feed(bytes);
  v1::Observation frame;
  std::optional<Offence> offence;
  while (const auto message = reader_.next()) {
    if (!gate_.take_frame(now)) return on_flood(now);
    if (check(now, *message, frame, offence) && !take(frame)) return std::nullopt;
    if (offence) return offence;
  }
  return broken();
}

std::optional<FrameStream::Offence> FrameStream::on_flood(BootTime now) {
  status_.dropped += 1 + reader_.skip_whole_frames();
  rests_until_ = flood_.on_flood(now, flood_seconds_);
  if (!rests_until_) return Offence{PluginFault::flood, "wrote too many frames for too long"};
  count(PluginFault::flood);
  return broken();
}

bool FrameStream::check(BootTime now, std::string_view bytes, v1::Observation& frame,
                        std::optional<Offence>& offence) {
  ++status_.frames;
  const Parsed parsed = parse_observation(bytes, frame);
  if (parsed == Parsed::garbage) {
    offence = {PluginFault::garbage, "wrote a frame that is no observation"};
    return false;
  }
  const bool is_hello = parsed == Parsed::whole && frame.has_hello();
  if (!is_greeted_ && parsed == Parsed::whole && !is_hello) {
    offence = {PluginFault::garbage, "its first frame is no hello"};
    return false;
  }
  if (parsed == Parsed::bad_text) count(PluginFault::text);
  if (is_greeted_ && is_hello) count(PluginFault::misplaced);
  if (parsed == Parsed::bad_text || (is_greeted_ && is_hello) || !gate_.admit(now, frame)) {
    ++status_.dropped;
    return false;
  }
  is_greeted_ = true;
  return true;
}

std::optional<FrameStream::Offence> FrameStream::broken() const {
  switch (reader_.fault()) {
    case wire::FrameReader::Fault::malformed:
      return Offence{PluginFault::garbage, "wrote bytes that are no frames"};
    case wire::FrameReader::Fault::oversize:
      return Offence{PluginFault::oversize, "wrote a frame of more than 64 KiB"};
    case wire::FrameReader::Fault::none:
      break;
  }
  return std::nullopt;
}

}  // namespace nape::host
