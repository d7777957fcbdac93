// SPDX-License-Identifier: Apache-2.0
//
// What goes wrong and is survived: said once in the log, counted for metrics, kept as the present
// trouble of its part until it is over.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "host/log.hpp"

namespace nape::app {

class Faults {
 public:
  explicit Faults(host::Log& log) : log_(log) {}

  /// `part` is one of metrics::fault_parts.
  void happened(const std::string& part, const std::string& sentence) {
    ++counts_[part];
    log_.write_limited(host::Severity::warning, part, sentence);
  }
  /// Lasts until over(): shown in status.
  void began(const std::string& part, const std::string& sentence) {
    happened(part, sentence);
    troubles_[part] = sentence;
  }
  void over(const std::string& part) { troubles_.erase(part); }
  void count(const std::string& part, std::uint64_t total) { counts_[part] = total; }

  const std::map<std::string, std::uint64_t>& counts() const { return counts_; }
  std::vector<std::string> troubles() const {
    std::vector<std::string> sentences;
    for (const auto& [part, sentence] : troubles_) sentences.push_back(sentence);
    return sentences;
  }

 private:
  host::Log& log_;
  std::map<std::string, std::uint64_t> counts_;
  std::map<std::string, std::string> troubles_;
};

}  // namespace nape::app
