// SPDX-License-Identifier: Apache-2.0
//
// What opening a store had to do that a person should hear of, as finished sentences. The host logs
// and shows them; the store prints nothing.
#pragma once

#include <string>
#include <vector>

namespace nape::store {

struct Notice {
  std::string text;
};
using Notices = std::vector<Notice>;

}  // namespace nape::store
