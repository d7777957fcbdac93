// SPDX-License-Identifier: Apache-2.0
#include "app/options.hpp"

#include <charconv>
#include <string_view>

#include "voice/tr.hpp"

namespace nape::app {

namespace {

/// The variable of config/paths.hpp that a flag stands for; null for another word.
const char* variable_of(std::string_view flag) {
  if (flag == "--config") return "NAPE_CONFIG";
  if (flag == "--state-dir") return "NAPE_STATE_DIR";
  if (flag == "--runtime-dir") return "NAPE_RUNTIME_DIR";
  if (flag == "--plugin-dir") return "NAPE_PLUGIN_DIR";
  if (flag == "--system-dir") return "NAPE_SYSTEM_DIR";
  if (flag == "--http") return "NAPE_HTTP";
  return nullptr;
}

}  // namespace

Result<Options> parse_options(int count, char** words) {
  Options options;
  for (int i = 1; i < count; ++i) {
    const std::string_view word = words[i];
    const auto value = [&]() -> const char* { return i + 1 < count ? words[++i] : nullptr; };
    if (word == "--help" || word == "-h") {
      options.help = true;
    } else if (word == "--version") {
      options.version = true;
    } else if (word == "--replay" || word == "--policy") {
      const auto* text = value();
      if (!text) return Error{say("{0} needs a value", std::string(word))};
      (word == "--replay" ? options.replay : options.policy) = text;
    } else if (word == "--speed") {
      const std::string_view text = value() ? words[i] : "";
      const auto [end, error] =
          std::from_chars(text.data(), text.data() + text.size(), options.speed);
      if (error != std::errc() || end != text.data() + text.size() || text.empty() ||
          !(options.speed >= 0)) {
        return Error{tr("--speed needs a number such as 60; 0 is as fast as it goes")};
      }
    } else if (const auto* variable = variable_of(word)) {
      const auto* text = value();
      if (!text) return Error{say("{0} needs a value", std::string(word))};
      options.places.emplace_back(variable, text);
    } else {
      return Error{
          say("\"{0}\" is no option of naped; naped --help lists them", std::string(word))};
    }
  }
  return options;
}

std::string help_text() {
  return tr(
      "naped - gets you up from the computer on time\n"
      "\n"
      "Usage: naped [--policy NAME|FILE]\n"
      "       naped --replay FILE [--speed N] [--policy NAME|FILE]\n"
      "\n"
      "  --replay FILE   live through a recording or a scenario instead of this session;\n"
      "                  marked as a demo, in a database of its own\n"
      "  --speed N       so much faster than life (1); 0: as fast as it goes\n"
      "  --policy P      a preset or a policy file, instead of the settings' one\n"
      "  --version, --help\n"
      "\n"
      "Runs in the foreground until SIGTERM; SIGHUP reads the settings again.\n"
      "Places: --config, --state-dir, --runtime-dir, --plugin-dir, --system-dir, --http, or the\n"
      "variables NAPE_CONFIG, NAPE_STATE_DIR, NAPE_RUNTIME_DIR, NAPE_PLUGIN_DIR,\n"
      "NAPE_SYSTEM_DIR, NAPE_HTTP, override the usual ones. Talk to it with: nape status\n"
      "\n"
      "Exit codes: 0 asked to stop, 1 cannot go on, 2 wrong usage, 78 wrong settings.\n");
}

}  // namespace nape::app
