// SPDX-License-Identifier: Apache-2.0
//
// Runs the real `nape` while a real HTTP server on a Unix socket answers it from plain values. One
// thread: the server's loop runs until the process has ended.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "control/service.hpp"
#include "tests/support/example_day.hpp"

namespace nape::tests {

struct Ended {
  int code = -1;
  std::string out;
  std::string err;
};

class NapeProcess {
 public:
  NapeProcess();
  ~NapeProcess();

  RecordingBackend backend = example_backend();
  control::Service service{backend};

  void serve();
  /// To the end of the process, at most 10 s. `on_line` is called after each line on its standard
  /// output.
  Ended run(const std::vector<std::string>& arguments,
            const std::function<void(int pid, const std::string& so_far)>& on_line = {});
  /// Calls `then` once, as soon as somebody waits in Watch.
  void on_waiting(std::function<void()> then) { on_waiting_ = std::move(then); }
  std::string directory() const { return directory_; }

 private:
  struct Parts;
  std::string directory_;
  std::function<void()> on_waiting_;
  std::unique_ptr<Parts> parts_;
};

}  // namespace nape::tests
