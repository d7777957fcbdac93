// SPDX-License-Identifier: Apache-2.0
//
// Keeps web pages out. A browser on this machine runs as the person and may connect to loopback, so
// the uid alone does not protect from the pages that it shows: a foreign name that resolves to
// 127.0.0.1 (DNS rebinding) fails on Host, a foreign page's request on Origin, Referer or
// Sec-Fetch-Site. Pure decisions; the Unix socket needs none of them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "control/http_server.hpp"

namespace nape::control {

/// The authorities that name this server, in lower case: "localhost:16273", "127.0.0.1:16273",
/// "[::1]:16273" and the configured address.
std::vector<std::string> own_authorities(std::string_view listen_address, std::uint16_t port);

/// The answer to a request that a foreign page or name caused; none if it may go on.
std::optional<HttpResponse> stranger_at_the_door(const HttpHeaders& headers,
                                                 const std::vector<std::string>& own);

/// Takes "http://AUTHORITY" off an absolute target; the path otherwise. None if it is neither or
/// the authority is foreign.
std::optional<std::string_view> origin_form(std::string_view target,
                                            const std::vector<std::string>& own);

/// Equal but for the case of ASCII letters.
bool same_word(std::string_view a, std::string_view b);

}  // namespace nape::control
