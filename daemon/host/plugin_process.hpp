// SPDX-License-Identifier: Apache-2.0
//
// One running child with three pipes: its input, its output, its standard error. It gets a process
// group of its own, no descriptor but these three, default signals, a KILL when the daemon dies,
// and only those variables of the environment that a desktop program needs (the list stands in
// plugin_spawn.cpp). Callbacks run on the loop, and none after destruction. Destroying one whose
// child still runs kills the child's whole group and reaps it.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "host/plugin_life.hpp"

namespace boost::asio {
class io_context;
}

namespace nape::host {

struct PluginSpec;

struct ProcessCallbacks {
  std::function<void(std::string_view bytes)> on_output;
  std::function<void()> on_output_end;
  std::function<void(std::string_view bytes)> on_error_output;
  /// The last call, after what it had written before its end has been delivered.
  std::function<void(Exit)> on_exit;
};

class PluginProcess {
 public:
  static Result<std::unique_ptr<PluginProcess>> spawn(boost::asio::io_context& loop,
                                                      const PluginSpec& spec,
                                                      ProcessCallbacks callbacks);
  ~PluginProcess();
  PluginProcess(const PluginProcess&) = delete;
  PluginProcess& operator=(const PluginProcess&) = delete;

  pid_t pid() const;

  /// Queues `bytes`. False, and nothing queued, when the child has not read so much that more than
  /// 256 KiB would wait.
  bool write(std::string bytes);
  void close_input();
  /// To its whole process group.
  void signal(int number);

  /// Its output (or standard error) is left in the pipe, which stops a child that writes too much.
  void read_output(bool on);
  void read_error_output(bool on);

 private:
  struct Inner;
  explicit PluginProcess(std::shared_ptr<Inner> inner);
  std::shared_ptr<Inner> inner_;
};

}  // namespace nape::host
