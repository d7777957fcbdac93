// SPDX-License-Identifier: Apache-2.0
//
// The control API (proto/nape/v1/control.proto) as a translation: a request of the Connect
// protocol's unary form in, calls on the Backend, an answer out. Has no socket, clock or timer: the
// HTTP server brings requests, the host says when something visible has changed and when a deadline
// has come. Backend must outlive it. Never echoes bytes of a client that are not valid text.
#pragma once

#include <memory>
#include <optional>

#include "control/backend.hpp"
#include "control/http_server.hpp"
#include "control/revision.hpp"
#include "core/time.hpp"

namespace nape::control {

struct Call;

class Service {
 public:
  explicit Service(Backend& backend);
  ~Service();
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  /// The prefix of all paths, for HttpServer::route.
  static constexpr const char* path = "/nape.v1.Control/";

  /// Answers now, or later where the method waits.
  void handle(const HttpRequest& request, Responder responder);

  /// To be called once after a turn in which something that a status shows may have changed. Costs
  /// nothing while nobody waits, and wakes those who do only if something has.
  void changed();

  /// When tick() must be called again; none while nobody waits.
  std::optional<BootTime> deadline() const;
  /// Answers those whose time has come.
  void tick(Instant now);

  /// Answers everybody who waits with `unavailable`. Safe twice.
  void stop();

 private:
  class Watchers;
  void look();
  void watch(const HttpRequest& request, const Call& call, Responder responder);

  Backend& backend_;
  Revision revision_;
  bool is_stopped_ = false;
  std::unique_ptr<Watchers> watchers_;
};

/// Routes the API to `service`, which must outlive the server.
void serve(HttpServer& server, Service& service);

}  // namespace nape::control
