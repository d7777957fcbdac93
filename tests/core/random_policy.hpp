// SPDX-License-Identifier: Apache-2.0
//
// Random policies that `config::check` accepts, and the die that random lives are thrown with.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <random>

#include "core/policy.hpp"

namespace nape::life {

class Die {
 public:
  explicit Die(std::uint64_t seed) : engine_(seed) {}

  /// 0 .. sides - 1.
  unsigned roll(unsigned sides) { return static_cast<unsigned>(engine_() % sides); }
  bool one_in(unsigned n) { return roll(n) == 0; }
  template <class T>
  T of(std::initializer_list<T> values) {
    return *(values.begin() + roll(static_cast<unsigned>(values.size())));
  }

 private:
  std::mt19937_64 engine_;
};

Policy random_policy(Die& die);

}  // namespace nape::life
