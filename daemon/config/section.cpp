// SPDX-License-Identifier: Apache-2.0
#include "config/section.hpp"

#include <algorithm>

#include "config/sentence.hpp"
#include "config/span_text.hpp"

namespace nape::config {
namespace {

const char* type_of(const toml::node& node) {
  switch (node.type()) {
    case toml::node_type::table:
      return tr("a table");
    case toml::node_type::array:
      return tr("a list");
    case toml::node_type::string:
      return tr("text");
    case toml::node_type::integer:
      return tr("a number");
    case toml::node_type::floating_point:
      return tr("a number with a point");
    case toml::node_type::boolean:
      return tr("true or false");
    case toml::node_type::date:
    case toml::node_type::time:
    case toml::node_type::date_time:
      return tr("a date or time");
    case toml::node_type::none:
      break;
  }
  return tr("nothing");
}

std::string plain_or_quoted(std::string_view key) {
  const bool is_plain =
      !key.empty() && key.size() <= 60 && std::all_of(key.begin(), key.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '-';
      });
  return is_plain ? std::string(key) : in_quotes(key);
}

constexpr const char* duration_right =
    "write a whole number and s, m, h or d in quotes, as \"50m\" or \"1h30m\"";

}  // namespace

std::optional<std::string> Section::text(std::string_view key, std::size_t longest) {
  const toml::node* node = take(key);
  if (node == nullptr) return std::nullopt;
  const auto* value = node->as_string();
  if (value == nullptr) {
    wrong_type(key, tr("text"), say("write {} = \"...\"", key));
    return std::nullopt;
  }
  if (value->get().size() > longest) {
    error(key, say("{} characters long", value->get().size()), say("at most {}", longest));
    return std::nullopt;
  }
  return value->get();
}

std::optional<std::string> Section::name(std::string_view key) {
  auto value = text(key);
  if (!value || is_name(*value)) return value;
  error(key, say("{} is no name", in_quotes(*value)),
        tr("use a small letter, then small letters, digits and hyphens, at most 32, as "
           "\"rest-break\""));
  return std::nullopt;
}

std::optional<int> Section::number(std::string_view key, int least, int most) {
  const toml::node* node = take(key);
  if (node == nullptr) return std::nullopt;
  const auto* value = node->as_integer();
  if (value == nullptr) {
    wrong_type(key, tr("a whole number"), say("write {} = {}", key, least));
    return std::nullopt;
  }
  if (value->get() < least || value->get() > most) {
    error(key, say("{} is out of range", value->get()), say("use {} to {}", least, most));
    return std::nullopt;
  }
  return static_cast<int>(value->get());
}

std::optional<bool> Section::flag(std::string_view key) {
  const toml::node* node = take(key);
  if (node == nullptr) return std::nullopt;
  const auto* value = node->as_boolean();
  if (value == nullptr) {
    wrong_type(key, tr("true or false"),
               say("write {} = true or {} = false, without quotes", key, key));
    return std::nullopt;
  }
  return value->get();
}

std::optional<Duration> Section::duration(std::string_view key, Duration least, Duration most) {
  const toml::node* node = take(key);
  if (node == nullptr) return std::nullopt;
  const auto* written = node->as_string();
  if (written == nullptr) {
    wrong_type(key, tr("a duration"), tr(duration_right));
    return std::nullopt;
  }
  const auto value = duration_from(written->get());
  if (!value) {
    error(key, say("{} is no duration", in_quotes(written->get())), tr(duration_right));
    return std::nullopt;
  }
  if (*value < least || *value > most) {
    error(key, say("{} is out of range", written->get()),
          say("use \"{}\" to \"{}\"", duration_text(least), duration_text(most)));
    return std::nullopt;
  }
  return value;
}

std::optional<Duration> Section::time_of_day(std::string_view key) {
  const toml::node* node = take(key);
  if (node == nullptr) return std::nullopt;
  const auto* written = node->as_string();
  const auto value = written != nullptr ? time_of_day_from(written->get()) : std::nullopt;
  if (value) return value;
  const std::string what =
      written != nullptr ? in_quotes(written->get()) : std::string(type_of(*node));
  error(key, say("{} is no time of day", what),
        tr("write hours and minutes in quotes, \"00:00\" to \"24:00\""));
  return std::nullopt;
}

std::optional<std::vector<std::string>> Section::texts(std::string_view key, std::size_t most) {
  const toml::node* node = take(key);
  if (node == nullptr) return std::nullopt;
  const toml::array* list = node->as_array();
  const auto is_text = [](const toml::node& item) { return item.is_string(); };
  if (list == nullptr || !std::all_of(list->begin(), list->end(), is_text)) {
    wrong_type(key, tr("a list of texts"), say("write {} = [\"...\", \"...\"]", key));
    return std::nullopt;
  }
  if (list->size() > most) {
    error(key, say("{} entries", list->size()), say("at most {}", most));
    return std::nullopt;
  }
  std::vector<std::string> values;
  for (const toml::node& item : *list) values.push_back(item.as_string()->get());
  return values;
}

std::optional<Section> Section::section(std::string_view key) {
  const toml::node* node = take(key);
  if (node == nullptr) return std::nullopt;
  if (const toml::table* table = node->as_table()) return Section(*table, full(key), *report_);
  wrong_type(key, tr("a table"), say("write {} = {{ ... }}", key));
  return std::nullopt;
}

std::vector<Section> Section::sections(std::string_view key, std::size_t most) {
  const toml::node* node = take(key);
  if (node == nullptr) return {};
  const toml::array* list = node->as_array();
  const auto is_table = [](const toml::node& item) { return item.is_table(); };
  if (list == nullptr || !std::all_of(list->begin(), list->end(), is_table)) {
    wrong_type(key, tr("a list of tables"),
               say("write [[{}]] above each, or {} = [{{ ... }}, {{ ... }}]", key, key));
    return {};
  }
  if (list->size() > most) error(key, say("{} entries", list->size()), say("at most {}", most));
  std::vector<Section> sections;
  for (std::size_t i = 0; i < std::min(list->size(), most); ++i) {
    sections.emplace_back(*list->get_as<toml::table>(i), full(key) + "[" + std::to_string(i) + "]",
                          *report_);
  }
  return sections;
}

std::vector<std::string> Section::keys() {
  std::vector<std::pair<std::pair<int, int>, std::string>> placed;
  for (auto&& [key, node] : *table_) {
    known_.push_back(key.str());
    const Place place = place_of(key.source());
    placed.push_back({{place.line, place.column}, std::string(key.str())});
  }
  std::sort(placed.begin(), placed.end());
  std::vector<std::string> names;
  for (auto& [place, name] : placed) names.push_back(std::move(name));
  return names;
}

const toml::node* Section::take(std::string_view key) {
  const auto found = table_->find(key);
  if (found == table_->end()) {
    known_.push_back(key);
    return nullptr;
  }
  // The document's own spelling, which outlives the caller's.
  known_.push_back(found->first.str());
  return &found->second;
}

void Section::error(std::string_view key, std::string what, std::string right) const {
  report_->error(place(key), full(key), std::move(what), std::move(right));
}

void Section::warning(std::string_view key, std::string what, std::string right) const {
  report_->warning(place(key), full(key), std::move(what), std::move(right));
}

void Section::missing(std::string_view key, std::string right) const {
  error(key, tr("is missing"), std::move(right));
}

void Section::wrong_type(std::string_view key, std::string_view wanted, std::string right) const {
  const toml::node* node = find(key);
  error(key, say("is {}, not {}", node != nullptr ? type_of(*node) : tr("nothing"), wanted),
        std::move(right));
}

void Section::finish() const {
  for (auto&& [key, node] : *table_) {
    const std::string_view name = key.str();
    if (std::find(known_.begin(), known_.end(), name) != known_.end()) continue;
    const std::string_view meant = nearest(name, known_);
    report_->error(
        place_of(key.source()), full(plain_or_quoted(name)), tr("is not a key that is known here"),
        meant.empty() ? say("known are {}", one_of(known_)) : say("did you mean \"{}\"?", meant));
  }
}

Place Section::place(std::string_view key) const {
  // "ladder[1].at" is where it is written, else where its list is, else where the table begins.
  if (const auto node = toml::at_path(*table_, key)) return place_of(node.node()->source());
  const toml::node* whole = find(key.substr(0, key.find_first_of("[.")));
  return place_of(whole != nullptr ? whole->source() : table_->source());
}

std::string Section::full(std::string_view key) const {
  if (path_.empty()) return std::string(key);
  return key.empty() ? path_ : path_ + "." + std::string(key);
}

std::optional<std::size_t> Section::index_of_word(std::string_view key,
                                                  const std::vector<std::string_view>& words) {
  const auto value = text(key);
  if (!value) return std::nullopt;
  const auto found = std::find(words.begin(), words.end(), *value);
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  const std::string_view meant = nearest(*value, words);
  error(key, say("{} is not known", in_quotes(*value)),
        meant.empty() ? say("use {}", one_of(words)) : say("did you mean \"{}\"?", meant));
  return std::nullopt;
}

bool is_name(std::string_view text) {
  if (text.empty() || text.size() > 32 || text.front() < 'a' || text.front() > 'z') return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

}  // namespace nape::config
