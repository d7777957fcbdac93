// SPDX-License-Identifier: Apache-2.0
#include "x11/displays.hpp"

#include <xcb/randr.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace nape::x11 {
namespace {

constexpr std::chrono::milliseconds burst{500};

// A monitor's own name, and those of its outputs: people may name monitors as they like and split
// one in two.
struct Question {
  xcb_get_atom_name_cookie_t name;
  std::vector<xcb_randr_get_output_info_cookie_t> outputs;
};

std::vector<Question> ask(const XServer& server, const xcb_randr_get_monitors_reply_t& monitors) {
  std::vector<Question> questions;
  auto it = xcb_randr_get_monitors_monitors_iterator(&monitors);
  for (; it.rem > 0; xcb_randr_monitor_info_next(&it)) {
    Question question{xcb_get_atom_name(server.connection(), it.data->name), {}};
    const xcb_randr_output_t* outputs = xcb_randr_monitor_info_outputs(it.data);
    for (int i = 0; i < xcb_randr_monitor_info_outputs_length(it.data); ++i) {
      question.outputs.push_back(
          xcb_randr_get_output_info(server.connection(), outputs[i], XCB_CURRENT_TIME));
    }
    questions.push_back(std::move(question));
  }
  return questions;
}

std::vector<std::string> answer(const XServer& server, const Question& question) {
  std::vector<std::string> names;
  const Owned<xcb_get_atom_name_reply_t> own{
      xcb_get_atom_name_reply(server.connection(), question.name, nullptr)};
  if (own) {
    names.emplace_back(xcb_get_atom_name_name(own.get()),
                       static_cast<std::size_t>(xcb_get_atom_name_name_length(own.get())));
  }
  for (const auto cookie : question.outputs) {
    const Owned<xcb_randr_get_output_info_reply_t> output{
        xcb_randr_get_output_info_reply(server.connection(), cookie, nullptr)};
    if (!output) continue;
    const auto* name = reinterpret_cast<const char*>(xcb_randr_get_output_info_name(output.get()));
    names.emplace_back(
        name, static_cast<std::size_t>(xcb_randr_get_output_info_name_length(output.get())));
  }
  return names;
}

}  // namespace

bool is_builtin(const std::string& output) {
  constexpr std::array<std::string_view, 3> panels{"eDP", "LVDS", "DSI"};
  return std::ranges::any_of(panels, [&](std::string_view p) { return output.starts_with(p); });
}

bool Displays::start() {
  const auto* extension = server_.extension(xcb_randr_id);
  if (extension == nullptr) return false;
  const auto cookie = xcb_randr_query_version(server_.connection(), 1, 5);
  const Owned<xcb_randr_query_version_reply_t> version{
      xcb_randr_query_version_reply(server_.connection(), cookie, nullptr)};
  if (!version || version->major_version != 1 || version->minor_version < 5) return false;
  first_event_ = extension->first_event;
  xcb_randr_select_input(server_.connection(), server_.root(),
                         XCB_RANDR_NOTIFY_MASK_SCREEN_CHANGE | XCB_RANDR_NOTIFY_MASK_CRTC_CHANGE |
                             XCB_RANDR_NOTIFY_MASK_OUTPUT_CHANGE);
  read();
  return true;
}

// A monitor that a person defines is told by a change of the root window alone.
bool Displays::take(const xcb_generic_event_t& event, Milliseconds now) {
  const int type = event.response_type & 0x7F;
  const bool is_root_change =
      type == XCB_CONFIGURE_NOTIFY &&
      reinterpret_cast<const xcb_configure_notify_event_t&>(event).window == server_.root();
  const bool is_randr = first_event_ && (type == *first_event_ + XCB_RANDR_SCREEN_CHANGE_NOTIFY ||
                                         type == *first_event_ + XCB_RANDR_NOTIFY);
  if (!first_event_ || (!is_root_change && !is_randr)) return false;
  look_again_ = now + burst;
  return true;
}

bool Displays::look(Milliseconds now) {
  if (!look_again_ || now < *look_again_) return false;
  look_again_.reset();
  read();
  return true;
}

void Displays::read() {
  const auto cookie = xcb_randr_get_monitors(server_.connection(), server_.root(), 1);
  const Owned<xcb_randr_get_monitors_reply_t> monitors{
      xcb_randr_get_monitors_reply(server_.connection(), cookie, nullptr)};
  if (!monitors) return;
  Seen seen;
  for (const Question& question : ask(server_, *monitors)) {
    const std::vector<std::string> names = answer(server_, question);
    (std::ranges::any_of(names, is_builtin) ? seen.builtin : seen.external) = true;
    xwayland_ = xwayland_ || std::ranges::any_of(names, [](const std::string& name) {
                  return name.starts_with("XWAYLAND");
                });
  }
  seen_ = seen;
}

}  // namespace nape::x11
