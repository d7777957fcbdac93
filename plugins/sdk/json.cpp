// SPDX-License-Identifier: Apache-2.0
#include "sdk/json.hpp"

#include <array>
#include <cstdint>

#include "sdk/text.hpp"

namespace nape::sdk {
namespace {

// An object under construction: members are appended in order, close() hands out the text.
class Object {
 public:
  Object& text(std::string_view key, std::string_view value) {
    return raw(key, quoted_json(value));
  }
  Object& number(std::string_view key, std::int64_t value) {
    return raw(key, std::to_string(value));
  }
  Object& boolean(std::string_view key, bool value) { return raw(key, value ? "true" : "false"); }
  Object& raw(std::string_view key, std::string_view json) {
    if (text_.size() > 1) text_ += ',';
    text_ += quoted_json(key);
    text_ += ':';
    text_ += json;
    return *this;
  }
  std::string close() { return text_ + '}'; }

 private:
  std::string text_ = "{";
};

template <std::size_t size>
std::string_view word(const std::array<std::string_view, size>& words, int index) {
  return index >= 0 && static_cast<std::size_t>(index) < size
             ? words[static_cast<std::size_t>(index)]
             : "unknown";
}

std::string json_of(const v1::Hello& hello) {
  std::string capabilities;
  for (const std::string& capability : hello.capabilities()) {
    capabilities += capabilities.empty() ? '[' : ',';
    capabilities += quoted_json(capability);
  }
  capabilities += capabilities.empty() ? "[]" : "]";
  return Object()
      .text("name", hello.name())
      .text("version", hello.version())
      .number("protocol_major", hello.protocol_major())
      .number("protocol_minor", hello.protocol_minor())
      .raw("capabilities", capabilities)
      .close();
}

std::string json_of(const v1::InputTally& tally) {
  Object object;
  if (tally.counts_unknown()) {
    object.boolean("counts_unknown", true);
  } else {
    object.number("keys", tally.keys())
        .number("clicks", tally.clicks())
        .number("scroll", tally.scroll())
        .number("motion", tally.motion())
        .number("touch", tally.touch());
  }
  return object.number("last_boot_ms", tally.last_boot_ms()).close();
}

std::string json_of(const v1::Window& window) {
  return Object()
      .text("application", window.application())
      .boolean("fullscreen", window.fullscreen())
      .close();
}

std::string json_of(const v1::Session& session) {
  Object object;
  if (session.has_locked()) object.boolean("locked", session.locked());
  if (session.has_suspended()) object.boolean("suspended", session.suspended());
  if (session.has_lid_closed()) object.boolean("lid_closed", session.lid_closed());
  if (session.has_remote()) object.boolean("remote", session.remote());
  if (session.has_seat_active()) object.boolean("seat_active", session.seat_active());
  return object.close();
}

std::string json_of(const v1::Signals& signals) {
  Object object;
  if (signals.has_microphone()) object.boolean("microphone", signals.microphone());
  if (signals.has_camera()) object.boolean("camera", signals.camera());
  if (signals.has_screencast()) object.boolean("screencast", signals.screencast());
  if (signals.has_playback()) object.boolean("playback", signals.playback());
  if (signals.has_idle_inhibitor()) object.boolean("idle_inhibitor", signals.idle_inhibitor());
  if (signals.has_do_not_disturb()) object.boolean("do_not_disturb", signals.do_not_disturb());
  return object.close();
}

std::string json_of(const v1::Setup& setup) {
  constexpr std::array<std::string_view, 5> displays{"unspecified", "laptop", "external", "both",
                                                     "none"};
  constexpr std::array<std::string_view, 3> keyboards{"unspecified", "builtin", "external"};
  Object object;
  if (setup.display() != 0) object.text("display", word(displays, setup.display()));
  if (setup.keyboard() != 0) object.text("keyboard", word(keyboards, setup.keyboard()));
  return object.close();
}

std::string json_of(const v1::Health& health) {
  constexpr std::array<std::string_view, 6> kinds{"unspecified", "input", "window",
                                                  "session",     "media", "setup"};
  constexpr std::array<std::string_view, 3> states{"lost", "degraded", "good"};
  Object object;
  object.text("kind", word(kinds, health.kind())).text("state", word(states, health.state()));
  if (!health.reason().empty()) object.text("reason", health.reason());
  return object.close();
}

std::string json_of(const v1::Answer& answer) {
  Object object;
  object.number("id", static_cast<std::int64_t>(answer.id()));
  switch (answer.what_case()) {
    case v1::Answer::kDelivered:
      return object.raw("delivered", "{}").close();
    case v1::Answer::kUndelivered:
      return object
          .raw("undelivered", Object().text("reason", answer.undelivered().reason()).close())
          .close();
    case v1::Answer::kChosen:
      return object.raw("chosen", Object().text("key", answer.chosen().key()).close()).close();
    case v1::Answer::kClosed:
      return object.raw("closed", "{}").close();
    case v1::Answer::WHAT_NOT_SET:
      break;
  }
  return object.close();
}

void add_what(const v1::Observation& frame, Object& object) {
  switch (frame.what_case()) {
    case v1::Observation::kHello:
      object.raw("hello", json_of(frame.hello()));
      break;
    case v1::Observation::kInput:
      object.raw("input", json_of(frame.input()));
      break;
    case v1::Observation::kWindow:
      object.raw("window", json_of(frame.window()));
      break;
    case v1::Observation::kSession:
      object.raw("session", json_of(frame.session()));
      break;
    case v1::Observation::kSignals:
      object.raw("signals", json_of(frame.signals()));
      break;
    case v1::Observation::kSetup:
      object.raw("setup", json_of(frame.setup()));
      break;
    case v1::Observation::kHealth:
      object.raw("health", json_of(frame.health()));
      break;
    case v1::Observation::kAnswer:
      object.raw("answer", json_of(frame.answer()));
      break;
    case v1::Observation::kPong:
      object.raw("pong",
                 Object().number("id", static_cast<std::int64_t>(frame.pong().id())).close());
      break;
    case v1::Observation::kMark:
      object.raw("mark", Object().text("text", frame.mark().text()).close());
      break;
    case v1::Observation::WHAT_NOT_SET:
      break;
  }
}

void append_escaped(char c, std::string& out) {
  constexpr std::string_view hex = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(c);
  if (c == '"' || c == '\\') {
    out += '\\';
    out += c;
  } else if (c == '\n') {
    out += "\\n";
  } else if (byte < 0x20 || byte == 0x7F) {
    out += "\\u00";
    out += hex[byte >> 4];
    out += hex[byte & 0xF];
  } else {
    out += c;
  }
}

}  // namespace

std::string to_json(const v1::Observation& frame) {
  Object object;
  object.number("boot_ms", frame.boot_ms());
  if (frame.wall_ms() != 0) object.number("wall_ms", frame.wall_ms());
  add_what(frame, object);
  return object.close();
}

std::string quoted_json(std::string_view text) {
  std::string out = "\"";
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    if (length == 0) {
      out += "\uFFFD";
    } else if (length == 1) {
      append_escaped(text.front(), out);
    } else {
      out += text.substr(0, length);
    }
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return out + '"';
}

}  // namespace nape::sdk
