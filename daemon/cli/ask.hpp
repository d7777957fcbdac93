// SPDX-License-Identifier: Apache-2.0
//
// Messages to the daemon and back, and what to tell the person when there is no answer.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <utility>

#include "cli/client.hpp"
#include "nape/v1/control.pb.h"
#include "voice/tr.hpp"

namespace nape::cli {

template <class Response>
Answer<Response> ask(const Client& client, std::string_view method,
                     const google::protobuf::Message& request,
                     std::chrono::milliseconds patience = std::chrono::seconds(10)) {
  auto answer = client.call(method, Client::Codec::proto, request.SerializeAsString(), patience);
  if (auto* failure = std::get_if<Failure>(&answer)) return std::move(*failure);
  Response response;
  if (!response.ParseFromString(std::get<std::string>(answer))) {
    return Failure{Failure::Why::broken,
                   {},
                   tr("The daemon answers in a language that this program does not know.")};
  }
  return response;
}

/// The answer as the API's JSON, for --json.
Answer<std::string> ask_json(const Client& client, std::string_view method,
                             const google::protobuf::Message& request,
                             std::chrono::milliseconds patience = std::chrono::seconds(10));

/// Prints the failure to standard error, with what would help, and returns the exit code.
int report(const Failure& failure);

void print(std::string_view text);

}  // namespace nape::cli
