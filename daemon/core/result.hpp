// SPDX-License-Identifier: Apache-2.0
//
// Expected failures as values: a subset of std::expected's interface, which g++ 12 lacks under
// C++20. Context is added on the way up; only the shell logs.
#pragma once

#include <string>
#include <utility>
#include <variant>

namespace nape {

/// What went wrong, as a sentence for people that names the thing and what would be right.
struct Error {
  std::string what;

  /// The same failure seen from one level up: "open store '/x/y.db': disk I/O error".
  Error in(const std::string& context) && { return {context + ": " + what}; }
};

/// Either a T or an Error. Asking for the one that is not there is a broken invariant.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : held_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : held_(std::in_place_index<1>, std::move(error)) {}

  explicit operator bool() const { return held_.index() == 0; }
  T& operator*() { return std::get<0>(held_); }
  const T& operator*() const { return std::get<0>(held_); }
  T* operator->() { return &std::get<0>(held_); }
  const T* operator->() const { return &std::get<0>(held_); }
  const Error& error() const& { return std::get<1>(held_); }
  Error&& error() && { return std::get<1>(std::move(held_)); }

 private:
  std::variant<T, Error> held_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : held_(std::in_place_index<1>, std::move(error)) {}

  explicit operator bool() const { return held_.index() == 0; }
  const Error& error() const& { return std::get<1>(held_); }
  Error&& error() && { return std::get<1>(std::move(held_)); }

 private:
  std::variant<std::monostate, Error> held_;
};

}  // namespace nape
