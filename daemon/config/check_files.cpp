// SPDX-License-Identifier: Apache-2.0
#include "config/check_files.hpp"

#include <ostream>

#include "config/document.hpp"
#include "config/effective_policy.hpp"
#include "config/policy_file.hpp"
#include "config/sentence.hpp"
#include "config/settings.hpp"

namespace nape::config {
namespace {

template <class T>
int print(const Loaded<T>& loaded, const std::string& subject, std::ostream& out) {
  for (const Diagnostic& warning : loaded.warnings)
    out << compiler_line(warning, Severity::warning) << '\n';
  for (const Diagnostic& error : loaded.errors)
    out << compiler_line(error, Severity::error) << '\n';
  if (loaded) out << say("{}: fine", subject) << '\n';
  return loaded ? 0 : 1;
}

/// By what stands at the beginning of a line, so that it works on a file that is not TOML yet.
bool looks_like_policy(std::string_view text) {
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    for (const std::string_view mark :
         {"[[kind]]", "kind", "extends", "day_begins", "quiet", "name", "version"}) {
      if (line.starts_with(mark)) return true;
    }
    text.remove_prefix(std::min(line.size() + 1, text.size()));
  }
  return false;
}

}  // namespace

int check_file(const std::filesystem::path& file, std::ostream& out) {
  const auto text = read_file(file);
  if (!text) {
    out << compiler_line({file.string(), 0, 0, {}, text.error().what, tr("name a readable file")},
                         Severity::error)
        << '\n';
    return 1;
  }
  if (looks_like_policy(*text))
    return print(parse_policy(*text, file.string()), file.string(), out);
  return print(parse_settings(*text, file.string()), file.string(), out);
}

int check_configuration(const Paths& paths, std::ostream& out) {
  const auto settings = load_settings(paths.config_file);
  std::error_code ignored;
  const bool exists = std::filesystem::exists(paths.config_file, ignored);
  const std::string subject = exists ? paths.config_file.string()
                                     : say("{} (absent: all defaults)", paths.config_file.string());
  const int bad = print(settings, subject, out);
  // With broken settings nobody knows which policy is meant.
  if (!settings) return bad;
  return print(effective_policy(*settings.value, paths), say("policy {}", settings.value->policy),
               out);
}

}  // namespace nape::config
