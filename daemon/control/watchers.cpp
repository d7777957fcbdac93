// SPDX-License-Identifier: Apache-2.0
#include "control/watchers.hpp"

#include <algorithm>
#include <utility>

#include "voice/tr.hpp"

namespace nape::control {

void Service::Watchers::add(const Call& call, Responder responder, BootTime now, Duration wait) {
  if (waiting_.size() >= most) {
    Waiting oldest = std::move(waiting_.front());
    waiting_.pop_front();
    answer(std::move(oldest));
  }
  const bool is_timeout = call.timeout && *call.timeout < wait;
  const std::uint64_t id = ++last_id_;
  waiting_.push_back(
      {id, call.codec, now + (is_timeout ? *call.timeout : wait), is_timeout, responder});
  // An id, not an iterator: the entry may have been answered in the meantime.
  responder->on_gone(
      [this, id] { waiting_.remove_if([&](const Waiting& one) { return one.id == id; }); });
}

void Service::Watchers::answer(Waiting waiting) {
  waiting.responder->respond(status_(waiting.codec));
}

void Service::Watchers::answer_all() {
  // Moved out first: an answer may bring the next request of the same client.
  for (Waiting& one : std::exchange(waiting_, {})) answer(std::move(one));
}

void Service::Watchers::refuse_all(const Problem& problem) {
  for (const Waiting& one : std::exchange(waiting_, {})) one.responder->respond(refuse(problem));
}

std::optional<BootTime> Service::Watchers::deadline() const {
  const auto first =
      std::min_element(waiting_.begin(), waiting_.end(),
                       [](const Waiting& a, const Waiting& b) { return a.until < b.until; });
  return first == waiting_.end() ? std::nullopt : std::optional(first->until);
}

void Service::Watchers::tick(BootTime now) {
  std::list<Waiting> over;
  for (auto one = waiting_.begin(); one != waiting_.end();) {
    const auto next = std::next(one);
    if (one->until <= now) over.splice(over.end(), waiting_, one);
    one = next;
  }
  for (Waiting& one : over) {
    if (one.is_timeout) {
      one.responder->respond(
          refuse({Code::deadline_exceeded, tr("Nothing has changed within Connect-Timeout-Ms.")}));
    } else {
      answer(std::move(one));
    }
  }
}

}  // namespace nape::control
