// SPDX-License-Identifier: Apache-2.0
//
// Port: whoever puts notifications on the screen. Its ids mean nothing after it has gone, and it
// may give one again that it has used before.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "notify/notice.hpp"

namespace nape::notify {

/// Either an id, or 0 and a sentence for people.
struct Shown {
  std::uint32_t id = 0;
  std::string failure;
};

class NotificationServer {
 public:
  virtual ~NotificationServer() = default;

  /// `done` is called exactly once, and never from within this call.
  virtual void notify(const Notice& notice, std::function<void(const Shown&)> done) = 0;

  /// Takes it off the screen; nothing happens where it is gone already.
  virtual void close(std::uint32_t id) = 0;
};

}  // namespace nape::notify
