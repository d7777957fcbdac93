// SPDX-License-Identifier: Apache-2.0
#include "control/http_access.hpp"

#include <pwd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

namespace nape::control {
namespace {

bool holds(const std::vector<uid_t>& uids, uid_t uid) {
  return std::find(uids.begin(), uids.end(), uid) != uids.end();
}

std::optional<uid_t> uid_of(const std::string& user) {
  uid_t uid = 0;
  const auto [end, error] = std::from_chars(user.data(), user.data() + user.size(), uid);
  if (error == std::errc() && end == user.data() + user.size()) return uid;
  passwd entry{};
  passwd* found = nullptr;
  std::array<char, 16 * 1024> storage{};
  getpwnam_r(user.c_str(), &entry, storage.data(), storage.size(), &found);
  return found ? std::optional(found->pw_uid) : std::nullopt;
}

}  // namespace

std::vector<uid_t> uids_of(const std::vector<std::string>& users,
                           std::vector<std::string>& unknown) {
  std::vector<uid_t> uids;
  for (const auto& user : users) {
    if (const auto uid = uid_of(user))
      uids.push_back(*uid);
    else
      unknown.push_back(user);
  }
  return uids;
}

Access access_of(uid_t peer, const AccessRules& rules) {
  // The owner's rules hold for root too: where the daemon itself runs as root, root is the person.
  if (peer == rules.owner) return Access::everything;
  if (holds(rules.personal_readers, peer)) return Access::metrics_personal;
  if (peer == 0 || holds(rules.metrics_readers, peer)) return Access::metrics_team;
  return Access::refused;
}

bool may(Access access, std::string_view method, std::string_view path) {
  if (access == Access::refused) return false;
  return access == Access::everything || (method == "GET" && path == "/metrics");
}

std::string refusal(uid_t peer, std::string_view settings_file) {
  const std::string uid = std::to_string(peer);
  return "User id " + uid +
         " may not read this. To let it read the team profile of /metrics, its owner writes under "
         "[metrics] in " +
         std::string(settings_file) + ":\n\nallow = [\"prometheus\", " + uid + "]";
}

}  // namespace nape::control
