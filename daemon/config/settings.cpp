// SPDX-License-Identifier: Apache-2.0
#include "config/settings.hpp"

#include <algorithm>
#include <system_error>

#include "config/document.hpp"
#include "config/section.hpp"
#include "config/sentence.hpp"

namespace nape::config {
namespace {

constexpr std::size_t most_plugins = 64;
constexpr std::size_t most_rules = 500;

void read_plugin_table(Section section, PluginSetting& plugin) {
  plugin.enabled = section.flag("enabled").value_or(true);
  plugin.command = section.texts("command", 32).value_or(std::vector<std::string>());
  if (section.has("command") && (plugin.command.empty() || plugin.command.front().empty())) {
    section.error("command", tr("names no program"),
                  tr("write command = [\"/path/to/program\", \"argument\"]"));
  }
  section.finish();
}

void read_plugins(Section& root, Settings& settings) {
  auto section = root.section("plugins");
  if (!section) return;
  settings.plugins.emplace();
  const auto names = section->keys();
  if (names.size() > most_plugins) {
    section->error({}, say("{} plugins", names.size()), say("at most {}", most_plugins));
    return;
  }
  for (const std::string& name : names) {
    PluginSetting plugin{name, true, {}};
    const toml::node* node = section->take(name);
    if (!is_name(name)) {
      section->error(name, tr("is no name of a plugin"),
                     tr("use small letters, digits and hyphens"));
    } else if (node->is_boolean()) {
      plugin.enabled = node->as_boolean()->get();
    } else if (node->is_table()) {
      read_plugin_table(*section->section(name), plugin);
    } else {
      section->wrong_type(name, tr("true, false or a table"),
                          say("write {} = true, or {} = {{ command = [\"...\"] }}", name, name));
    }
    settings.plugins->push_back(std::move(plugin));
  }
}

/// People by name or number; TOML has both.
std::optional<std::vector<std::string>> read_users(Section& section, std::string_view key) {
  const toml::node* node = section.take(key);
  if (node == nullptr) return std::nullopt;
  const std::string right = say("write {} = [\"prometheus\", 1001]", key);
  const toml::array* list = node->as_array();
  std::vector<std::string> users;
  if (list == nullptr || list->size() > 64) {
    section.wrong_type(key, tr("a list of at most 64 users"), right);
    return std::nullopt;
  }
  for (const toml::node& item : *list) {
    if (const auto* number = item.as_integer(); number != nullptr && number->get() >= 0) {
      users.push_back(std::to_string(number->get()));
    } else if (const auto* name = item.as_string(); name != nullptr && !name->get().empty()) {
      users.push_back(name->get());
    } else {
      section.error(key, tr("an entry is neither the name nor the number of a user"), right);
      return std::nullopt;
    }
  }
  return users;
}

void read_metrics(Section& root, Settings& settings) {
  auto section = root.section("metrics");
  if (!section) return;
  if (const auto text = section->text("listen", 100)) {
    if (auto listen = listen_from(*text)) {
      settings.listen = *listen;
    } else {
      section->error("listen", listen.error().what, {});
    }
  }
  settings.metrics_allow = read_users(*section, "allow").value_or(settings.metrics_allow);
  settings.personal_readers =
      read_users(*section, "personal_readers").value_or(settings.personal_readers);
  section->finish();
}

void read_categories(Section& root, Settings& settings) {
  auto section = root.section("categories");
  if (!section) return;
  const auto patterns = section->keys();
  if (patterns.size() > most_rules) {
    section->error({}, say("{} rules", patterns.size()), say("at most {}", most_rules));
    return;
  }
  const auto known = category_names();
  for (const std::string& pattern : patterns) {
    const toml::node* node = section->take(pattern);
    const auto* category = node->as_string();
    if (category == nullptr ||
        std::find(known.begin(), known.end(), category->get()) == known.end()) {
      const std::string_view meant =
          category != nullptr ? nearest(category->get(), known) : std::string_view();
      section->error(
          in_quotes(pattern), tr("names no category"),
          meant.empty() ? say("use {}", one_of(known)) : say("did you mean \"{}\"?", meant));
    } else {
      settings.categories.push_back({pattern, category->get()});
    }
  }
}

void read_rest(Section& root, Settings& settings) {
  constexpr Duration shortest = std::chrono::hours(24);
  constexpr Duration longest = std::chrono::hours(24 * 36500);
  if (auto retention = root.section("retention")) {
    settings.keep_spans =
        retention->duration("spans", shortest, longest).value_or(settings.keep_spans);
    settings.keep_why = retention->duration("why", shortest, longest).value_or(settings.keep_why);
    retention->finish();
  }
  if (auto presence = root.section("presence")) {
    settings.voice = presence->flag("voice").value_or(settings.voice);
    presence->finish();
  }
  if (auto privacy = root.section("privacy")) {
    settings.store_applications =
        privacy->flag("applications").value_or(settings.store_applications);
    privacy->finish();
  }
}

void read_language(Section& root, Settings& settings) {
  const auto language = root.text("language", 32);
  if (!language) return;
  const bool is_plain = std::all_of(language->begin(), language->end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '@';
  });
  if (!is_plain)
    root.error("language", say("{} is no language", in_quotes(*language)),
               tr("write \"de\" or \"pt_BR\""));
  settings.language = *language;
}

}  // namespace

Loaded<Settings> parse_settings(std::string_view text, const std::string& file) {
  Report report(file);
  const Document document = parse_document(text, report);
  Section root(document.root, {}, report);
  Settings settings;
  settings.policy = root.text("policy").value_or(settings.policy);
  if (settings.policy.empty())
    root.error("policy", tr("is empty"), tr("write policy = \"default\""));
  read_language(root, settings);
  read_plugins(root, settings);
  read_metrics(root, settings);
  read_categories(root, settings);
  read_rest(root, settings);
  root.finish();
  return std::move(report).conclude(std::move(settings));
}

Loaded<Settings> load_settings(const std::filesystem::path& path) {
  std::error_code ignored;
  if (std::filesystem::status(path, ignored).type() == std::filesystem::file_type::not_found)
    return {Settings{}, {}, {}};
  const auto text = read_file(path);
  if (text) return parse_settings(*text, path.string());
  return {std::nullopt,
          {Diagnostic{path.string(), 0, 0, {}, text.error().what, tr("make it a readable file")}},
          {}};
}

}  // namespace nape::config
