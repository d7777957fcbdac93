// SPDX-License-Identifier: Apache-2.0
//
// The Connect protocol's unary form (connectrpc.com/docs/protocol), server side: what makes a
// request acceptable, how messages become bodies, and how refusals look. Knows no method of ours.
// POST only, JSON and binary protobuf, no compression.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "control/http_server.hpp"
#include "core/time.hpp"

namespace google::protobuf {
class Message;
}

namespace nape::control {

/// Of the protocol's codes those that we send.
enum class Code {
  invalid_argument,
  not_found,
  failed_precondition,
  out_of_range,
  deadline_exceeded,
  resource_exhausted,
  unimplemented,
  unavailable,
  internal,
};

struct Problem {
  Code code = Code::internal;
  /// A sentence for people; cleaned before it is sent.
  std::string message;
};

enum class Codec { json, proto };

struct Call {
  Codec codec = Codec::json;
  /// Connect-Timeout-Ms, at most ten digits.
  std::optional<Duration> timeout;
};

/// The call that the headers describe, or the answer that refuses it.
std::variant<Call, HttpResponse> accept_call(const HttpRequest& request);

/// Reads the body into `message`. Refuses what is malformed, nests deeper than 32 or has fields
/// that `message` has not.
std::optional<Problem> decode(Codec codec, const std::string& body,
                              google::protobuf::Message& message);
HttpResponse encode(Codec codec, const google::protobuf::Message& message);

HttpResponse refuse(const Problem& problem);
/// No such method: the one code whose status here is that of a path that does not exist.
HttpResponse refuse_method();

}  // namespace nape::control
