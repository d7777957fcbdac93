// SPDX-License-Identifier: Apache-2.0
//
// Calls the API as a client would, without a socket.
#pragma once

#include <google/protobuf/util/json_util.h>

#include <memory>
#include <string>
#include <utility>

#include "control/service.hpp"
#include "tests/support/example_day.hpp"

namespace nape::tests {

struct Api {
  RecordingBackend backend = example_backend();
  control::Service service{backend};

  static control::HttpRequest request(const std::string& method, std::string body,
                                      const std::string& type = "application/json") {
    control::HttpRequest request;
    request.method = "POST";
    request.path = "/nape.v1.Control/" + method;
    request.headers = {{"content-type", type}};
    request.body = std::move(body);
    request.access = control::Access::everything;
    request.arrival = example_instant(std::chrono::hours(12));
    return request;
  }

  /// An exchange that may still be waiting.
  std::shared_ptr<RecordingExchange> begin(const control::HttpRequest& request) {
    auto exchange = std::make_shared<RecordingExchange>();
    service.handle(request, exchange);
    return exchange;
  }

  control::HttpResponse call(const control::HttpRequest& request) {
    return begin(request)->response.value();
  }
  control::HttpResponse call(const std::string& method, std::string body = "{}") {
    return call(request(method, std::move(body)));
  }

  template <class Message>
  Message ask(const std::string& method, std::string body = "{}") {
    const control::HttpResponse response = call(method, std::move(body));
    Message message;
    EXPECT_EQ(response.status, 200) << response.body;
    EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(response.body, &message).ok())
        << response.body;
    return message;
  }
};

}  // namespace nape::tests
