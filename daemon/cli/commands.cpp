// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"

#include <unistd.h>

#include <cstdlib>

#include "cli/ask.hpp"
#include "cli/pages.hpp"
#include "config/paths.hpp"

namespace nape::cli {
namespace {

/// Prints one answer: the API's JSON, or its page.
template <class Response, class Page>
int show(const Session& session, const Options& options, std::string_view method,
         const google::protobuf::Message& request, Page page) {
  if (options.json) {
    const auto answer = ask_json(session.client, method, request);
    if (const auto* failure = std::get_if<Failure>(&answer)) return report(*failure);
    print(std::get<std::string>(answer) + "\n");
    return done;
  }
  const auto answer = ask<Response>(session.client, method, request);
  if (const auto* failure = std::get_if<Failure>(&answer)) return report(*failure);
  print(page(std::get<Response>(answer)));
  return done;
}

int run_with_daemon(const Options& options) {
  const auto paths = config::resolve_paths(config::Environment::of_this_process());
  if (!paths) return report({Failure::Why::broken, {}, paths.error().what});
  const Session session{Client(paths->control_socket()), paint_for_output(options.colour),
                        ::isatty(STDOUT_FILENO) == 1};
  switch (options.verb) {
    case Verb::status:
      return show_status(session, options);
    case Verb::today:
      return show_today(session, options);
    case Verb::why:
      return show_why(session, options);
    case Verb::plugins:
      return show_plugins(session, options);
    case Verb::doctor:
      return show_doctor(session, options);
    case Verb::record:
      return record(session, options);
    case Verb::open:
      return open_page(session);
    case Verb::reload:
      return reload(session);
    default:
      return say_word(session, options);
  }
}

}  // namespace

int show_today(const Session& session, const Options& options) {
  v1::TodayRequest request;
  request.set_day(options.day);
  return show<v1::TodayResponse>(session, options, "Today", request,
                                 [&](const v1::TodayResponse& today) {
                                   return today_page(today, options.applications, session.paint);
                                 });
}

int show_why(const Session& session, const Options& options) {
  v1::WhyRequest request;
  request.set_kind(options.kind);
  request.set_last(options.last);
  return show<v1::WhyResponse>(session, options, "Why", request, [&](const v1::WhyResponse& why) {
    return why_page(why, session.paint);
  });
}

int say_word(const Session& session, const Options& options) {
  const auto told = [&](std::string_view method, const google::protobuf::Message& request) {
    return show<v1::StatusResponse>(
        session, options, method, request,
        [&](const v1::StatusResponse& status) { return word_line(options, status); });
  };
  switch (options.verb) {
    case Verb::break_: {
      v1::BreakRequest request;
      request.set_action(options.word);
      request.set_kind(options.kind);
      return told("Break", request);
    }
    case Verb::pause: {
      v1::PauseRequest request;
      if (options.length_seconds) request.set_length_seconds(*options.length_seconds);
      return told("Pause", request);
    }
    case Verb::was: {
      v1::WasRequest request;
      request.set_what(options.word);
      request.set_length_seconds(options.length_seconds.value_or(0));
      return told("Was", request);
    }
    case Verb::reading: {
      v1::ReadingRequest request;
      request.set_on(options.word == "on");
      return told("Reading", request);
    }
    case Verb::desk: {
      v1::DeskRequest request;
      request.set_standing(options.word == "stand");
      return told("Desk", request);
    }
    default:
      return told("Resume", v1::ResumeRequest{});
  }
}

int reload(const Session& session) {
  // Plugins are started anew with the new settings; give them time.
  const auto answer = ask<v1::ReloadResponse>(session.client, "Reload", v1::ReloadRequest{},
                                              std::chrono::seconds(30));
  if (const auto* failure = std::get_if<Failure>(&answer)) return report(*failure);
  print(std::string(tr("The settings have been read again.")) + "\n");
  return done;
}

int open_page(const Session& session) {
  const auto answer = ask<v1::VersionResponse>(session.client, "Version", v1::VersionRequest{});
  if (const auto* failure = std::get_if<Failure>(&answer)) return report(*failure);
  const std::string url = std::get<v1::VersionResponse>(answer).page_url();
  if (url.empty()) {
    return report(
        {Failure::Why::said_no, {}, tr("The daemon serves no page: HTTP is off in the settings.")});
  }
  print(url + "\n");
  ::execlp("xdg-open", "xdg-open", url.c_str(), static_cast<char*>(nullptr));
  return report({Failure::Why::broken,
                 {},
                 tr("xdg-open is not installed: open the address above in a browser.")});
}

int run(const Options& options) {
  switch (options.verb) {
    case Verb::replay:
      return replay(options);
    case Verb::config_check:
      return check_config(options);
    case Verb::policy_show:
      return show_policy(options);
    case Verb::policy_lint:
      return lint_policy(options);
    default:
      return run_with_daemon(options);
  }
}

}  // namespace nape::cli
