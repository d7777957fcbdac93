// SPDX-License-Identifier: Apache-2.0
#include "notify/showings.hpp"

#include <algorithm>
#include <utility>

#include "notify/tr.hpp"

namespace nape::notify {
namespace {

bool can_be_a_notification(v1::Show::Stage stage) {
  return stage == v1::Show::STAGE_UNSPECIFIED || stage == v1::Show::STAGE_NUDGE;
}

}  // namespace

Showings::Showings(NotificationServer& server, Answering answer)
    : server_(server), answer_(std::move(answer)) {}

void Showings::show(const v1::Show& show) {
  if (!can_be_a_notification(show.stage())) {
    undelivered(show.id(), tr("A notification can only nudge."));
    return;
  }
  Subject& subject = subjects_[show.subject()];
  if (!subject.asked) {
    ask(show.subject(), show, Again::no);
    return;
  }
  drop_next(subject, tr("A later message about the same took its place."));
  subject.next = show;
}

void Showings::withdraw(const std::string& name) {
  const auto found = subjects_.find(name);
  if (found == subjects_.end()) return;
  Subject& subject = found->second;
  drop_next(subject, tr("It was withdrawn before it could be shown."));
  close(subject);
  if (subject.asked) {
    subject.withdrawn_while_asked = true;
  } else {
    subjects_.erase(found);
  }
}

void Showings::withdraw_all() {
  for (auto& [name, subject] : subjects_) close(subject);
  subjects_.clear();
}

void Showings::on_chosen(std::uint32_t server_id, const std::string& key) {
  const auto found = find(server_id);
  if (found == subjects_.end()) return;
  v1::Answer answer;
  answer.set_id(found->second.shown.id());
  answer.mutable_chosen()->set_key(key);
  close(found->second);
  if (found->second.is_over()) subjects_.erase(found);
  answer_(answer);
}

void Showings::on_closed(std::uint32_t server_id) {
  const auto found = find(server_id);
  if (found == subjects_.end()) return;
  const std::uint64_t id = found->second.shown.id();
  found->second.server_id = 0;
  if (found->second.is_over()) subjects_.erase(found);
  closed(id);
}

void Showings::on_server_gone() {
  for (auto it = subjects_.begin(); it != subjects_.end();) {
    Subject& subject = it->second;
    if (std::exchange(subject.server_id, 0) != 0) {
      subject.lost = subject.shown.stay() && !subject.asked;
      if (!subject.lost) closed(subject.shown.id());
    }
    it = subject.is_over() ? subjects_.erase(it) : std::next(it);
  }
}

void Showings::on_server_come() {
  for (auto& [name, subject] : subjects_) {
    if (subject.lost && !subject.asked) ask(name, v1::Show(subject.shown), Again::yes);
  }
}

void Showings::ask(const std::string& name, const v1::Show& show, Again again) {
  Subject& subject = subjects_[name];
  subject.asked = show;
  subject.asked_again = again == Again::yes;
  subject.lost = false;
  Notice notice = to_notice(show);
  notice.replaces = subject.server_id;
  server_.notify(notice, [this, name](const Shown& reply) { on_reply(name, reply); });
}

void Showings::on_reply(const std::string& name, const Shown& reply) {
  const auto found = subjects_.find(name);
  if (found == subjects_.end() || !found->second.asked) return;
  Subject& subject = found->second;
  const v1::Show asked = *std::exchange(subject.asked, std::nullopt);
  if (reply.id != 0) {
    take_place(subject, asked, reply.id);
  } else if (subject.asked_again) {
    closed(asked.id());
  } else {
    undelivered(asked.id(), reply.failure);
  }
  if (std::exchange(subject.withdrawn_while_asked, false)) close(subject);
  if (const auto next = std::exchange(subject.next, std::nullopt)) {
    ask(name, *next, Again::no);
  } else if (subject.is_over()) {
    subjects_.erase(found);
  }
}

void Showings::take_place(Subject& subject, const v1::Show& show, std::uint32_t server_id) {
  // Not every server replaces in place; where it did not, the old one must not stand beside the
  // new.
  if (subject.server_id != server_id) close(subject);
  subject.server_id = server_id;
  subject.shown = show;
  if (!subject.asked_again) delivered(show.id());
}

void Showings::close(Subject& subject) {
  subject.lost = false;
  if (const auto id = std::exchange(subject.server_id, 0); id != 0) server_.close(id);
}

void Showings::drop_next(Subject& subject, const char* reason) {
  if (const auto next = std::exchange(subject.next, std::nullopt)) undelivered(next->id(), reason);
}

Showings::Subjects::iterator Showings::find(std::uint32_t server_id) {
  return std::find_if(subjects_.begin(), subjects_.end(), [server_id](const auto& entry) {
    return server_id != 0 && entry.second.server_id == server_id;
  });
}

void Showings::delivered(std::uint64_t id) {
  v1::Answer answer;
  answer.set_id(id);
  answer.mutable_delivered();
  answer_(answer);
}

void Showings::undelivered(std::uint64_t id, const std::string& reason) {
  v1::Answer answer;
  answer.set_id(id);
  answer.mutable_undelivered()->set_reason(reason);
  answer_(answer);
}

void Showings::closed(std::uint64_t id) {
  v1::Answer answer;
  answer.set_id(id);
  answer.mutable_closed();
  answer_(answer);
}

}  // namespace nape::notify
