// SPDX-License-Identifier: Apache-2.0
#include "config/listen.hpp"

#include <charconv>

#include "config/sentence.hpp"

namespace nape::config {

Result<Listen> listen_from(std::string_view text) {
  Listen listen;
  listen.is_default = false;
  if (text == "off") {
    listen.on = false;
    return listen;
  }
  const std::size_t colon = text.rfind(':');
  const std::string_view host = text.substr(0, colon);
  const std::string_view port =
      colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1);
  const auto [end, failure] = std::from_chars(port.data(), port.data() + port.size(), listen.port);
  if (port.empty() || failure != std::errc() || end != port.data() + port.size()) {
    return Error{say("{} names no port; write \"127.0.0.1:16273\", or \"off\"", in_quotes(text))};
  }
  if (host == "[::1]") {
    listen.address = "::1";
  } else if (host != "127.0.0.1" && host != "localhost") {
    return Error{say("{} is not this machine alone; write \"127.0.0.1:{}\", or \"off\"",
                     in_quotes(host), listen.port)};
  }
  return listen;
}

}  // namespace nape::config
