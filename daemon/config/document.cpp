// SPDX-License-Identifier: Apache-2.0
#include "config/document.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "config/sentence.hpp"
#include "config/span_text.hpp"

namespace nape::config {
namespace {

Result<std::string> read_descriptor(int descriptor) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) return Error{std::strerror(errno)};
  if (!S_ISREG(status.st_mode)) return Error{tr("not a regular file")};
  std::string text(largest_file + 1, '\0');
  std::size_t size = 0;
  while (size < text.size()) {
    const ssize_t got = ::read(descriptor, text.data() + size, text.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return Error{std::strerror(errno)};
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  if (size > largest_file) return Error{tr("larger than 256 KiB")};
  text.resize(size);
  return text;
}

/// The offset and length of a line, counted from 1, without its end.
std::pair<std::size_t, std::size_t> extent_of_line(std::string_view text, int line) {
  std::size_t begin = 0;
  for (int at = 1; at < line; ++at) {
    const std::size_t end = text.find('\n', begin);
    if (end == std::string_view::npos) return {text.size(), 0};
    begin = end + 1;
  }
  return {begin, std::min(text.find('\n', begin), text.size()) - begin};
}

std::string_view trimmed(std::string_view text) {
  const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

std::string key_of(std::string_view line) {
  const std::size_t equals = line.find('=');
  if (equals == std::string_view::npos) return {};
  std::string key;
  for (const char c : trimmed(line.substr(0, equals))) {
    if (c < ' ' || c > '~' || key.size() == 60) return {};
    key += c;
  }
  return key;
}

/// Whether the line is at fault, or something before it that it does not fit.
enum class Fault { here, twice, before };

Fault fault_of(std::string_view line, std::string_view description) {
  if (line.empty() || !toml::parse(line)) return Fault::here;
  return description.find("redefine") != std::string_view::npos ? Fault::twice : Fault::before;
}

/// What the line should have been. The common slip is a value without quotes.
std::string syntax_right(std::string_view line, Fault fault) {
  if (fault == Fault::twice) return tr("say it once");
  if (fault == Fault::before)
    return tr("close the text, list or table that was opened above this line");
  const std::string key = key_of(line);
  if (key.empty())
    return tr("write `key = value`, `[table]` or `[[kind]]`, and text in double quotes");
  const std::string_view value = trimmed(line.substr(line.find('=') + 1));
  const bool is_word = !value.empty() && std::all_of(value.begin(), value.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' || c == '/' ||
           c == '.';
  });
  if (is_word || duration_from(value)) return say("write {} = \"{}\", in quotes", key, value);
  return say("write {} = VALUE on one line, with text in double quotes and lists in brackets", key);
}

/// The parser quotes the file, and the file may hold anything.
std::string printable(std::string_view text) {
  std::string out;
  for (const char c : text) out += c >= ' ' && c <= '~' ? c : '?';
  return out;
}

/// Tables within tables cost stack when they are freed; no honest line has this many dots.
bool nests_too_deep(std::string_view text) {
  constexpr std::ptrdiff_t most_dots = 64;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    if (std::count(line.begin(), line.end(), '.') > most_dots) return true;
    text.remove_prefix(std::min(line.size() + 1, text.size()));
  }
  return false;
}

}  // namespace

Result<std::string> read_file(const std::filesystem::path& path) {
  // Without O_NONBLOCK a named pipe would hold the daemon up for ever.
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) return Error{std::strerror(errno)};
  auto text = read_descriptor(descriptor);
  ::close(descriptor);
  return text;
}

Place place_of(const toml::source_region& region) {
  return {static_cast<int>(region.begin.line), static_cast<int>(region.begin.column)};
}

Document parse_document(std::string_view text, Report& report) {
  if (text.size() > largest_file || nests_too_deep(text)) {
    report.error({}, {}, tr("larger than 256 KiB, or a line with more than 64 dots"),
                 tr("a policy or a settings file is a page or two"));
    return {{}, false};
  }
  constexpr int most_syntax_errors = 20;
  std::string rest(text);
  Document document;
  for (int i = 0; i < most_syntax_errors; ++i) {
    toml::parse_result result = toml::parse(rest);
    if (result) {
      document.root = std::move(result).table();
      return document;
    }
    document.is_whole = false;
    const Place place = place_of(result.error().source());
    const auto [begin, length] = extent_of_line(rest, place.line);
    const std::string line(trimmed(std::string_view(rest).substr(begin, length)));
    const Fault fault = fault_of(line, result.error().description());
    report.error(place, key_of(line), printable(result.error().description()),
                 syntax_right(line, fault));
    // Without its header a table's keys would fall to another; what is blank already cannot be left
    // out; and where something above is still open, all that follows would be told as wrong.
    if (line.empty() || line.front() == '[' || fault == Fault::before) return document;
    std::fill_n(rest.begin() + static_cast<std::ptrdiff_t>(begin), length, ' ');
  }
  return document;
}

}  // namespace nape::config
