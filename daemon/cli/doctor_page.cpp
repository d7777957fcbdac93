// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "cli/pages.hpp"
#include "cli/phrases.hpp"
#include "voice/tr.hpp"

namespace nape::cli {
namespace {

enum class Health { good, limited, amiss };

struct Finding {
  Health health = Health::good;
  std::string what;
  std::string how;
  /// What it means that it is not seen, or the plugin's own words.
  std::string because;
  /// The one command that helps; empty where none does.
  std::string remedy;
};

/// What is lost with a kind of sensor that nothing here offers. Only without input is Nape blind.
const char* without(const std::string& sensor) {
  if (sensor == "input") return tr("Nothing here sees input, so no time can be counted.");
  if (sensor == "window")
    return tr("Time is not told by program, and full screens do not hold a break back.");
  if (sensor == "session")
    return tr("A lock is not noticed: only 5 min without input count as rest.");
  if (sensor == "media")
    return tr("Calls and playback do not count as being there, and do not hold a break back.");
  if (sensor == "setup") return tr("Time at a bare laptop is not told apart.");
  return "";
}

Finding examine(const v1::Sensor& sensor) {
  Finding finding;
  finding.what = sensor_phrase(sensor.kind());
  finding.because = sensor.reason();
  if (!sensor.plugin().empty()) finding.how = say("through {0}", sensor.plugin());
  if (sensor.state() == "good") return finding;
  if (sensor.state() == "degraded") {
    finding.health = Health::limited;
    finding.how += tr(", in part");
    return finding;
  }
  const bool is_offered = !sensor.plugin().empty();
  finding.health = is_offered || sensor.kind() == "input" ? Health::amiss : Health::limited;
  if (!is_offered) finding.how = tr("not seen here");
  if (!is_offered || finding.because.empty()) finding.because = without(sensor.kind());
  if (finding.health == Health::amiss) finding.remedy = "systemctl --user restart naped";
  return finding;
}

bool shows(const v1::Plugin& plugin, const char* stage) {
  return std::count(plugin.capabilities().begin(), plugin.capabilities().end(), stage) > 0;
}

Finding examine_showing(const v1::PluginsResponse& plugins) {
  Finding finding;
  finding.what = tr("notifications");
  const v1::Plugin* shower = nullptr;
  for (const v1::Plugin& plugin : plugins.plugins()) {
    // One that never came to say what it can do is known by its name alone.
    if (!shows(plugin, "nudge") && plugin.name() != "notify") continue;
    if (shower == nullptr || plugin.state() == "running") shower = &plugin;
  }
  if (shower != nullptr && shower->state() == "running") {
    finding.how = say("through {0}", shower->name());
    return finding;
  }
  finding.health = Health::amiss;
  finding.how = tr("cannot be shown");
  finding.because = shower != nullptr && !shower->last_words().empty()
                        ? shower->last_words()
                        : tr("Breaks fall due, and nothing on the screen tells you.");
  finding.remedy = "sudo apt install dunst";
  return finding;
}

Finding examine(const v1::Plugin& plugin) {
  Finding finding;
  finding.what = say("plugin {0}", plugin.name());
  finding.how = plugin_state_phrase(plugin.state());
  finding.because = plugin.last_words();
  finding.health = Health::amiss;
  finding.remedy = plugin.state() == "given_up" ? "nape reload" : "nape plugins --watch";
  return finding;
}

std::vector<Finding> examine_all(const v1::StatusResponse& status,
                                 const v1::PluginsResponse& plugins) {
  std::vector<Finding> findings;
  for (const v1::Sensor& sensor : status.sensors()) findings.push_back(examine(sensor));
  // A recorded day prompts nobody.
  if (!status.demo()) findings.push_back(examine_showing(plugins));
  for (const v1::Plugin& plugin : plugins.plugins()) {
    if (plugin.state() == "given_up" || plugin.state() == "backing_off")
      findings.push_back(examine(plugin));
  }
  for (const std::string& trouble : status.troubles()) {
    findings.push_back({Health::amiss, tr("the daemon"), trouble, {}, {}});
  }
  return findings;
}

std::string finding_lines(const Finding& finding, std::size_t width, const Paint& paint) {
  const bool is_good = finding.health == Health::good;
  const Tone tone = is_good                           ? Tone::calm
                    : finding.health == Health::amiss ? Tone::due
                                                      : Tone::faint;
  const std::string indent(width + 4, ' ');
  std::string text = paint(tone, is_good                           ? paint.good()
                                 : finding.health == Health::amiss ? "!"
                                                                   : paint.missing());
  text += " " + padded(finding.what, width) + "  " +
          paint(is_good ? Tone::plain : tone, finding.how) + "\n";
  if (!finding.because.empty() && !is_good)
    text += indent + paint(Tone::faint, finding.because) + "\n";
  if (!finding.remedy.empty())
    text += indent + say("Try: {0}", paint(Tone::accent, finding.remedy)) + "\n";
  return text;
}

}  // namespace

Diagnosis doctor_page(const v1::StatusResponse& status, const v1::PluginsResponse& plugins,
                      const Paint& paint) {
  const std::vector<Finding> findings = examine_all(status, plugins);
  std::size_t width = 0;
  for (const Finding& finding : findings) width = std::max(width, shown_length(finding.what));
  Diagnosis diagnosis;
  for (const Finding& finding : findings) {
    diagnosis.text += finding_lines(finding, width, paint);
    diagnosis.is_amiss = diagnosis.is_amiss || finding.health == Health::amiss;
  }
  diagnosis.text += "\n";
  diagnosis.text += diagnosis.is_amiss ? tr("Something is amiss.") : tr("Nothing is amiss.");
  diagnosis.text += "\n";
  return diagnosis;
}

}  // namespace nape::cli
