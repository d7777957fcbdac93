// SPDX-License-Identifier: Apache-2.0
//
// The signals a daemon answers, delivered on the loop: INT and TERM ask to stop, HUP to reload.
// PIPE is ignored from then on: a plugin or a client that went away is an error of its own write.
#pragma once

#include <functional>
#include <memory>

namespace boost::asio {
class io_context;
}

namespace nape::host {

class Signals {
 public:
  /// `on_stop` is called again for each further signal; whoever is stopping already may then hurry.
  Signals(boost::asio::io_context& loop, std::function<void()> on_stop,
          std::function<void()> on_reload);
  ~Signals();
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

 private:
  struct Inner;
  std::shared_ptr<Inner> inner_;
};

}  // namespace nape::host
