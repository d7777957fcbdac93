// SPDX-License-Identifier: Apache-2.0
#include "host/translate.hpp"

#include <type_traits>

#include "core/words.hpp"
#include "nape/v1/directive.pb.h"
#include "nape/v1/observation.pb.h"
#include "wire/frame_reader.hpp"

namespace nape::host {
namespace {

v1::Show::Stage stage_of(Stage stage) {
  switch (stage) {
    case Stage::nudge:
      return v1::Show::STAGE_NUDGE;
    case Stage::prompt:
      return v1::Show::STAGE_PROMPT;
    case Stage::overlay:
      return v1::Show::STAGE_OVERLAY;
    case Stage::lock:
      return v1::Show::STAGE_LOCK;
  }
  return v1::Show::STAGE_UNSPECIFIED;
}

void fill(v1::Show& show, const Showing& from) {
  show.set_id(from.id);
  show.set_subject(from.subject);
  show.set_stage(stage_of(from.stage));
  show.set_title(from.title);
  show.set_body(from.body);
  for (const Button& button : from.buttons) {
    v1::Action& action = *show.add_actions();
    action.set_key(button.key);
    action.set_label(button.label);
  }
  show.set_stay(from.stay);
  show.set_expire_ms(static_cast<std::uint32_t>(from.expire.count()));
}

}  // namespace

std::optional<SensorKind> sensor_of(const v1::Observation& frame) {
  switch (frame.what_case()) {
    case v1::Observation::kInput:
      return SensorKind::input;
    case v1::Observation::kWindow:
      return SensorKind::window;
    case v1::Observation::kSession:
      return SensorKind::session;
    case v1::Observation::kSignals:
      return SensorKind::media;
    case v1::Observation::kSetup:
      return SensorKind::setup;
    default:
      return std::nullopt;
  }
}

std::optional<std::pair<SensorKind, Sense>> sense_of(const v1::Health& health) {
  const int kind = health.kind() - v1::Health::KIND_INPUT;
  if (kind < 0 || kind >= static_cast<int>(sensor_kind_count)) return std::nullopt;
  Sense sense;
  sense.reason = health.reason();
  if (health.state() == v1::Health::STATE_DEGRADED) sense.state = SensorState::degraded;
  if (health.state() == v1::Health::STATE_GOOD) sense.state = SensorState::good;
  return std::pair(static_cast<SensorKind>(kind), sense);
}

std::optional<Answer> answer_of(const v1::Answer& answer) {
  switch (answer.what_case()) {
    case v1::Answer::kDelivered:
      return Answer{answer.id(), Answer::What::delivered, {}};
    case v1::Answer::kUndelivered:
      return Answer{answer.id(), Answer::What::undelivered, answer.undelivered().reason()};
    case v1::Answer::kChosen:
      return Answer{answer.id(), Answer::What::chosen, answer.chosen().key()};
    case v1::Answer::kClosed:
      return Answer{answer.id(), Answer::What::closed, {}};
    case v1::Answer::WHAT_NOT_SET:
      break;
  }
  return std::nullopt;
}

std::optional<SensorKind> sensor_named(std::string_view capability) {
  return from_word<SensorKind>(capability);
}

std::string frame_of(const Directive& directive) {
  v1::Directive message;
  if (const auto* showing = std::get_if<Showing>(&directive)) {
    fill(*message.mutable_show(), *showing);
  } else {
    message.mutable_withdraw()->set_subject(std::get<Removal>(directive).subject);
  }
  return wire::framed(message.SerializeAsString());
}

std::string ping_frame(std::uint64_t id) {
  v1::Directive message;
  message.mutable_ping()->set_id(id);
  return wire::framed(message.SerializeAsString());
}

}  // namespace nape::host
