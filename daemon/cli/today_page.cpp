// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>

#include "cli/pages.hpp"
#include "cli/phrases.hpp"
#include "cli/times.hpp"
#include "voice/tr.hpp"

namespace nape::cli {
namespace {

constexpr int bar_width = 24;

std::string sums(const v1::TodayResponse& today, const Paint& paint) {
  std::string text = paint(Tone::strong, passed(today.sitting_seconds())) +
                     tr(" at the computer, without pauses of 5 min");
  if (today.passive_seconds() >= 60) {
    text += paint(Tone::faint, say("  ({0} of it in calls, watching, reading)",
                                   passed(today.passive_seconds())));
  }
  text += "\n" + paint(Tone::strong, passed(today.longest_300_seconds())) + tr(" at the longest");
  text += paint(Tone::faint,
                say("  ({0} by pauses of 3 min, {1} by 10)", passed(today.longest_180_seconds()),
                    passed(today.longest_600_seconds())));
  text += "\n" + paint(Tone::strong, passed(today.use_30_seconds())) +
          tr(" of use, without pauses of 30 s");
  return text +
         paint(Tone::faint, say("  ({0} by pauses of 60 s)", passed(today.use_60_seconds()))) +
         "\n";
}

std::string stretch_lines(const v1::TodayResponse& today, const Paint& paint) {
  double longest = 0;
  for (const v1::DayStretch& stretch : today.stretches())
    longest = std::max(longest, stretch.seconds());
  std::string text;
  for (const v1::DayStretch& stretch : today.stretches()) {
    const bool is_over = stretch.has_end_unix_seconds();
    const std::string end = is_over ? clock(stretch.end_unix_seconds()) : tr("now");
    text += clock(stretch.begin_unix_seconds()) + paint.dash() + padded(end, 5) + "  ";
    text += padded(passed(stretch.seconds()), 10) + "  ";
    text += paint.bar(longest > 0 ? stretch.seconds() / longest : 0, bar_width, Tone::accent);
    if (is_over) text += "  " + paint(Tone::faint, end_phrase(stretch.reason()));
    text += "\n";
  }
  return text.empty() ? text : "\n" + text;
}

std::string break_line(const v1::TodayResponse& today) {
  std::vector<std::string> kinds;
  std::map<std::string, std::map<std::string, int>> counts;
  for (const v1::DayBreak& one : today.breaks()) {
    if (!counts.contains(one.kind())) kinds.push_back(one.kind());
    ++counts[one.kind()][one.outcome()];
  }
  std::string text;
  for (const std::string& kind : kinds) {
    text += (text.empty() ? "" : "; ") + kind + ":";
    bool is_first = true;
    for (const char* outcome : {"taken", "natural", "partial", "postponed", "skipped", "exit"}) {
      const int count = counts[kind][outcome];
      if (count == 0) continue;
      text += (is_first ? " " : ", ") + std::to_string(count) + " " + outcome_phrase(outcome);
      is_first = false;
    }
  }
  return text.empty() ? text : "\n" + say("Breaks  {0}", text) + "\n";
}

std::string grouped(std::uint32_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, " ");
  return digits;
}

std::string count_line(const v1::TodayResponse& today) {
  if (!today.has_counts())
    return std::string(tr("Input   not counted: only its pauses can be seen")) + "\n";
  const v1::Counts& counts = today.counts();
  std::string text = say("Input   {0} keys, {1} clicks, {2} scroll steps, {3} pointer moves",
                         grouped(counts.keys()), grouped(counts.clicks()), grouped(counts.scroll()),
                         grouped(counts.motion()));
  if (counts.touch() > 0) text += say(", {0} touches", grouped(counts.touch()));
  if (!counts.complete()) text += tr("; not all of it could be counted");
  return text + "\n";
}

using Shares = google::protobuf::RepeatedPtrField<v1::Share>;

std::string share_lines(const char* title, const Shares& shares, const Paint& paint) {
  if (shares.empty()) return {};
  std::size_t width = 0;
  for (const v1::Share& share : shares)
    width = std::max(width, std::min<std::size_t>(shown_length(share.name()), 32));
  std::string text = "\n" + paint(Tone::strong, title) + "\n";
  for (const v1::Share& share : shares) {
    const double part = shares[0].seconds() > 0 ? share.seconds() / shares[0].seconds() : 0;
    text += padded(share.name().empty() ? tr("none") : share.name(), width) + "  ";
    text += padded(passed(share.seconds()), 10) + "  " + paint.bar(part, bar_width, Tone::accent) +
            "\n";
  }
  return text;
}

std::string setup_line(const v1::TodayResponse& today) {
  std::string text;
  for (const v1::Share& setup : today.setups()) {
    text += (text.empty() ? "" : ", ") + setup_phrase(setup.name()) + " " + passed(setup.seconds());
  }
  return text.empty() ? text : say("Set-up  {0}", text) + "\n";
}

}  // namespace

std::string today_page(const v1::TodayResponse& today, bool applications, const Paint& paint) {
  std::string text = paint(Tone::strong, day_name(today.day()));
  if (today.open()) text += paint(Tone::faint, tr(", so far"));
  if (today.demo()) text += paint(Tone::due, tr("  A demo: nothing here is about you."));
  text += "\n" + sums(today, paint) + stretch_lines(today, paint) + break_line(today);
  text += count_line(today) + setup_line(today);
  if (applications) {
    text += share_lines(tr("Kinds of programs"), today.categories(), paint);
    text += share_lines(tr("Programs in front, while sitting"), today.applications(), paint);
  }
  return text;
}

}  // namespace nape::cli
