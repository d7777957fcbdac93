// SPDX-License-Identifier: Apache-2.0
//
// Numbers the status: the number grows when something that it, or the list of plugins, shows has
// changed other than by time passing. Finds out by looking, so that nobody has to know what counts
// as a change; looks only when asked.
#pragma once

#include <cstdint>
#include <string>

#include "control/backend.hpp"

namespace nape::control {

class Revision {
 public:
  explicit Revision(const Backend& backend) : backend_(backend) {}

  /// Looks; true if the number has grown.
  bool look();
  /// As of the last look. Never 0, which means "none" in Watch.
  std::uint32_t number() const { return number_; }

 private:
  const Backend& backend_;
  std::uint32_t number_ = 1;
  /// What was seen, without what merely passes.
  std::string seen_;
};

}  // namespace nape::control
