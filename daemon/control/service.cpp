// SPDX-License-Identifier: Apache-2.0
#include "control/service.hpp"

#include <google/protobuf/stubs/logging.h>

#include <cmath>
#include <string_view>
#include <utility>

#include "control/connect.hpp"
#include "control/methods.hpp"
#include "control/watchers.hpp"
#include "voice/tr.hpp"

namespace nape::control {

Service::Service(Backend& backend) : backend_(backend), revision_(backend) {
  // It would write what clients send wrong to standard error, where anybody could fill the log with
  // it.
  google::protobuf::SetLogHandler(nullptr);
  watchers_ = std::make_unique<Watchers>(
      [this](Codec codec) { return encode(codec, status_message(backend_, revision_.number())); });
}

Service::~Service() = default;

void Service::handle(const HttpRequest& request, Responder responder) {
  const std::string_view prefix = path;
  const std::string_view asked = request.path;
  const bool is_ours = asked.substr(0, prefix.size()) == prefix;
  const std::string_view name = is_ours ? asked.substr(prefix.size()) : std::string_view{};
  const Method* method = find_method(name);
  if (method == nullptr && name != "Watch") return responder->respond(refuse_method());
  const auto accepted = accept_call(request);
  if (const auto* refusal = std::get_if<HttpResponse>(&accepted))
    return responder->respond(*refusal);
  const Call& call = std::get<Call>(accepted);
  if (is_stopped_)
    return responder->respond(refuse({Code::unavailable, tr("The daemon is stopping.")}));
  look();
  if (method == nullptr) return watch(request, call, std::move(responder));
  (*method)(Turn{backend_, request, call, revision_, std::move(responder)});
}

void Service::watch(const HttpRequest& request, const Call& call, Responder responder) {
  v1::WatchRequest asked;
  if (const auto problem = decode(call.codec, request.body, asked))
    return responder->respond(refuse(*problem));
  const double wait = asked.has_wait_seconds() ? asked.wait_seconds() : 600;
  if (!std::isfinite(wait) || wait < 0 || wait > 3600) {
    return responder->respond(
        refuse({Code::invalid_argument, tr("wait_seconds must be 0 to 3600.")}));
  }
  const Duration longest(std::llround(wait * 1000));
  if (asked.since() != revision_.number() || longest == Duration::zero()) {
    return responder->respond(encode(call.codec, status_message(backend_, revision_.number())));
  }
  watchers_->add(call, std::move(responder), request.arrival.boot, longest);
}

void Service::changed() {
  if (watchers_->is_anybody_waiting()) look();
}

void Service::look() {
  if (revision_.look()) watchers_->answer_all();
}

std::optional<BootTime> Service::deadline() const { return watchers_->deadline(); }

void Service::tick(Instant now) { watchers_->tick(now.boot); }

void Service::stop() {
  is_stopped_ = true;
  watchers_->refuse_all({Code::unavailable, tr("The daemon is stopping.")});
}

void serve(HttpServer& server, Service& service) {
  // Every method comes here, so that the refusals are Connect's.
  server.route(Service::path, {"GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"},
               [&service](const HttpRequest& request, Responder responder) {
                 service.handle(request, std::move(responder));
               });
}

}  // namespace nape::control
