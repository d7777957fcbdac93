// SPDX-License-Identifier: Apache-2.0
//
// nape-plugin-notify: shows nudges as desktop notifications.
#include <libintl.h>

#include <clocale>

#include "notify/dbus_notification_server.hpp"
#include "notify/showings.hpp"
#include "sdk/plugin.hpp"

namespace nape::notify {
namespace {

class NotifyPlugin : public sdk::Plugin {
 public:
  sdk::Identity identity() const override {
    return {"notify",
            {"nudge"},
            "Shows nudges as desktop notifications and tells which button was pressed. It sees\n"
            "nothing else: no input, no window, no notification of another program."};
  }

  void start(sdk::Link& link) override {
    link_ = &link;
    server_.connect();
    server_.process();
  }

  void wait_for(sdk::Wait& wait) override {
    const DbusNotificationServer::Sleep sleep = server_.sleep();
    if (sleep.fd) wait.fds.push_back(*sleep.fd);
    wait.until = sleep.until;
  }

  void on_wake(std::span<const pollfd> /*ready*/) override { server_.process(); }

  void on_directive(const v1::Directive& directive) override {
    if (directive.has_show()) showings_.show(directive.show());
    if (directive.has_withdraw()) showings_.withdraw(directive.withdraw().subject());
  }

  /// Buttons must not outlive the one who hears them.
  void stop() override { showings_.withdraw_all(); }

 private:
  void answer(const v1::Answer& answer) {
    v1::Observation frame;
    *frame.mutable_answer() = answer;
    link_->send(std::move(frame));
  }

  void on_obstacle(const std::string& sentence) {
    v1::Answer about_the_server;
    if (sentence.empty()) {
      about_the_server.mutable_delivered();
    } else {
      about_the_server.mutable_undelivered()->set_reason(sentence);
    }
    answer(about_the_server);
  }

  sdk::Link* link_ = nullptr;
  DbusNotificationServer server_{{
      .chosen = [this](auto id, const auto& key) { showings_.on_chosen(id, key); },
      .closed = [this](auto id) { showings_.on_closed(id); },
      .come = [this] { showings_.on_server_come(); },
      .gone = [this] { showings_.on_server_gone(); },
      .obstacle = [this](const auto& sentence) { on_obstacle(sentence); },
  }};
  Showings showings_{server_, [this](const v1::Answer& given) { answer(given); }};
};

}  // namespace
}  // namespace nape::notify

int main(int argc, char** argv) {
  setlocale(LC_MESSAGES, "");
  textdomain("nape");
  nape::notify::NotifyPlugin plugin;
  return nape::sdk::run(plugin, argc, argv);
}
