// SPDX-License-Identifier: Apache-2.0
//
// Those who wait for a change. Each costs memory until answered, nothing else; there are at most
// `most` of them: one more, and the oldest is answered early, which the protocol allows at any
// time.
#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <optional>

#include "control/connect.hpp"
#include "control/http_server.hpp"
#include "control/service.hpp"

namespace nape::control {

class Service::Watchers {
 public:
  static constexpr std::size_t most = 64;

  /// `status` makes the answer for a codec.
  explicit Watchers(std::function<HttpResponse(Codec)> status) : status_(std::move(status)) {}

  /// `wait` at the longest; a call whose own time-out is shorter is refused when that runs out.
  void add(const Call& call, Responder responder, BootTime now, Duration wait);
  bool is_anybody_waiting() const { return !waiting_.empty(); }
  void answer_all();
  void refuse_all(const Problem& problem);
  std::optional<BootTime> deadline() const;
  void tick(BootTime now);

 private:
  struct Waiting {
    std::uint64_t id;
    Codec codec;
    BootTime until;
    bool is_timeout;
    Responder responder;
  };

  void answer(Waiting waiting);

  std::function<HttpResponse(Codec)> status_;
  std::list<Waiting> waiting_;
  std::uint64_t last_id_ = 0;
};

}  // namespace nape::control
