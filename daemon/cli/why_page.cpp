// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "cli/pages.hpp"
#include "cli/phrases.hpp"
#include "cli/times.hpp"
#include "voice/tr.hpp"

namespace nape::cli {
namespace {

bool is_due(const std::string& verdict) {
  return verdict == "waiting" || verdict == "prompting" || verdict == "held" ||
         verdict == "postponed" || verdict == "silenced";
}

std::string verdict_sentence(const v1::WhyRow& row) {
  const std::string& verdict = row.verdict();
  if (verdict == "accruing") return tr("counts on");
  if (verdict == "resting") return tr("nobody there: rest counts, nothing is added");
  if (verdict == "unknown") return tr("cannot see: neither adds nor pays");
  if (verdict == "closed") return tr("outside its hours");
  if (verdict == "waiting") return tr("due, but nobody is confirmed to be there");
  if (verdict == "prompting")
    return row.because().empty() ? std::string(tr("due: tells you"))
                                 : say("due: tells you ({0})", row.because());
  if (verdict == "held") return say("due, but waits for {0}", hold_phrase(row.because()));
  if (verdict == "postponed") return tr("due, but you postponed it");
  if (verdict == "silenced") return tr("due, but silent: you skipped or left it");
  if (verdict == "merged") return say("leaves it to {0}", row.because());
  if (verdict == "begun") return tr("its break has begun");
  return verdict;
}

/// What the verdict was made from.
std::string numbers(const v1::WhyRow& row) {
  std::string text =
      say("{0} of {1} counted", exactly(row.owed_seconds()), exactly(row.every_seconds()));
  if (is_due(row.verdict()))
    text += say(", due for {0} of presence", exactly(row.overdue_seconds()));
  text += say(", {0}, last proof {1} ago", row.presence(), exactly(row.since_proof_seconds()));
  return text;
}

}  // namespace

std::string why_page(const v1::WhyResponse& why, const Paint& paint) {
  if (why.rows_size() == 0) return std::string(tr("Nothing has been decided yet.")) + "\n";
  std::size_t kind_width = 0;
  std::size_t sentence_width = 0;
  for (const v1::WhyRow& row : why.rows()) {
    kind_width = std::max(kind_width, shown_length(row.kind()));
    sentence_width = std::max(sentence_width, shown_length(verdict_sentence(row)));
  }
  std::string text;
  // Newest last: it then stands where the eye is.
  for (int at = why.rows_size() - 1; at >= 0; --at) {
    const v1::WhyRow& row = why.rows(at);
    const Tone tone = row.verdict() == "prompting" ? Tone::due : Tone::plain;
    text += paint(Tone::faint, clock_with_seconds(row.at_unix_seconds())) + "  " +
            padded(row.kind(), kind_width) + "  ";
    text += paint(tone, padded(verdict_sentence(row), sentence_width)) + "  " +
            paint(Tone::faint, numbers(row)) + "\n";
  }
  return text;
}

}  // namespace nape::cli
