// SPDX-License-Identifier: Apache-2.0
#include "metrics/continued.hpp"

#include <array>
#include <map>

namespace nape::metrics {
namespace {

template <class Counter>
void go_on(Counter& base, Counter& seen, const Counter& now, Counter& out) {
  if (now < seen) base += seen;
  seen = now;
  out = base + now;
}

template <class T, std::size_t n>
void go_on(std::array<T, n>& base, std::array<T, n>& seen, const std::array<T, n>& now,
           std::array<T, n>& out) {
  for (std::size_t i = 0; i < n; ++i) go_on(base[i], seen[i], now[i], out[i]);
}

/// A key that `now` lacks counts as 0, so that a dropped kind stays at what it had reached.
template <class T>
void go_on(std::map<std::string, T>& base, std::map<std::string, T>& seen,
           const std::map<std::string, T>& now, std::map<std::string, T>& out) {
  for (const auto& [key, value] : now) seen.try_emplace(key);
  for (auto& [key, was] : seen) {
    const auto found = now.find(key);
    go_on(base[key], was, found == now.end() ? T{} : found->second, out[key]);
  }
}

void go_on(InputCounts& base, InputCounts& seen, const InputCounts& now, InputCounts& out) {
  go_on(base.keys, seen.keys, now.keys, out.keys);
  go_on(base.clicks, seen.clicks, now.clicks, out.clicks);
  go_on(base.scroll, seen.scroll, now.scroll, out.scroll);
  go_on(base.motion, seen.motion, now.motion, out.motion);
  go_on(base.touch, seen.touch, now.touch, out.touch);
}

void go_on(Totals& base, Totals& seen, const Totals& now, Totals& out) {
  go_on(base.counts, seen.counts, now.counts, out.counts);
  go_on(base.use_under_30, seen.use_under_30, now.use_under_30, out.use_under_30);
  go_on(base.use_30_to_60, seen.use_30_to_60, now.use_30_to_60, out.use_30_to_60);
  go_on(base.sitting_input, seen.sitting_input, now.sitting_input, out.sitting_input);
  go_on(base.sitting_passive, seen.sitting_passive, now.sitting_passive, out.sitting_passive);
  go_on(base.windows, seen.windows, now.windows, out.windows);
  go_on(base.setups, seen.setups, now.setups, out.setups);
  go_on(base.breaks, seen.breaks, now.breaks, out.breaks);
  go_on(base.stretch_buckets, seen.stretch_buckets, now.stretch_buckets, out.stretch_buckets);
  go_on(base.stretch_sum, seen.stretch_sum, now.stretch_sum, out.stretch_sum);
}

}  // namespace

Totals Continued::through(const Totals& now) {
  Totals out;
  go_on(base_, seen_, now, out);
  return out;
}

void Continued::engine_ends(const Totals& last) {
  through(last);
  // Falling back to nothing is what moves the last values into the base.
  through({});
}

}  // namespace nape::metrics
