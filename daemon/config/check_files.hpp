// SPDX-License-Identifier: Apache-2.0
//
// `nape config check [FILE]`: tells everything that is wrong, as a compiler does, on a stream of
// the caller's.
#pragma once

#include <filesystem>
#include <iosfwd>

#include "config/paths.hpp"

namespace nape::config {

/// One file, settings or policy as its keys show. Returns the exit code: 0 without errors, 1 with.
int check_file(const std::filesystem::path& file, std::ostream& out);

/// The person's settings and the policy that they name.
int check_configuration(const Paths& paths, std::ostream& out);

}  // namespace nape::config
