// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "cli/pages.hpp"
#include "cli/phrases.hpp"
#include "cli/times.hpp"
#include "voice/tr.hpp"

namespace nape::cli {
namespace {

Tone state_tone(const std::string& state) {
  if (state == "running") return Tone::calm;
  return state == "given_up" || state == "backing_off" ? Tone::due : Tone::faint;
}

std::string figures(const v1::Plugin& plugin) {
  std::string text = passed(plugin.for_seconds());
  if (plugin.pid() != 0) text += say(", process {0}", plugin.pid());
  const auto restarts = static_cast<unsigned long>(plugin.restarts());
  const auto frames = static_cast<unsigned long>(std::lround(plugin.frames()));
  text += ", " + say(ngettext("{0} frame", "{0} frames", frames), frames);
  if (plugin.dropped() > 0) text += say(", {0} dropped", std::lround(plugin.dropped()));
  if (restarts > 0) text += ", " + say(ngettext("{0} restart", "{0} restarts", restarts), restarts);
  for (const v1::Fault& fault : plugin.faults())
    text += fmt::format(", {} {}", std::lround(fault.count()), fault.name());
  return text;
}

std::string sight_lines(const v1::Plugin& plugin, const std::string& indent, const Paint& paint) {
  std::string text;
  for (const v1::Sensor& sight : plugin.sees()) {
    const bool is_good = sight.state() == "good";
    text += indent +
            paint(is_good ? Tone::calm : Tone::due, is_good ? paint.good() : paint.missing()) + " ";
    text += sensor_phrase(sight.kind());
    if (!is_good)
      text += ": " + paint(Tone::faint, sight.reason().empty() ? sight.state() : sight.reason());
    text += "\n";
  }
  return text;
}

}  // namespace

std::string plugins_page(const v1::PluginsResponse& plugins, const Paint& paint) {
  if (plugins.plugins_size() == 0) return std::string(tr("No plugin was found.")) + "\n";
  std::size_t name_width = 0;
  for (const v1::Plugin& plugin : plugins.plugins())
    name_width = std::max(name_width, shown_length(plugin.name()));
  const std::string indent(name_width + 2, ' ');
  std::string text;
  for (const v1::Plugin& plugin : plugins.plugins()) {
    text += paint(Tone::strong, padded(plugin.name(), name_width)) + "  ";
    text += paint(state_tone(plugin.state()), plugin_state_phrase(plugin.state())) +
            paint(Tone::faint, " " + figures(plugin)) + "\n";
    text += sight_lines(plugin, indent, paint);
    if (!plugin.last_words().empty())
      text += indent + paint(Tone::faint, plugin.last_words()) + "\n";
  }
  return text;
}

}  // namespace nape::cli
