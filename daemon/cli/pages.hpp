// SPDX-License-Identifier: Apache-2.0
//
// What the daemon's answers look like on a terminal. Pure: an answer and a Paint in, text out, each
// line ended. The screen says due and counted, never how much somebody owes.
#pragma once

#include <string>

#include "cli/options.hpp"
#include "cli/paint.hpp"
#include "nape/v1/control.pb.h"

namespace nape::cli {

std::string status_page(const v1::StatusResponse& status, const Paint& paint);
std::string today_page(const v1::TodayResponse& today, bool applications, const Paint& paint);
std::string why_page(const v1::WhyResponse& why, const Paint& paint);
std::string plugins_page(const v1::PluginsResponse& plugins, const Paint& paint);

/// One line of JSON as Waybar's custom modules read it: text, tooltip, class, percentage.
std::string waybar_line(const v1::StatusResponse& status);
/// Three lines: long text, short text, colour.
std::string i3blocks_lines(const v1::StatusResponse& status);

/// What the daemon has become, in one line, after a person's word.
std::string word_line(const Options& options, const v1::StatusResponse& status);

struct Diagnosis {
  std::string text;
  /// Something that was seen is not, or cannot be shown.
  bool is_amiss = false;
};
Diagnosis doctor_page(const v1::StatusResponse& status, const v1::PluginsResponse& plugins,
                      const Paint& paint);

}  // namespace nape::cli
