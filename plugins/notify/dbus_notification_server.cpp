// SPDX-License-Identifier: Apache-2.0
#include "notify/dbus_notification_server.hpp"

#include <sdbus-c++/sdbus-c++.h>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "notify/tr.hpp"
#include "sdk/clock.hpp"

namespace nape::notify {
namespace {

constexpr const char* server_name = "org.freedesktop.Notifications";
constexpr const char* server_path = "/org/freedesktop/Notifications";
constexpr const char* bus_name = "org.freedesktop.DBus";
constexpr const char* bus_path = "/org/freedesktop/DBus";
// Of all names only the server's: every program that comes to the bus would wake us otherwise.
constexpr const char* owner_match =
    "type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged',"
    "arg0='org.freedesktop.Notifications'";

// PendingCalls ends a call in time; the bus keeps waiting, so that a late notification is known and
// can be closed.
constexpr std::uint64_t forever_usec = UINT64_MAX;

constexpr std::size_t reason_limit = 200;

std::string no_server() {
  return tr("No notification server runs in this session; start one, for example dunst.");
}

std::string sentence_of(const sdbus::Error& error) {
  const std::string& name = error.getName();
  const std::string message = fit(error.getMessage(), reason_limit);
  if (name == "org.freedesktop.DBus.Error.ServiceUnknown" ||
      name == "org.freedesktop.DBus.Error.NameHasNoOwner") {
    return no_server();
  }
  if (name == "org.freedesktop.DBus.Error.NoReply") {
    return tr("The notification server went away before it answered.");
  }
  if (name.starts_with("org.freedesktop.DBus.Error.Spawn")) {
    return tr("The notification server could not be started: ") + message;
  }
  return tr("The notification server refused: ") + message;
}

/// What a server says it can, in the words of the notification specification.
using Abilities = std::vector<std::string>;

bool has(const Abilities& abilities, const char* ability) {
  return std::ranges::find(abilities, ability) != abilities.end();
}

std::vector<std::string> flat(const std::vector<std::pair<std::string, std::string>>& actions) {
  std::vector<std::string> keys_and_labels;
  for (const auto& [key, label] : actions) {
    keys_and_labels.push_back(key);
    keys_and_labels.push_back(label);
  }
  return keys_and_labels;
}

// A server that keeps a list (GNOME, KDE) moves everything there after some seconds but what is
// critical. Elsewhere the expiry is enough, and critical would be red: dunst paints it so.
constexpr std::uint8_t normal = 1;
constexpr std::uint8_t critical = 2;

std::map<std::string, sdbus::Variant> hints_of(const Notice& notice, const Abilities& abilities) {
  std::map<std::string, sdbus::Variant> hints;
  hints.emplace("urgency", notice.stays && has(abilities, "persistence") ? critical : normal);
  hints.emplace("desktop-entry", std::string("nape"));
  hints.emplace("category", std::string("x-nape.break"));
  hints.emplace("suppress-sound", true);
  if (notice.transient) hints.emplace("transient", true);
  return hints;
}

}  // namespace

/// One connection and what is called over it. Destroying it drops the callbacks of all calls that
/// are under way.
class DbusNotificationServer::Bus {
 public:
  Bus()
      : connection_(sdbus::createSessionBusConnection()),
        server_(sdbus::createProxy(*connection_, server_name, server_path)),
        names_(sdbus::createProxy(*connection_, bus_name, bus_path)) {}

  void listen(const Listener& listener, std::function<void(bool, bool)> on_owner_changed) {
    server_->uponSignal("ActionInvoked")
        .onInterface(server_name)
        .call([&listener](std::uint32_t id, const std::string& key) { listener.chosen(id, key); });
    server_->uponSignal("NotificationClosed")
        .onInterface(server_name)
        .call([&listener](std::uint32_t id, std::uint32_t) { listener.closed(id); });
    server_->finishRegistration();
    const auto report = [on_owner_changed](sdbus::Message& message) {
      std::string name, old_owner, new_owner;
      message >> name >> old_owner >> new_owner;
      on_owner_changed(!old_owner.empty(), !new_owner.empty());
    };
    connection_->addMatch(owner_match, report, sdbus::floating_slot);
  }

  template <class Done>
  void has_owner(Done done) {
    names_->callMethodAsync("NameHasOwner")
        .onInterface(bus_name)
        .withArguments(std::string(server_name))
        .uponReplyInvoke([done](const sdbus::Error* error, bool has) { done(!error && has); });
  }

  template <class Done>
  void can_be_started(Done done) {
    names_->callMethodAsync("ListActivatableNames")
        .onInterface(bus_name)
        .uponReplyInvoke([done](const sdbus::Error* error, const std::vector<std::string>& names) {
          done(!error && has(names, server_name));
        });
  }

  /// Asked anew before each notification: the next server may have other abilities than the last.
  template <class Done>
  void abilities(Done done) {
    server_->callMethodAsync("GetCapabilities")
        .onInterface(server_name)
        .withTimeout(forever_usec)
        .uponReplyInvoke([done](const sdbus::Error* error, const Abilities& abilities) {
          done(error ? sentence_of(*error) : "", abilities);
        });
  }

  template <class Done>
  void notify(const Notice& notice, const Abilities& abilities, Done done) {
    const std::string body =
        has(abilities, "body-markup") ? escape_markup(notice.body) : notice.body;
    server_->callMethodAsync("Notify")
        .onInterface(server_name)
        .withTimeout(forever_usec)
        .withArguments(std::string("Nape"), notice.replaces, std::string(), notice.title, body,
                       flat(notice.actions), hints_of(notice, abilities), notice.expire_ms)
        .uponReplyInvoke([done](const sdbus::Error* error, std::uint32_t id) {
          if (error) return done(Shown{0, sentence_of(*error)});
          done(Shown{id, id != 0 ? "" : tr("The notification server dropped it.")});
        });
  }

  void close(std::uint32_t id) {
    server_->callMethod("CloseNotification")
        .onInterface(server_name)
        .withArguments(id)
        .dontExpectReply();
  }

  sdbus::IConnection& connection() { return *connection_; }

 private:
  std::unique_ptr<sdbus::IConnection> connection_;
  std::unique_ptr<sdbus::IProxy> server_;
  std::unique_ptr<sdbus::IProxy> names_;
};

DbusNotificationServer::DbusNotificationServer(Listener listener)
    : listener_(std::move(listener)) {}

DbusNotificationServer::~DbusNotificationServer() = default;

void DbusNotificationServer::connect() {
  if (bus_) return;
  try {
    auto bus = std::make_unique<Bus>();
    bus->listen(listener_, [this](bool had, bool has) { on_owner_changed(had, has); });
    bus_ = std::move(bus);
    look_for_server();
  } catch (const sdbus::Error& error) {
    bus_.reset();
    tell_obstacle(tr("There is no session bus: ") + fit(error.getMessage(), reason_limit));
  }
}

void DbusNotificationServer::notify(const Notice& notice, std::function<void(const Shown&)> done) {
  connect();
  if (!bus_) return done({0, obstacle_.value_or(no_server())});
  const std::uint64_t call = calls_.add(sdk::boot_now() + patience, std::move(done));
  const auto on_shown = [this, call](const Shown& shown) {
    if (!calls_.end(call, shown) && shown.id != 0) close(shown.id);
  };
  const auto on_abilities = [this, call, notice, on_shown](const std::string& failure,
                                                           const Abilities& abilities) {
    if (!failure.empty()) return on_shown({0, failure});
    if (!calls_.is_pending(call)) return;
    try {
      bus_->notify(notice, abilities, on_shown);
    } catch (const sdbus::Error& error) {
      on_shown({0, sentence_of(error)});
    }
  };
  try {
    bus_->abilities(on_abilities);
  } catch (const sdbus::Error& error) {
    on_shown({0, sentence_of(error)});
  }
}

void DbusNotificationServer::close(std::uint32_t id) {
  if (!bus_) return;
  try {
    bus_->close(id);
  } catch (const sdbus::Error&) {
    // The bus is going; process() will find out, and the notification goes with it.
  }
}

DbusNotificationServer::Sleep DbusNotificationServer::sleep() const {
  Sleep sleep;
  sleep.until = calls_.deadline();
  if (!bus_) return sleep;
  const auto now = sdk::boot_now();
  try {
    const auto poll = bus_->connection().getEventLoopPollData();
    sleep.fd = pollfd{poll.fd, poll.events, 0};
    if (const auto wait = poll.getRelativeTimeout()) {
      const auto until = now + std::chrono::ceil<std::chrono::milliseconds>(*wait);
      sleep.until = std::min(sleep.until.value_or(until), until);
    }
  } catch (const sdbus::Error&) {
    sleep.until = now;
  }
  return sleep;
}

void DbusNotificationServer::process() {
  try {
    while (bus_ && bus_->connection().processPendingRequest()) continue;
  } catch (const sdbus::Error&) {
    lose_bus();
  }
  calls_.expire(sdk::boot_now(), tr("The notification server did not answer within 5 s."));
}

void DbusNotificationServer::on_owner_changed(bool had_owner, bool has_owner) {
  if (had_owner) listener_.gone();
  if (has_owner) {
    tell_obstacle("");
    listener_.come();
  } else {
    look_for_server();
  }
}

void DbusNotificationServer::look_for_server() {
  bus_->has_owner([this](bool has) {
    if (has) return tell_obstacle("");
    bus_->can_be_started([this](bool can) { tell_obstacle(can ? "" : no_server()); });
  });
}

void DbusNotificationServer::tell_obstacle(const std::string& sentence) {
  const bool is_known = obstacle_ && obstacle_->empty() == sentence.empty();
  obstacle_ = sentence;
  if (!is_known) listener_.obstacle(sentence);
}

void DbusNotificationServer::lose_bus() {
  const std::string sentence = tr("The session bus has gone.");
  bus_.reset();
  calls_.fail_all(sentence);
  listener_.gone();
  tell_obstacle(sentence);
}

}  // namespace nape::notify
