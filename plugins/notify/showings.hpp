// SPDX-License-Identifier: Apache-2.0
//
// What of ours is on the screen: at most one notification a subject. Turns directives into calls of
// the server, and what the server tells into answers. The rules:
//  - A show that comes while the server has not yet answered the one before it waits; of several
//  that wait only the
//    last is shown, the others are undelivered.
//  - A show that has been answered, chosen or closed, is over: it is taken off the screen, where
//    some servers would let it stand, and whatever the server tells of it later is ignored.
//  - What the daemon withdraws is not answered: it was neither expired nor dismissed.
//  - Where the server goes, what it showed is closed; what was to stay is shown again by the next
//  server, silently.
// Ids of the server that are not ours (another program's notification, one already forgotten) are
// ignored.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "nape/v1/directive.pb.h"
#include "notify/notification_server.hpp"

namespace nape::notify {

class Showings {
 public:
  using Answering = std::function<void(const v1::Answer&)>;

  /// The server must live longer.
  Showings(NotificationServer& server, Answering answer);

  void show(const v1::Show& show);
  void withdraw(const std::string& subject);
  void withdraw_all();

  void on_chosen(std::uint32_t server_id, const std::string& key);
  void on_closed(std::uint32_t server_id);
  void on_server_gone();
  void on_server_come();

 private:
  struct Subject {
    /// The last show that the server took; on the screen while it has a server_id.
    v1::Show shown;
    std::uint32_t server_id = 0;
    /// Its server has gone; it waits for the next one.
    bool lost = false;

    /// Sent, and the server has not answered yet.
    std::optional<v1::Show> asked;
    bool asked_again = false;
    bool withdrawn_while_asked = false;
    /// Came while `asked` was under way.
    std::optional<v1::Show> next;

    bool is_over() const { return server_id == 0 && !lost && !asked && !next; }
  };
  using Subjects = std::map<std::string, Subject>;

  enum class Again { no, yes };
  void ask(const std::string& name, const v1::Show& show, Again again);
  void on_reply(const std::string& name, const Shown& reply);
  void take_place(Subject& subject, const v1::Show& show, std::uint32_t server_id);
  void close(Subject& subject);
  void drop_next(Subject& subject, const char* reason);
  Subjects::iterator find(std::uint32_t server_id);

  void delivered(std::uint64_t id);
  void undelivered(std::uint64_t id, const std::string& reason);
  void closed(std::uint64_t id);

  NotificationServer& server_;
  Answering answer_;
  Subjects subjects_;
};

}  // namespace nape::notify
