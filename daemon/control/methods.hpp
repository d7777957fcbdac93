// SPDX-License-Identifier: Apache-2.0
//
// The methods of control.proto, one function each; only Watch, which waits, lives in the service
// itself.
#pragma once

#include <string_view>

#include "control/backend.hpp"
#include "control/connect.hpp"
#include "control/http_server.hpp"
#include "control/messages.hpp"
#include "control/revision.hpp"

namespace nape::control {

/// One accepted call on its way to its answer.
struct Turn {
  Backend& backend;
  const HttpRequest& request;
  const Call& call;
  /// Not its number: it may grow while a word is being carried out.
  const Revision& revision;
  Responder responder;
};

using Method = void (*)(const Turn&);

/// Null if there is none of this name.
const Method* find_method(std::string_view name);

}  // namespace nape::control
