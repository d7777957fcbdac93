// SPDX-License-Identifier: Apache-2.0
#include "host/plugin_status.hpp"

namespace nape::host {
namespace {

constexpr std::array<std::string_view, 6> state_words{"starting", "running", "backing_off",
                                                      "given_up", "unfit",   "stopped"};
constexpr std::array<std::string_view, plugin_fault_count> fault_words{
    "no_hello", "protocol", "garbage", "oversize", "hang", "crash",
    "flood",    "future",   "past",    "count",    "text", "misplaced"};

}  // namespace

std::string_view word_for(PluginState state) {
  return state_words[static_cast<std::size_t>(state)];
}

std::string_view word_for(PluginFault fault) {
  return fault_words[static_cast<std::size_t>(fault)];
}

}  // namespace nape::host
