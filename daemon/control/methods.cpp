// SPDX-License-Identifier: Apache-2.0
#include "control/methods.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <variant>

#include "control/person.hpp"
#include "voice/tr.hpp"

namespace nape::control {
namespace {

void answer(const Turn& turn, const google::protobuf::Message& message) {
  turn.responder->respond(encode(turn.call.codec, message));
}

void deny(const Turn& turn, const Problem& problem) { turn.responder->respond(refuse(problem)); }

/// The request, or nothing after it has been refused.
template <class Request>
std::optional<Request> read(const Turn& turn) {
  Request asked;
  if (const auto problem = decode(turn.call.codec, turn.request.body, asked)) {
    deny(turn, *problem);
    return std::nullopt;
  }
  return asked;
}

void say_word(const Turn& turn, const Word& word) {
  if (const auto* problem = std::get_if<Problem>(&word)) return deny(turn, *problem);
  if (const auto refused = turn.backend.say(std::get<Event>(word))) {
    return deny(turn, problem_of(*refused, turn.backend.snapshot()));
  }
  answer(turn, status_message(turn.backend, turn.revision.number()));
}

void version(const Turn& turn) {
  if (read<v1::VersionRequest>(turn)) answer(turn, version_message(turn.backend.daemon()));
}

void status(const Turn& turn) {
  if (read<v1::StatusRequest>(turn))
    answer(turn, status_message(turn.backend, turn.revision.number()));
}

void today(const Turn& turn) {
  const auto asked = read<v1::TodayRequest>(turn);
  if (!asked) return;
  const std::int32_t running = turn.backend.snapshot().day;
  const auto day = asked->day().empty() ? std::optional(running) : day_of(asked->day());
  if (!day) return deny(turn, {Code::invalid_argument, tr("day must be a date like 2026-03-02.")});
  if (*day > running) return deny(turn, {Code::out_of_range, tr("That day has not begun.")});
  const auto facts = turn.backend.day(*day);
  if (!facts) return deny(turn, {Code::unavailable, facts.error().what});
  answer(turn, today_message(*facts, *day == running, turn.backend.daemon().demo));
}

bool has_kind(const Snapshot& snapshot, const std::string& name) {
  return std::any_of(snapshot.kinds.begin(), snapshot.kinds.end(),
                     [&](const KindStatus& kind) { return kind.name == name; });
}

void why(const Turn& turn) {
  const auto asked = read<v1::WhyRequest>(turn);
  if (!asked) return;
  const std::uint32_t last = asked->has_last() ? asked->last() : 20;
  if (last < 1 || last > 1000)
    return deny(turn, {Code::invalid_argument, tr("last must be 1 to 1000.")});
  const auto rows = turn.backend.why(asked->kind(), last);
  if (!rows) return deny(turn, {Code::unavailable, rows.error().what});
  if (rows->empty() && !asked->kind().empty() &&
      !has_kind(turn.backend.snapshot(), asked->kind())) {
    return deny(turn, problem_of({Refusal::no_such_kind, asked->kind()}, turn.backend.snapshot()));
  }
  answer(turn, why_message(*rows));
}

void plugins(const Turn& turn) {
  if (read<v1::PluginsRequest>(turn)) answer(turn, plugins_message(turn.backend.plugins()));
}

void break_(const Turn& turn) {
  if (const auto asked = read<v1::BreakRequest>(turn))
    say_word(turn, word_of(*asked, turn.backend.snapshot()));
}

void pause(const Turn& turn) {
  if (const auto asked = read<v1::PauseRequest>(turn)) say_word(turn, word_of(*asked));
}

void resume(const Turn& turn) {
  if (read<v1::ResumeRequest>(turn)) say_word(turn, Event{word::Resume{}});
}

void was(const Turn& turn) {
  if (const auto asked = read<v1::WasRequest>(turn)) say_word(turn, word_of(*asked));
}

void reading(const Turn& turn) {
  if (const auto asked = read<v1::ReadingRequest>(turn))
    say_word(turn, Event{word::Reading{asked->on()}});
}

void desk(const Turn& turn) {
  if (const auto asked = read<v1::DeskRequest>(turn))
    say_word(turn, Event{word::Desk{asked->standing()}});
}

void stop_recording(const Turn& turn) {
  const auto recorded = turn.backend.stop_recording();
  if (!recorded) return deny(turn, {Code::failed_precondition, recorded.error().what});
  v1::RecordResponse message;
  message.set_path(recorded->path);
  message.set_frames(static_cast<double>(recorded->frames));
  answer(turn, message);
}

void record(const Turn& turn) {
  const auto asked = read<v1::RecordRequest>(turn);
  if (!asked) return;
  if (asked->path().empty()) return stop_recording(turn);
  // The daemon's working directory is nobody's business; a zero byte would silently cut the name.
  if (asked->path().front() != '/' || asked->path().find('\0') != std::string::npos) {
    return deny(turn, {Code::invalid_argument, tr("path must be absolute.")});
  }
  const auto started = turn.backend.record(asked->path());
  if (!started) return deny(turn, {Code::failed_precondition, started.error().what});
  v1::RecordResponse message;
  message.set_path(asked->path());
  answer(turn, message);
}

void copy(const Turn& turn) {
  if (!read<v1::CopyRequest>(turn)) return;
  turn.backend.copy(
      [codec = turn.call.codec, responder = turn.responder](Result<std::string> copied) {
        if (!copied) return responder->respond(refuse({Code::unavailable, copied.error().what}));
        v1::CopyResponse message;
        message.set_path(*copied);
        responder->respond(encode(codec, message));
      });
}

void reload(const Turn& turn) {
  if (!read<v1::ReloadRequest>(turn)) return;
  const auto reloaded = turn.backend.reload();
  if (!reloaded) return deny(turn, {Code::failed_precondition, reloaded.error().what});
  answer(turn, v1::ReloadResponse{});
}

struct Named {
  std::string_view name;
  Method method;
};

constexpr std::array methods{
    Named{"Version", version}, Named{"Status", status},   Named{"Today", today},
    Named{"Why", why},         Named{"Plugins", plugins}, Named{"Break", break_},
    Named{"Pause", pause},     Named{"Resume", resume},   Named{"Was", was},
    Named{"Reading", reading}, Named{"Desk", desk},       Named{"Record", record},
    Named{"Copy", copy},       Named{"Reload", reload},
};

}  // namespace

const Method* find_method(std::string_view name) {
  const auto found = std::find_if(methods.begin(), methods.end(),
                                  [&](const Named& one) { return one.name == name; });
  return found == methods.end() ? nullptr : &found->method;
}

}  // namespace nape::control
