// SPDX-License-Identifier: Apache-2.0
//
// One frame as one readable line of JSON, for `--json`: the lite protobuf runtime has no JSON of
// its own. Field names are those of observation.proto; what an InputTally did not count is left out
// rather than shown as 0.
#pragma once

#include <string>
#include <string_view>

#include "nape/v1/observation.pb.h"

namespace nape::sdk {

/// Without the line's end. Bytes that are not UTF-8 become U+FFFD.
std::string to_json(const v1::Observation& frame);

/// `text` in double quotes, escaped.
std::string quoted_json(std::string_view text);

}  // namespace nape::sdk
