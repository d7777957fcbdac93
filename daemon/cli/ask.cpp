// SPDX-License-Identifier: Apache-2.0
#include "cli/ask.hpp"

#include <google/protobuf/util/json_util.h>

#include <cstdio>

#include "cli/options.hpp"

namespace nape::cli {

Answer<std::string> ask_json(const Client& client, std::string_view method,
                             const google::protobuf::Message& request,
                             std::chrono::milliseconds patience) {
  std::string body;
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  if (!google::protobuf::util::MessageToJsonString(request, &body, options).ok()) {
    return Failure{Failure::Why::broken, {}, tr("This cannot be told as JSON.")};
  }
  return client.call(method, Client::Codec::json, body, patience);
}

int report(const Failure& failure) {
  std::string text = "nape: " + failure.what + "\n";
  if (failure.why == Failure::Why::not_running) {
    text +=
        tr("Start it with: systemctl --user start naped (from a source tree: ./packaging/up)\n");
  }
  std::fwrite(text.data(), 1, text.size(), stderr);
  switch (failure.why) {
    case Failure::Why::not_running:
      return not_running;
    case Failure::Why::said_no:
      return refused;
    case Failure::Why::broken:
      return failed;
  }
  return failed;
}

void print(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fflush(stdout);
}

}  // namespace nape::cli
