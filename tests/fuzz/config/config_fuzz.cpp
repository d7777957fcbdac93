// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a policy and as settings: no crash, no hang, nothing unprintable said, and what is
// accepted keeps the promises on which the engine relies. Driven by libFuzzer, or by
// replay_main.cpp over files.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "config/policy_check.hpp"
#include "config/policy_file.hpp"
#include "config/settings.hpp"

namespace {

using namespace nape;
using namespace nape::config;

void demand(bool holds) {
  if (!holds) std::abort();
}

template <class T>
void judge(const Loaded<T>& loaded) {
  demand(loaded.value.has_value() == loaded.errors.empty());
  for (const auto* list : {&loaded.errors, &loaded.warnings}) {
    demand(list->size() <= 100);
    for (const Diagnostic& diagnostic : *list) {
      demand(!diagnostic.what.empty());
      for (const char c : compiler_line(diagnostic, Severity::error)) demand(c >= ' ' && c <= '~');
    }
  }
}

void judge_policy(const Policy& policy) {
  demand(check(policy).empty());
  demand(policy.kinds.size() <= most_kinds);
  for (const BreakKind& kind : policy.kinds) {
    demand(kind.every > Duration::zero());
    demand(kind.daily_budget == (kind.length == Duration::zero()));
    demand(kind.length <= kind.every);
    demand(!kind.ladder.empty());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto policy = parse_policy(text, "fuzz.toml");
  judge(policy);
  if (policy) judge_policy(*policy.value);
  judge(parse_settings(text, "fuzz.toml"));
  return 0;
}
