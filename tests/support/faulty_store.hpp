// SPDX-License-Identifier: Apache-2.0
//
// A Store whose disk fails when a test says so, in front of one that works. Like a real one it
// keeps what it could not write and hands it on with the next commit that succeeds.
#pragma once

#include <cstddef>
#include <optional>
#include <utility>

#include "store/store.hpp"

namespace nape::store {

class FaultyStore final : public Store {
 public:
  /// `inner` must outlive this.
  explicit FaultyStore(Store& inner) : inner_(inner) {}

  /// The next `times` commits fail.
  void fail_commits(std::size_t times) { failures_ = times; }
  void fail_loads(bool fail) { loads_fail_ = fail; }
  std::size_t failed_commits() const { return failed_; }

  void queue(Instant at, const Effects& effects) override { inner_.queue(at, effects); }
  Result<void> commit(const Commit& commit) override;
  Result<std::optional<Saved>> load() override;
  Pending pending() const override { return inner_.pending(); }

 private:
  Store& inner_;
  std::size_t failures_ = 0;
  std::size_t failed_ = 0;
  bool loads_fail_ = false;
  std::optional<Checkpoint> held_back_;
};

}  // namespace nape::store
