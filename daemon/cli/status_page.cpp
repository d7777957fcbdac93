// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <vector>

#include "cli/pages.hpp"
#include "cli/phrases.hpp"
#include "cli/times.hpp"
#include "voice/tr.hpp"

namespace nape::cli {
namespace {

constexpr int bar_width = 24;

std::string headline(const v1::StatusResponse& status, const Paint& paint) {
  const v1::Presence& presence = status.presence();
  std::string text =
      paint(presence_tone(presence.state()), presence_phrase(presence.state(), presence.reason()));
  text += paint(Tone::faint, say(", since {0}", clock(presence.since_unix_seconds())));
  if (presence.state() == "away")
    text += paint(Tone::faint, say(" ({0})", passed(presence.for_seconds())));
  return text + "\n";
}

/// Never a length of sitting without the pause that would have ended it, and never without its
/// band.
std::string stretch_lines(const v1::StatusResponse& status, const Paint& paint) {
  if (!status.has_stretch()) return {};
  const v1::Stretch& stretch = status.stretch();
  std::string text =
      paint(Tone::strong, passed(stretch.seconds())) + tr(" without a pause of 5 min");
  text += paint(Tone::faint,
                say("  ({0} by pauses of 3 min, {1} by 10)", passed(stretch.band_180_seconds()),
                    passed(stretch.band_600_seconds())));
  text += "\n";
  if (stretch.provisional_seconds() >= 30) {
    text += paint(Tone::faint, say("and {0} that only your next input can confirm",
                                   passed(stretch.provisional_seconds()))) +
            "\n";
  }
  return text;
}

/// Minutes, in one unit where one will do: "12 of 20 min".
std::string count_of(const v1::Kind& kind) {
  if (kind.every_seconds() < 60 || kind.every_seconds() >= 3600) {
    return say("{0} of {1}", passed(kind.owed_seconds()), passed(kind.every_seconds()));
  }
  return say("{0} of {1}", std::floor(kind.owed_seconds() / 60), passed(kind.every_seconds()));
}

struct Columns {
  std::size_t name = 0;
  std::size_t count = 0;
};

Columns columns_of(const v1::StatusResponse& status) {
  Columns columns;
  for (const v1::Kind& kind : status.kinds()) {
    columns.name = std::max(columns.name, shown_length(kind.name()));
    columns.count = std::max(columns.count, shown_length(count_of(kind)));
  }
  return columns;
}

std::string kind_line(const v1::Kind& kind, const Columns& columns, double now,
                      const Paint& paint) {
  std::string text = padded(kind.name(), columns.name) + "  " +
                     paint.bar(kind_share(kind), bar_width, kind_tone(kind));
  text += "  " + paint(Tone::faint, padded(count_of(kind), columns.count)) + "  ";
  const bool is_calling = kind.due() || kind.verdict() == "begun";
  text += paint(is_calling ? kind_tone(kind) : Tone::plain, kind_phrase(kind, now));
  const std::string budget = budget_phrase(kind);
  if (kind.due() && kind.verdict() != "begun" && !budget.empty())
    text += paint(Tone::faint, "; " + budget);
  return text + "\n";
}

std::string listed(const std::vector<std::string>& things) {
  std::string text;
  for (const std::string& thing : things) text += (text.empty() ? "" : "; ") + thing;
  return text;
}

std::string sensor_line(const v1::StatusResponse& status, const Paint& paint) {
  std::vector<std::string> missing;
  std::vector<std::string> poor;
  for (const v1::Sensor& sensor : status.sensors()) {
    if (sensor.state() == "lost") missing.push_back(sensor_phrase(sensor.kind()));
    if (sensor.state() == "degraded") poor.push_back(sensor_phrase(sensor.kind()));
  }
  std::string text;
  if (!missing.empty()) text += say("Not seen: {0}. ", listed(missing));
  if (!poor.empty()) text += say("Seen in part: {0}. ", listed(poor));
  return text.empty() ? text : paint(Tone::faint, text + tr("nape doctor tells more.")) + "\n";
}

std::string notices(const v1::StatusResponse& status, const Paint& paint) {
  std::vector<std::string> lines;
  if (status.demo()) {
    lines.push_back(say("A demo: a recorded day at {0} times the speed. Nothing here is about you.",
                        status.speed()));
  }
  if (status.paused() && status.has_paused_until_unix_seconds()) {
    lines.push_back(
        say("Paused until {0}; nape resume ends it.", clock(status.paused_until_unix_seconds())));
  } else if (status.paused()) {
    lines.push_back(tr("Paused; nape resume ends it."));
  }
  if (status.quiet()) lines.push_back(tr("Quiet hours: nothing prompts."));
  if (status.standing()) lines.push_back(tr("Standing, as you said; nape desk sit ends it."));
  if (status.reading()) lines.push_back(tr("Reading, as you said; nape reading off ends it."));
  if (!status.recording().empty()) lines.push_back(say("Recording into {0}.", status.recording()));
  for (const std::string& trouble : status.troubles()) lines.push_back(trouble);
  std::string text;
  for (const std::string& line : lines) text += paint(Tone::due, line) + "\n";
  return text;
}

std::string foot(const v1::StatusResponse& status, const Paint& paint) {
  const std::string text =
      status.policy_version().empty()
          ? say("Policy {0}", status.policy())
          : say("Policy {0}, version {1}", status.policy(), status.policy_version());
  return paint(Tone::faint, text) + "\n";
}

}  // namespace

std::string status_page(const v1::StatusResponse& status, const Paint& paint) {
  std::string text = headline(status, paint) + stretch_lines(status, paint) + "\n";
  const Columns columns = columns_of(status);
  for (const v1::Kind& kind : status.kinds())
    text += kind_line(kind, columns, status.at_unix_seconds(), paint);
  if (status.kinds_size() > 0) text += "\n";
  return text + notices(status, paint) + sensor_line(status, paint) + foot(status, paint);
}

}  // namespace nape::cli
