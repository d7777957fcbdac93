// SPDX-License-Identifier: Apache-2.0
//
// org.freedesktop.Notifications on the session bus. Has no thread and no loop: it is driven through
// sleep() and process(), and costs nothing while the bus is silent. Connects when first needed,
// again after the bus has gone. A call that takes longer than `patience` has failed, and what it
// puts on the screen after that is taken off again: nobody would listen to its buttons.
#pragma once

#include <poll.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "notify/notification_server.hpp"
#include "notify/pending_calls.hpp"

namespace nape::notify {

class DbusNotificationServer : public NotificationServer {
 public:
  static constexpr std::chrono::seconds patience{5};

  struct Listener {
    std::function<void(std::uint32_t id, const std::string& key)> chosen;
    std::function<void(std::uint32_t id)> closed;
    /// A server has taken its name on the bus.
    std::function<void()> come;
    /// The server or the bus has gone; all ids are void.
    std::function<void()> gone;
    /// Whether anything can be shown: told once after connect(), then when it changes. Empty: it
    /// can (a server that the bus can start counts as there); else a sentence for people.
    std::function<void(const std::string& sentence)> obstacle;
  };

  /// What to poll for, and when to call process() at the latest, on the boot clock.
  struct Sleep {
    std::optional<pollfd> fd;
    std::optional<std::chrono::milliseconds> until;
  };

  explicit DbusNotificationServer(Listener listener);
  ~DbusNotificationServer() override;

  /// Does nothing while connected.
  void connect();

  void notify(const Notice& notice, std::function<void(const Shown&)> done) override;
  void close(std::uint32_t id) override;

  Sleep sleep() const;
  void process();

 private:
  class Bus;

  void on_owner_changed(bool had_owner, bool has_owner);
  void look_for_server();
  void tell_obstacle(const std::string& sentence);
  void lose_bus();

  Listener listener_;
  PendingCalls calls_;
  std::unique_ptr<Bus> bus_;
  std::optional<std::string> obstacle_;
};

}  // namespace nape::notify
