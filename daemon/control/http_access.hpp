// SPDX-License-Identifier: Apache-2.0
//
// Who may ask for what over HTTP, as pure decisions on a uid. The kernel vouches for the uid
// (peer_uid.hpp); no password, token or header takes part. Names of users are resolved once, when
// the settings are read: a lookup can block.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nape::control {

/// What a connection may do, weakest first.
enum class Access {
  refused,
  metrics_team,      ///< GET /metrics, in the team profile
  metrics_personal,  ///< GET /metrics, in the personal profile
  everything,        ///< the daemon's own user
};

struct AccessRules {
  uid_t owner = 0;
  /// metrics.allow
  std::vector<uid_t> metrics_readers;
  /// metrics.personal_readers, from the user's own file only
  std::vector<uid_t> personal_readers;
};

/// The uids of `users` (names, or numbers in digits). Users that do not exist here are added to
/// `unknown`.
std::vector<uid_t> uids_of(const std::vector<std::string>& users,
                           std::vector<std::string>& unknown);

Access access_of(uid_t peer, const AccessRules& rules);
/// `method` "HEAD" is told as "GET".
bool may(Access access, std::string_view method, std::string_view path);

/// What the refused one reads: his uid, and the line that would let him in.
std::string refusal(uid_t peer, std::string_view settings_file);

}  // namespace nape::control
