// SPDX-License-Identifier: Apache-2.0
#include "control/http_guard.hpp"

#include <algorithm>

namespace nape::control {
namespace {

constexpr std::string_view scheme = "http://";

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_own(std::string_view authority, const std::vector<std::string>& own) {
  return std::any_of(own.begin(), own.end(),
                     [&](const auto& name) { return same_word(name, authority); });
}

/// An Origin or a Referer that this server's own page sends.
bool is_own_url(std::string_view url, const std::vector<std::string>& own) {
  if (!same_word(url.substr(0, scheme.size()), scheme)) return false;
  url.remove_prefix(scheme.size());
  return is_own(url.substr(0, url.find_first_of("/?#")), own);
}

}  // namespace

bool same_word(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

std::vector<std::string> own_authorities(std::string_view listen_address, std::uint16_t port) {
  const std::string suffix = ":" + std::to_string(port);
  std::vector<std::string> own{"localhost" + suffix, "127.0.0.1" + suffix, "[::1]" + suffix};
  const std::string configured = std::string(listen_address) + suffix;
  if (!is_own(configured, own)) own.push_back(configured);
  return own;
}

std::optional<HttpResponse> stranger_at_the_door(const HttpHeaders& headers,
                                                 const std::vector<std::string>& own) {
  int hosts = 0;
  for (const auto& [name, value] : headers) {
    if (same_word(name, "Host")) {
      ++hosts;
      if (!is_own(value, own))
        return http_problem(403, "This server is not known by the name in Host.");
    }
    if ((same_word(name, "Origin") || same_word(name, "Referer")) && !is_own_url(value, own))
      return http_problem(403, "Requests from other pages are refused.");
    // Other ports of localhost are the same *site*, and still not this page.
    if (same_word(name, "Sec-Fetch-Site") && !same_word(value, "same-origin") &&
        !same_word(value, "none"))
      return http_problem(403, "Requests from other sites are refused (Sec-Fetch-Site).");
  }
  if (hosts != 1) return http_problem(400, "There must be exactly one Host header.");
  return std::nullopt;
}

std::optional<std::string_view> origin_form(std::string_view target,
                                            const std::vector<std::string>& own) {
  if (target.starts_with('/')) return target;
  if (!is_own_url(target, own)) return std::nullopt;
  target.remove_prefix(scheme.size());
  const auto path = target.find('/');
  return path == std::string_view::npos ? std::string_view("/") : target.substr(path);
}

}  // namespace nape::control
