// SPDX-License-Identifier: Apache-2.0
#include "control/json_shape.hpp"

namespace nape::control {

bool nests_deeper_than(std::string_view json, int limit) {
  int depth = 0;
  bool quoted = false;
  // protobuf reads strings in single quotes too.
  char quote = '"';
  for (std::size_t at = 0; at < json.size(); ++at) {
    const char character = json[at];
    if (quoted) {
      if (character == '\\') ++at;
      quoted = character != quote;
    } else if (character == '"' || character == '\'') {
      quoted = true;
      quote = character;
    } else if (character == '{' || character == '[') {
      if (++depth > limit) return true;
    } else if (character == '}' || character == ']') {
      depth -= depth > 0 ? 1 : 0;
    }
  }
  return false;
}

bool is_object(std::string_view json) {
  const auto first = json.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && json[first] == '{';
}

}  // namespace nape::control
