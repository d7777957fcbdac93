// SPDX-License-Identifier: Apache-2.0
#include "control/revision.hpp"

#include <utility>

#include "control/messages.hpp"

namespace nape::control {
namespace {

void drop_what_passes(v1::Kind& kind) {
  kind.clear_owed_seconds();
  kind.clear_overdue_seconds();
  kind.clear_rested_seconds();
  kind.clear_owed_rest_seconds();
  kind.clear_until_due_seconds();
  kind.clear_next_unix_seconds();
}

std::string status_without_what_passes(const Backend& backend) {
  v1::StatusResponse status = status_message(backend, 0);
  status.clear_at_unix_seconds();
  status.mutable_presence()->clear_for_seconds();
  if (status.has_stretch()) {
    const double begin = status.stretch().begin_unix_seconds();
    status.mutable_stretch()->Clear();
    status.mutable_stretch()->set_begin_unix_seconds(begin);
  }
  for (v1::Kind& kind : *status.mutable_kinds()) drop_what_passes(kind);
  return status.SerializeAsString();
}

std::string plugins_without_what_passes(const Backend& backend) {
  v1::PluginsResponse plugins = plugins_message(backend.plugins());
  for (v1::Plugin& plugin : *plugins.mutable_plugins()) {
    plugin.clear_for_seconds();
    plugin.clear_frames();
  }
  return plugins.SerializeAsString();
}

}  // namespace

bool Revision::look() {
  std::string now = status_without_what_passes(backend_) + plugins_without_what_passes(backend_);
  if (now == seen_) return false;
  const bool is_first = seen_.empty();
  seen_ = std::move(now);
  if (is_first) return false;
  if (++number_ == 0) number_ = 1;
  return true;
}

}  // namespace nape::control
