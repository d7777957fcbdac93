// SPDX-License-Identifier: Apache-2.0
#include "cli/pages.hpp"
#include "cli/phrases.hpp"
#include "cli/times.hpp"
#include "voice/tr.hpp"

namespace nape::cli {
namespace {

/// The kinds that a word about a break can have changed: the one that was named, else those that
/// are in some break.
std::string break_lines(const Options& options, const v1::StatusResponse& status) {
  std::string text;
  for (const v1::Kind& kind : status.kinds()) {
    const bool is_meant = options.kind.empty() ? kind.due() || kind.verdict() == "begun"
                                               : kind.name() == options.kind;
    if (is_meant)
      text += say("{0}: {1}.", kind.name(), kind_phrase(kind, status.at_unix_seconds())) + "\n";
  }
  return text.empty() ? std::string(tr("Done.")) + "\n" : text;
}

std::string stretch_sentence(const v1::StatusResponse& status) {
  if (!status.has_stretch()) return tr("No stretch is running.");
  return say("The running stretch: {0} without a pause of 5 min.",
             passed(status.stretch().seconds()));
}

}  // namespace

std::string word_line(const Options& options, const v1::StatusResponse& status) {
  switch (options.verb) {
    case Verb::break_:
      return break_lines(options, status);
    case Verb::pause:
      return (status.has_paused_until_unix_seconds()
                  ? say("No prompts until {0}; time counts on.",
                        clock(status.paused_until_unix_seconds()))
                  : std::string(tr("No prompts until nape resume; time counts on."))) +
             "\n";
    case Verb::resume:
      return std::string(tr("Prompts are on again.")) + "\n";
    case Verb::was:
      return say("Noted. {0}", stretch_sentence(status)) + "\n";
    case Verb::reading:
      return std::string(status.reading() ? tr("Noted: reading, for up to an hour.")
                                          : tr("Noted: not reading any more.")) +
             "\n";
    case Verb::desk:
      return std::string(status.standing()
                             ? tr("Noted: standing. Sitting is not counted until nape desk sit.")
                             : tr("Noted: sitting.")) +
             "\n";
    default:
      return std::string(tr("Done.")) + "\n";
  }
}

}  // namespace nape::cli
