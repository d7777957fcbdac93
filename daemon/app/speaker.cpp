// SPDX-License-Identifier: Apache-2.0
#include "app/speaker.hpp"

#include "app/sentences.hpp"

namespace nape::app {
namespace {

constexpr Duration welcome_stays = std::chrono::seconds(5);
constexpr Duration explanation_stays = std::chrono::seconds(20);
/// More showings than this without an answer are of a desktop that never answers.
constexpr std::size_t most_shown = 64;

}  // namespace

void Speaker::carry_out(const Effects& effects) {
  for (const auto& effect : effects) {
    if (const auto* stage = std::get_if<BreakStage>(&effect)) {
      if (stage->reachable) show(*stage);
    } else if (const auto* gone = std::get_if<Withdraw>(&effect)) {
      withdraw(gone->kind);
    } else if (const auto* why = std::get_if<Why>(&effect)) {
      why_[why->kind] = *why;
    } else if (const auto* advice = std::get_if<Advice>(&effect)) {
      if (const auto text = advice_text(advice->about)) {
        host::Showing showing;
        showing.subject = "advice." + advice->about;
        showing.title = *text;
        send(showing, "");
      }
    } else if (const auto* ended = std::get_if<BreakEnded>(&effect)) {
      const bool rest = ended->outcome == Outcome::taken || ended->outcome == Outcome::partial;
      if (rest && ended->paid > Duration::zero()) rested_ = *ended;
    } else if (const auto* presence = std::get_if<PresenceChanged>(&effect)) {
      is_back_ = presence->state == PresenceState::active;
    }
  }
  if (rested_ && is_back_) welcome_back();
}

void Speaker::send(host::Showing showing, const std::string& about) {
  showing.id = ++last_id_;
  if (shown_.size() >= most_shown) shown_.erase(shown_.begin());
  shown_[showing.id] = about;
  if (!parts_.send(showing)) shown_.erase(showing.id);
}

void Speaker::show(const BreakStage& stage) {
  const auto* kind = parts_.kind(stage.kind);
  if (!kind) return;
  last_stage_[stage.kind] = stage;
  host::Showing showing;
  showing.subject = stage.kind;
  showing.stage = stage.stage;
  showing.title = prompt_title(stage, *kind);
  showing.body = prompt_body(stage, *kind);
  showing.stay = stage.stay;
  if (!kind->daily_budget) {
    showing.buttons.push_back({"start", start_label()});
    if (stage.postpones_left > 0) {
      showing.buttons.push_back(
          {"postpone", postpone_label(stage.postpone_length, stage.postpones_left)});
    }
    if (stage.skips_left > 0) showing.buttons.push_back({"skip", skip_label(stage.skips_left)});
  }
  showing.buttons.push_back({"why", why_label()});
  send(showing, stage.kind);
}

void Speaker::withdraw(const std::string& kind) {
  last_stage_.erase(kind);
  parts_.send(host::Removal{kind});
}

void Speaker::welcome_back() {
  const auto ended = *rested_;
  rested_.reset();
  host::Showing showing;
  showing.subject = ended.kind;
  showing.title = return_title(ended);
  const auto next = parts_.next_at(ended.kind);
  if (!next.empty()) showing.body = return_body(next);
  showing.expire = welcome_stays;
  send(showing, "");
}

void Speaker::explain(const std::string& kind) {
  const auto* rule = parts_.kind(kind);
  const auto why = why_.find(kind);
  if (!rule || why == why_.end()) return;
  host::Showing showing;
  showing.subject = kind + ".why";
  showing.title = why_text(why->second, *rule);
  showing.body = rule->source;
  showing.expire = explanation_stays;
  send(showing, "");
}

std::optional<Event> Speaker::word_of(const host::Answer& answer) {
  if (answer.what == host::Answer::What::undelivered) parts_.on_obstacle(answer.text);
  // Whatever was delivered, or answered, was on a screen.
  if (answer.what == host::Answer::What::delivered) parts_.on_obstacle("");
  const auto shown = shown_.find(answer.id);
  if (shown == shown_.end() || answer.what == host::Answer::What::delivered) return std::nullopt;
  const auto kind = shown->second;
  shown_.erase(shown);
  if (answer.what != host::Answer::What::chosen || kind.empty()) return std::nullopt;
  if (answer.text == "start") return word::Start{kind};
  if (answer.text == "postpone") return word::Postpone{kind};
  if (answer.text == "skip") return word::Skip{kind};
  if (answer.text == "exit") return word::Exit{kind};
  if (answer.text == "why") explain(kind);
  // An explanation is no answer: what is due stays on the screen.
  if (const auto again = last_stage_.find(kind); answer.text == "why" && again != last_stage_.end())
    show(again->second);
  return std::nullopt;
}

}  // namespace nape::app
