// SPDX-License-Identifier: Apache-2.0
#include <charconv>
#include <string>

#include "cli/ask.hpp"
#include "cli/commands.hpp"
#include "cli/pages.hpp"
#include "cli/watching.hpp"

namespace nape::cli {
namespace {

constexpr double json_wait_seconds = 3600;

/// How long to wait for an answer that the daemon may hold back for so long.
std::chrono::milliseconds patience(double wait_seconds) {
  return std::chrono::milliseconds(static_cast<long>(wait_seconds * 1000)) +
         std::chrono::seconds(10);
}

std::string rendered(const Session& session, const Options& options,
                     const v1::StatusResponse& status) {
  switch (options.format) {
    case Format::waybar:
      return waybar_line(status);
    case Format::i3blocks:
      return i3blocks_lines(status);
    case Format::page:
      break;
  }
  return status_page(status, session.paint);
}

/// On a terminal over what was there before; in a pipe one after the other.
void repaint(const Session& session, const Options& options, const std::string& text) {
  if (session.is_terminal && options.watch && options.format == Format::page && !options.json) {
    print("\033[H\033[J" + text);
  } else {
    print(text);
  }
}

/// A bar shows what its command printed, so it is told too.
int report_to_bar(const Options& options, const Failure& failure) {
  if (options.format == Format::waybar) {
    print("{\"text\":\"\",\"tooltip\":\"naped\",\"class\":\"stopped\",\"percentage\":0}\n");
  }
  return report(failure);
}

std::uint32_t revision_of(const std::string& json) {
  constexpr std::string_view key = "\"revision\":";
  std::uint32_t revision = 0;
  if (const auto at = json.find(key); at != std::string::npos) {
    std::from_chars(json.data() + at + key.size(), json.data() + json.size(), revision);
  }
  return revision;
}

int watch_json(const Session& session, const Options& options) {
  v1::WatchRequest request;
  request.set_wait_seconds(json_wait_seconds);
  for (;;) {
    const auto answer = ask_json(session.client, "Watch", request, patience(json_wait_seconds));
    if (const auto* failure = std::get_if<Failure>(&answer)) return report(*failure);
    const std::string& json = std::get<std::string>(answer);
    const std::uint32_t revision = revision_of(json);
    if (revision != request.since()) repaint(session, options, json + "\n");
    request.set_since(revision);
  }
}

int watch_page(const Session& session, const Options& options) {
  v1::WatchRequest request;
  std::string shown;
  double wait = 0;
  for (;;) {
    request.set_wait_seconds(wait);
    const auto answer = ask<v1::StatusResponse>(session.client, "Watch", request, patience(wait));
    if (const auto* failure = std::get_if<Failure>(&answer))
      return report_to_bar(options, *failure);
    const auto& status = std::get<v1::StatusResponse>(answer);
    const std::string text = rendered(session, options, status);
    if (text != shown) repaint(session, options, text);
    shown = text;
    wait = seconds_until_other(status);
    request.set_since(status.revision());
  }
}

}  // namespace

int show_status(const Session& session, const Options& options) {
  if (options.watch)
    return options.json ? watch_json(session, options) : watch_page(session, options);
  if (options.json) {
    const auto answer = ask_json(session.client, "Status", v1::StatusRequest{});
    if (const auto* failure = std::get_if<Failure>(&answer)) return report(*failure);
    print(std::get<std::string>(answer) + "\n");
    return done;
  }
  const auto answer = ask<v1::StatusResponse>(session.client, "Status", v1::StatusRequest{});
  if (const auto* failure = std::get_if<Failure>(&answer)) return report_to_bar(options, *failure);
  print(rendered(session, options, std::get<v1::StatusResponse>(answer)));
  return done;
}

int show_plugins(const Session& session, const Options& options) {
  v1::WatchRequest watch;
  watch.set_wait_seconds(json_wait_seconds);
  std::string shown;
  for (;;) {
    std::string text;
    if (options.json) {
      auto answer = ask_json(session.client, "Plugins", v1::PluginsRequest{});
      if (const auto* failure = std::get_if<Failure>(&answer)) return report(*failure);
      text = std::get<std::string>(answer) + "\n";
    } else {
      const auto answer = ask<v1::PluginsResponse>(session.client, "Plugins", v1::PluginsRequest{});
      if (const auto* failure = std::get_if<Failure>(&answer)) return report(*failure);
      text = plugins_page(std::get<v1::PluginsResponse>(answer), session.paint);
    }
    if (text != shown) repaint(session, options, text);
    if (!options.watch) return done;
    shown = text;
    const auto changed =
        ask<v1::StatusResponse>(session.client, "Watch", watch, patience(json_wait_seconds));
    if (const auto* failure = std::get_if<Failure>(&changed)) return report(*failure);
    watch.set_since(std::get<v1::StatusResponse>(changed).revision());
  }
}

int show_doctor(const Session& session, const Options& options) {
  const auto status = ask<v1::StatusResponse>(session.client, "Status", v1::StatusRequest{});
  if (const auto* failure = std::get_if<Failure>(&status)) return report(*failure);
  const auto plugins = ask<v1::PluginsResponse>(session.client, "Plugins", v1::PluginsRequest{});
  if (const auto* failure = std::get_if<Failure>(&plugins)) return report(*failure);
  const Diagnosis diagnosis = doctor_page(std::get<v1::StatusResponse>(status),
                                          std::get<v1::PluginsResponse>(plugins), session.paint);
  if (options.json) {
    const auto json = ask_json(session.client, "Plugins", v1::PluginsRequest{});
    const auto status_json = ask_json(session.client, "Status", v1::StatusRequest{});
    if (const auto* failure = std::get_if<Failure>(&json)) return report(*failure);
    if (const auto* failure = std::get_if<Failure>(&status_json)) return report(*failure);
    print("{\"amiss\":" + std::string(diagnosis.is_amiss ? "true" : "false") +
          ",\"status\":" + std::get<std::string>(status_json) +
          ",\"plugins\":" + std::get<std::string>(json) + "}\n");
  } else {
    print(diagnosis.text);
  }
  return diagnosis.is_amiss ? refused : done;
}

}  // namespace nape::cli
