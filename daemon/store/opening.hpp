// SPDX-License-Identifier: Apache-2.0
//
// From a path to a connection that can be written to: what is broken, foreign or of a newer Nape
// goes aside, what is older is migrated, what is missing is made. Only for whoever holds the Lock.
#pragma once

#include <memory>

#include "core/result.hpp"
#include "store/notice.hpp"
#include "store/sqlite.hpp"

namespace nape::store {

struct Options;

/// Fails where trying again later may help, or where only a person can: never because of what the
/// file holds.
Result<std::shared_ptr<Database>> open_for_writing(const Options& options, Notices& notices);

}  // namespace nape::store
