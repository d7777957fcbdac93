// SPDX-License-Identifier: Apache-2.0
//
// Two questions about a JSON text, asked before a parser sees it. Neither says that the text is
// well-formed.
#pragma once

#include <string_view>

namespace nape::control {

/// Objects and arrays within one another.
bool nests_deeper_than(std::string_view json, int limit);

/// Its first character that is no white space opens an object.
bool is_object(std::string_view json);

}  // namespace nape::control
