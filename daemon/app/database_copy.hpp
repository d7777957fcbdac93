// SPDX-License-Identifier: Apache-2.0
//
// A consistent copy of the database, made by a child process so that the loop never waits for it.
#pragma once

#include <functional>
#include <string>

#include "core/result.hpp"

namespace boost::asio {
class io_context;
}

namespace nape::app {

/// `done` is called from the loop, with the path of the copy.
void copy_database(boost::asio::io_context& loop, const std::string& database,
                   const std::string& copy, std::function<void(Result<std::string>)> done);

}  // namespace nape::app
