// SPDX-License-Identifier: Apache-2.0
#include "cli/http_answer.hpp"

#include <charconv>
#include <cstdint>

#include "voice/tr.hpp"

namespace nape::cli {
namespace {

Failure malformed() { return {Failure::Why::broken, {}, tr("What answers there is not naped.")}; }

template <class Number>
std::optional<Number> number(std::string_view digits, int base = 10) {
  Number value{};
  const char* end = digits.data() + digits.size();
  const auto read = std::from_chars(digits.data(), end, value, base);
  if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
  return value;
}

/// The value of a header, in the spelling of the daemon's server or in lower case.
std::optional<std::string_view> header(std::string_view head, std::string_view name,
                                       std::string_view lower) {
  for (const std::string_view key : {name, lower}) {
    const std::string line = "\r\n" + std::string(key) + ": ";
    const auto at = head.find(line);
    if (at == std::string_view::npos) continue;
    const std::string_view value = head.substr(at + line.size());
    return value.substr(0, value.find("\r\n"));
  }
  return std::nullopt;
}

void append_utf8(std::string& text, unsigned point) {
  if (point < 0x80) {
    text += static_cast<char>(point);
  } else if (point < 0x800) {
    text += static_cast<char>(0xC0 | (point >> 6));
    text += static_cast<char>(0x80 | (point & 0x3F));
  } else {
    text += static_cast<char>(0xE0 | (point >> 12));
    text += static_cast<char>(0x80 | ((point >> 6) & 0x3F));
    text += static_cast<char>(0x80 | (point & 0x3F));
  }
}

/// Reads the escape that begins after a backslash and returns its length. The daemon writes
/// characters beyond U+FFFF as themselves, so surrogates do not occur.
std::size_t append_escape(std::string& text, std::string_view escape) {
  if (escape.empty()) return 0;
  switch (escape.front()) {
    case 'n':
      text += '\n';
      return 1;
    case 't':
      text += '\t';
      return 1;
    case 'r':
      text += '\r';
      return 1;
    case 'u': {
      const auto point = number<unsigned>(escape.substr(1, 4), 16);
      if (point && escape.size() >= 5) append_utf8(text, *point);
      return 5;
    }
    default:
      text += escape.front();
      return 1;
  }
}

}  // namespace

Answer<std::string> read_answer(std::string_view text) {
  if (text.empty()) {
    return Failure{Failure::Why::broken,
                   {},
                   tr("The daemon hung up without a word: it may be busy or stopping.")};
  }
  const auto end = text.find("\r\n\r\n");
  if (end == std::string_view::npos || text.substr(0, 7) != "HTTP/1.") return malformed();
  const std::string_view head = text.substr(0, end);
  const std::string_view body = text.substr(end + 4);
  const auto status = number<int>(head.substr(9, 3));
  const auto length = header(head, "Content-Length", "content-length");
  if (!status || !length) return malformed();
  if (number<std::size_t>(*length) != body.size())
    return Failure{Failure::Why::broken, {}, tr("The daemon hung up in the middle of its answer.")};
  if (*status == 200) return std::string(body);
  const std::string message = json_value(body, "message");
  return Failure{Failure::Why::said_no, json_value(body, "code"),
                 message.empty() ? say("The daemon refused (HTTP {0}).", *status) : message};
}

std::string json_value(std::string_view json, std::string_view key) {
  const std::string opening = "\"" + std::string(key) + "\":\"";
  auto at = json.find(opening);
  if (at == std::string_view::npos) return {};
  std::string value;
  for (at += opening.size(); at < json.size() && json[at] != '"'; ++at) {
    if (json[at] == '\\') {
      at += append_escape(value, json.substr(at + 1));
    } else {
      value += json[at];
    }
  }
  return value;
}

}  // namespace nape::cli
