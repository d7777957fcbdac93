// SPDX-License-Identifier: Apache-2.0
//
// The answer's side of HTTP/1.1 as text. Never copies a client's bytes.
#pragma once

#include <string>
#include <string_view>

#include "control/http_server.hpp"

namespace nape::control {

enum class Connection { keep_alive, close };

/// Status line and headers up to and with the empty line. Sets length, date, what keeps pages of
/// others out, and what keeps the answer out of caches. A header of `response` with a control
/// character is left out.
std::string response_head(const HttpResponse& response, Connection connection, WallTime date);

/// No body may follow it, not even an empty one's length.
bool is_bodyless(int status);

/// "Sun, 06 Nov 1994 08:49:37 GMT", in English whatever the locale.
std::string http_date(WallTime at);

}  // namespace nape::control
