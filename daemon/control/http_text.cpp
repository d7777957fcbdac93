// SPDX-License-Identifier: Apache-2.0
#include "control/http_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "control/http_guard.hpp"

namespace nape::control {
namespace {

std::string_view reason_phrase(int status) {
  struct Phrase {
    int status;
    std::string_view words;
  };
  static constexpr std::array phrases{
      Phrase{200, "OK"},
      Phrase{204, "No Content"},
      Phrase{301, "Moved Permanently"},
      Phrase{302, "Found"},
      Phrase{304, "Not Modified"},
      Phrase{400, "Bad Request"},
      Phrase{401, "Unauthorized"},
      Phrase{403, "Forbidden"},
      Phrase{404, "Not Found"},
      Phrase{405, "Method Not Allowed"},
      Phrase{406, "Not Acceptable"},
      Phrase{408, "Request Timeout"},
      Phrase{409, "Conflict"},
      Phrase{412, "Precondition Failed"},
      Phrase{413, "Content Too Large"},
      Phrase{415, "Unsupported Media Type"},
      Phrase{417, "Expectation Failed"},
      Phrase{429, "Too Many Requests"},
      Phrase{431, "Request Header Fields Too Large"},
      Phrase{500, "Internal Server Error"},
      Phrase{501, "Not Implemented"},
      Phrase{503, "Service Unavailable"},
      Phrase{504, "Gateway Timeout"},
      Phrase{505, "HTTP Version Not Supported"},
  };
  const auto found = std::find_if(phrases.begin(), phrases.end(),
                                  [&](const auto& phrase) { return phrase.status == status; });
  return found == phrases.end() ? "Status" : found->words;
}

bool is_printable(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7F;
  });
}

bool has(const HttpHeaders& headers, std::string_view name) {
  return std::any_of(headers.begin(), headers.end(),
                     [&](const auto& header) { return same_word(header.first, name); });
}

}  // namespace

std::string HttpRequest::header(std::string_view name) const {
  std::string joined;
  for (const auto& [key, value] : headers) {
    if (same_word(key, name)) joined += (joined.empty() ? "" : ", ") + value;
  }
  return joined;
}

HttpResponse http_problem(int status, std::string_view sentence) {
  return {status, "text/plain; charset=utf-8", std::string(sentence) + "\n", {}};
}

bool is_bodyless(int status) { return status == 204 || status == 304 || status < 200; }

std::string http_date(WallTime at) {
  static constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::seconds>(at - day));
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT",
                     days.at(std::chrono::weekday(day).c_encoding()), unsigned(date.day()),
                     months.at(unsigned(date.month()) - 1), int(date.year()), time.hours().count(),
                     time.minutes().count(), time.seconds().count());
}

std::string response_head(const HttpResponse& response, Connection connection, WallTime date) {
  std::string out =
      fmt::format("HTTP/1.1 {} {}\r\n", response.status, reason_phrase(response.status));
  const auto add = [&](std::string_view name, std::string_view value) {
    if (is_printable(name) && is_printable(value)) out += fmt::format("{}: {}\r\n", name, value);
  };
  const auto add_unless_given = [&](std::string_view name, std::string_view value) {
    if (!has(response.headers, name)) add(name, value);
  };
  add("Date", http_date(date));
  if (!is_bodyless(response.status)) {
    add("Content-Length", std::to_string(response.body.size()));
    if (!response.content_type.empty()) add("Content-Type", response.content_type);
  }
  add_unless_given("Cache-Control", "no-store");
  add_unless_given("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
  add("X-Content-Type-Options", "nosniff");
  add("X-Frame-Options", "DENY");
  add("Cross-Origin-Resource-Policy", "same-origin");
  add("Referrer-Policy", "no-referrer");
  for (const auto& [name, value] : response.headers) add(name, value);
  if (connection == Connection::close) add("Connection", "close");
  return out + "\r\n";
}

}  // namespace nape::control
