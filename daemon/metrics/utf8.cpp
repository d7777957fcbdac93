// SPDX-License-Identifier: Apache-2.0
#include "metrics/exposition.hpp"

namespace nape::metrics {
namespace {

/// What may follow a lead byte: how many bytes in all, and the range of the second, which is what
/// rules out overlong forms, surrogates and what lies beyond U+10FFFF.
struct Lead {
  std::size_t length = 0;
  unsigned char second_from = 0x80;
  unsigned char second_to = 0xBF;
};

Lead lead_of(unsigned char byte) {
  if (byte < 0x80) return {1};
  if (byte < 0xC2) return {};
  if (byte < 0xE0) return {2};
  if (byte == 0xE0) return {3, 0xA0, 0xBF};
  if (byte == 0xED) return {3, 0x80, 0x9F};
  if (byte < 0xF0) return {3};
  if (byte == 0xF0) return {4, 0x90, 0xBF};
  if (byte < 0xF4) return {4};
  if (byte == 0xF4) return {4, 0x80, 0x8F};
  return {};
}

/// The length of the well-formed sequence at the start of `bytes`, 0 if there is none.
std::size_t well_formed(std::string_view bytes) {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  const Lead lead = lead_of(at(0));
  if (lead.length == 0 || lead.length > bytes.size()) return 0;
  if (lead.length == 1) return 1;
  if (at(1) < lead.second_from || at(1) > lead.second_to) return 0;
  for (std::size_t i = 2; i < lead.length; ++i) {
    if (at(i) < 0x80 || at(i) > 0xBF) return 0;
  }
  return lead.length;
}

}  // namespace

std::string repaired_utf8(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  while (!bytes.empty()) {
    const std::size_t length = well_formed(bytes);
    out += length == 0 ? std::string_view("\xEF\xBF\xBD") : bytes.substr(0, length);
    bytes.remove_prefix(length == 0 ? 1 : length);
  }
  return out;
}

}  // namespace nape::metrics
