// SPDX-License-Identifier: Apache-2.0
//
// Which policy is in force: the one seam through which every layer comes. Today there is one layer,
// the person's own. Issue 4 puts the others around it (design.md section 7, Layers): `local-root`
// from /etc/nape/policy.toml, where root owns it and nobody else may write it, signed ones from the
// network, and the person's tightening above them all. Callers will not change.
#pragma once

#include "config/diagnostic.hpp"
#include "config/paths.hpp"
#include "config/settings.hpp"
#include "core/policy.hpp"

namespace nape::config {

/// The policy that `settings` names. Warns where an organisation's file exists, because it is not
/// applied yet.
Loaded<Policy> effective_policy(const Settings& settings, const Paths& paths);

}  // namespace nape::config
