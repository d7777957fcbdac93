// SPDX-License-Identifier: Apache-2.0
//
// One table of a file that is being read: hands out its values by key, checked for type and range,
// and tells what is wrong with each. Keys that nobody asked for are unknown, which finish() tells.
// For the .cpp files of config/ alone. A Section refers to the document and the report, which must
// outlive it.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/document.hpp"
#include "config/report.hpp"
#include "core/time.hpp"
#include "core/words.hpp"

namespace nape::config {

class Section {
 public:
  /// `path` goes before each key in what is told: "rest" makes "rest.length".
  Section(const toml::table& table, std::string path, Report& report)
      : table_(&table), path_(std::move(path)), report_(&report) {}

  bool has(std::string_view key) const { return table_->contains(key); }
  void rename(std::string path) { path_ = std::move(path); }
  const std::string& path() const { return path_; }

  /// Each returns nothing where the key is absent or wrong; only the latter is told.
  std::optional<std::string> text(std::string_view key, std::size_t longest = 500);
  /// A name as kinds, plugins and policies have: a letter, then letters, digits and hyphens; lower
  /// case.
  std::optional<std::string> name(std::string_view key);
  std::optional<int> number(std::string_view key, int least, int most);
  std::optional<bool> flag(std::string_view key);
  std::optional<Duration> duration(std::string_view key, Duration least, Duration most);
  std::optional<Duration> time_of_day(std::string_view key);
  std::optional<std::vector<std::string>> texts(std::string_view key, std::size_t most);
  std::optional<Section> section(std::string_view key);
  std::vector<Section> sections(std::string_view key, std::size_t most);
  template <class Enum>
  std::optional<Enum> word(std::string_view key, std::size_t count) {
    std::vector<std::string_view> words;
    for (std::size_t i = 0; i < count; ++i) words.push_back(word_for(static_cast<Enum>(i)));
    const auto index = index_of_word(key, words);
    return index ? std::optional(static_cast<Enum>(*index)) : std::nullopt;
  }
  /// All keys in the order of the file, all of them known from now on.
  std::vector<std::string> keys();
  /// For values of more than one type. `key` is a literal, or one of keys().
  const toml::node* take(std::string_view key);

  void error(std::string_view key, std::string what, std::string right) const;
  void warning(std::string_view key, std::string what, std::string right) const;
  void missing(std::string_view key, std::string right) const;
  void wrong_type(std::string_view key, std::string_view wanted, std::string right) const;

  /// Tells the keys that nobody asked for.
  void finish() const;

 private:
  const toml::node* find(std::string_view key) const { return table_->get(key); }
  Place place(std::string_view key) const;
  std::string full(std::string_view key) const;
  std::optional<std::size_t> index_of_word(std::string_view key,
                                           const std::vector<std::string_view>& words);

  const toml::table* table_;
  std::string path_;
  Report* report_;
  std::vector<std::string_view> known_;
};

/// [a-z][a-z0-9-]*, at most 32.
bool is_name(std::string_view text);

}  // namespace nape::config
