// SPDX-License-Identifier: Apache-2.0
#include "config/policy_file.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "config/document.hpp"
#include "config/kind_reader.hpp"
#include "config/policy_check.hpp"
#include "config/presets.hpp"
#include "config/schedule_reader.hpp"
#include "config/section.hpp"
#include "config/sentence.hpp"

namespace nape::config {
namespace {

/// Reads one document into a policy. Kinds in which something was told are not checked further:
/// what follows from a slip is noise.
class PolicyReader {
 public:
  PolicyReader(Document document, Report& report)
      : document_(std::move(document)), report_(report), root_(document_.root, {}, report) {}

  Policy read() {
    inherit();
    read_policy_name();
    policy_.version = root_.text("version", 32).value_or(policy_.version);
    policy_.day_begins_hour = root_.number("day_begins", 0, 23).value_or(policy_.day_begins_hour);
    read_quiet();
    remove_kinds();
    for (Section& section : root_.sections("kind", most_kinds)) read_one(section);
    root_.finish();
    check_whole();
    return std::move(policy_);
  }

 private:
  void inherit() {
    const auto base = root_.text("extends", 64);
    if (!base) return;
    const auto names = preset_names();
    const auto text = preset(*base);
    if (!text) {
      const std::string_view meant = nearest(*base, names);
      root_.error(
          "extends", say("there is no preset {}", in_quotes(*base)),
          meant.empty() ? say("use {}", one_of(names)) : say("did you mean \"{}\"?", meant));
      return;
    }
    auto loaded = parse_policy(*text, *base);
    if (!loaded) return;
    policy_ = std::move(*loaded.value);
    // The name is of the preset; whoever changes it, names the change.
    policy_.name.clear();
    policy_.version.clear();
  }

  void read_policy_name() {
    const auto name = root_.text("name");
    if (!name && document_.is_whole && !root_.has("name")) {
      root_.missing("name", tr("write name = \"...\" at the top"));
    }
    // Unlike a kind's, it may begin with a digit: "20-20-20".
    if (!name || !is_name("x" + *name)) {
      if (name)
        root_.error("name", say("{} is no name", in_quotes(*name)),
                    tr("use small letters, digits and hyphens"));
      return;
    }
    policy_.name = *name;
  }

  void read_quiet() {
    constexpr std::size_t most = 16;
    if (!root_.has("quiet")) return;
    policy_.quiet.clear();
    for (const Section& section : root_.sections("quiet", most))
      policy_.quiet.push_back(read_schedule(section));
  }

  void remove_kinds() {
    for (const std::string& name :
         root_.texts("remove", most_kinds).value_or(std::vector<std::string>())) {
      const auto found = find(name);
      if (found == policy_.kinds.end()) {
        root_.error("remove", say("there is no kind {} to remove", in_quotes(name)),
                    tr("name kinds of the preset that `extends` names"));
      } else {
        policy_.kinds.erase(found);
      }
    }
  }

  void read_one(Section& section) {
    const std::size_t errors_before = report_.error_count();
    const auto name = section.name("name");
    if (name) section.rename(*name);
    if (!section.has("name") && document_.is_whole)
      section.missing("name", tr("write name = \"rest\", or what you call it"));
    if (name && !sections_.emplace(*name, section).second) {
      section.error("name", say("there is a kind {} above", in_quotes(*name)),
                    tr("give each kind its own name"));
    }
    const auto inherited = name ? find(*name) : policy_.kinds.end();
    BreakKind kind = inherited != policy_.kinds.end() ? *inherited : fresh_kind(name.value_or(""));
    const bool is_new = inherited == policy_.kinds.end();
    read_kind(section, kind, document_.is_whole && is_new ? Needed::all : Needed::none);
    if (report_.error_count() != errors_before ||
        (!document_.is_whole && lacks_needed(section, kind))) {
      broken_.insert(kind.name);
      return;
    }
    if (inherited != policy_.kinds.end()) {
      *inherited = std::move(kind);
    } else {
      policy_.kinds.push_back(std::move(kind));
    }
  }

  /// Perhaps only because the line with the syntax error is left out.
  static bool lacks_needed(const Section& section, const BreakKind& kind) {
    return !section.has("every") || (!section.has("length") && !kind.daily_budget);
  }

  void check_whole() {
    for (const Problem& problem : check(policy_)) {
      if (broken_.contains(problem.kind)) continue;
      const auto section = sections_.find(problem.kind);
      (section != sections_.end() ? section->second : root_)
          .error(problem.key, problem.what, problem.right);
    }
    if (policy_.kinds.empty() && broken_.empty() && document_.is_whole) {
      root_.warning({}, tr("has no [[kind]]: nothing will ever fall due"),
                    tr("add one, or write extends = \"gentle\""));
    }
  }

  std::vector<BreakKind>::iterator find(std::string_view name) {
    return std::find_if(policy_.kinds.begin(), policy_.kinds.end(),
                        [name](const BreakKind& kind) { return kind.name == name; });
  }

  static BreakKind fresh_kind(std::string name) {
    BreakKind kind;
    kind.name = std::move(name);
    kind.ladder = {LadderStep{}};
    kind.holds = standard_holds();
    return kind;
  }

  Document document_;
  Report& report_;
  Section root_;
  Policy policy_;
  std::map<std::string, Section> sections_;
  std::set<std::string> broken_;
};

Loaded<Policy> failure(const std::string& file, std::string what, std::string right) {
  return {std::nullopt, {Diagnostic{file, 0, 0, {}, std::move(what), std::move(right)}}, {}};
}

bool is_file_name(std::string_view text) {
  return text.find('/') != std::string_view::npos || text.ends_with(".toml");
}

}  // namespace

Loaded<Policy> parse_policy(std::string_view text, const std::string& file) {
  Report report(file);
  Policy policy = PolicyReader(parse_document(text, report), report).read();
  return std::move(report).conclude(std::move(policy));
}

Loaded<Policy> load_policy(const std::string& name_or_file,
                           const std::filesystem::path& directory) {
  if (const auto text = preset(name_or_file)) return parse_policy(*text, name_or_file);
  if (!is_file_name(name_or_file)) {
    const auto names = preset_names();
    const std::string_view meant = nearest(name_or_file, names);
    return failure(name_or_file, tr("is not a preset"),
                   meant.empty() ? say("use {}, or a file with a name in .toml", one_of(names))
                                 : say("did you mean \"{}\"?", meant));
  }
  const std::filesystem::path path = directory / name_or_file;
  const auto text = read_file(path);
  if (!text)
    return failure(path.string(), text.error().what,
                   tr("name a readable policy file, or a preset"));
  return parse_policy(*text, path.string());
}

const std::vector<Hold>& standard_holds() {
  using std::chrono::hours;
  static const std::vector<Hold> holds{{HoldReason::call, hours(2)},
                                       {HoldReason::screencast, hours(2)},
                                       {HoldReason::fullscreen, hours(1)},
                                       {HoldReason::dnd, hours(1)},
                                       {HoldReason::typing, std::chrono::seconds(60)}};
  return holds;
}

}  // namespace nape::config
