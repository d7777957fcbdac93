// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <csignal>
#include <filesystem>

#include "cli/ask.hpp"
#include "cli/commands.hpp"

namespace nape::cli {
namespace {

int stop(const Session& session) {
  const auto answer = ask<v1::RecordResponse>(session.client, "Record", v1::RecordRequest{});
  if (const auto* failure = std::get_if<Failure>(&answer)) return report(*failure);
  const auto& recorded = std::get<v1::RecordResponse>(answer);
  const auto frames = static_cast<unsigned long>(std::lround(recorded.frames()));
  print(say(ngettext("{0}: {1} frame\n", "{0}: {1} frames\n", frames), recorded.path(), frames));
  return done;
}

}  // namespace

int record(const Session& session, const Options& options) {
  if (options.stop) return stop(session);
  // Blocked before the recording begins, so that no Ctrl-C falls between and leaves it running.
  sigset_t ending;
  sigemptyset(&ending);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&ending, signal);
  sigprocmask(SIG_BLOCK, &ending, nullptr);

  std::error_code ignored;
  v1::RecordRequest request;
  request.set_path(std::filesystem::absolute(options.files.front(), ignored).string());
  const auto answer = ask<v1::RecordResponse>(session.client, "Record", request);
  if (const auto* failure = std::get_if<Failure>(&answer)) return report(*failure);
  print(say("Recording into {0}. Ctrl-C ends it.\n", std::get<v1::RecordResponse>(answer).path()));
  int signal = 0;
  sigwait(&ending, &signal);
  return stop(session);
}

}  // namespace nape::cli
