// SPDX-License-Identifier: Apache-2.0
//
// One call to the daemon over its Unix socket: connect, ask, read, close. Plain POSIX, because
// loading an HTTP library would take longer than the whole of `nape status`. Blocks; refuses
// answers above 16 MiB.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace nape::cli {

/// Why there is no answer.
struct Failure {
  enum class Why {
    not_running,  ///< nobody listens there
    said_no,      ///< an answer of the daemon's, with its sentence
    broken,       ///< anything else: no rights, a half answer, too late
  } why = Why::broken;
  /// For `said_no`: the protocol's code, "failed_precondition".
  std::string code;
  std::string what;
};

template <class T>
using Answer = std::variant<T, Failure>;

class Client {
 public:
  explicit Client(std::string socket) : socket_(std::move(socket)) {}

  enum class Codec { json, proto };
  /// The body of the answer. `patience` is for the whole of it.
  Answer<std::string> call(std::string_view method, Codec codec, std::string_view body,
                           std::chrono::milliseconds patience = std::chrono::seconds(10)) const;

  const std::string& socket() const { return socket_; }

 private:
  std::string socket_;
};

}  // namespace nape::cli
