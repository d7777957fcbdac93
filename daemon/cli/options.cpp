// SPDX-License-Identifier: Apache-2.0
#include "cli/options.hpp"

#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <sstream>
#include <utility>

#include "config/span_text.hpp"
#include "voice/tr.hpp"

namespace nape::cli {
namespace {

const char* footer() {
  return tr(
      "Examples:\n"
      "  nape                             how things stand\n"
      "  nape status --watch              the same, as it changes\n"
      "  nape today --apps                the day, and what it was spent with\n"
      "  nape break postpone rest         not now\n"
      "  nape pause 1h                    no prompts for an hour\n"
      "  nape was away 12m                the last gap was a walk\n"
      "  nape why rest --last 5           why it prompted, or did not\n"
      "  nape replay day.nape --json      run a recording or a scenario through the engine\n"
      "\n"
      "Durations are typed 90s, 12m, 1h30m.\n"
      "Exit codes: 0 done; 1 the daemon said no, or something is amiss (doctor, check, lint);\n"
      "2 the command line is wrong; 3 the daemon is not running; 4 anything else.\n"
      "NO_COLOR and --color say whether colours are used; NAPE_RUNTIME_DIR where the daemon "
      "listens.");
}

/// The options that every command takes.
void add_common(CLI::App& command, Options& options) {
  command.add_flag("--json", options.json, tr("Print what the API answers"));
}

/// Sets the verb when the command is what was typed.
CLI::App* add_verb(CLI::App& parent, Options& options, Verb verb, const char* name,
                   const char* about) {
  CLI::App* command = parent.add_subcommand(name, about);
  command->callback([&options, verb] { options.verb = verb; });
  return command;
}

/// The validators are ours, so that what they say is translated.
CLI::Validator duration(double most_seconds) {
  return CLI::Validator(
      [most_seconds](std::string& text) -> std::string {
        const auto length = config::duration_from(text);
        if (!length) return say("{0} is no duration; type it like 90s, 12m or 1h30m", text);
        const double seconds = static_cast<double>(length->count()) / 1000;
        if (seconds <= 0) return say("{0} is nothing", text);
        if (seconds > most_seconds) return say("{0} is too long", text);
        text = fmt::format("{}", seconds);
        return {};
      },
      "");
}

CLI::Validator number_up_to(unsigned most) {
  return CLI::Validator(
      [most](std::string& text) -> std::string {
        unsigned number = 0;
        const char* end = text.data() + text.size();
        const auto read = std::from_chars(text.data(), end, number);
        const bool is_fine =
            read.ec == std::errc{} && read.ptr == end && number >= 1 && number <= most;
        return is_fine ? std::string() : say("{0} is no number from 1 to {1}", text, most);
      },
      "");
}

CLI::Validator one_of(const std::vector<std::string>& words) {
  return CLI::Validator(
      [words](std::string& text) -> std::string {
        if (std::find(words.begin(), words.end(), text) != words.end()) return {};
        return say("{0} is none of {1}", text, fmt::format("{}", fmt::join(words, ", ")));
      },
      "");
}

/// An option whose words stand for values.
template <class Value>
CLI::Option* add_choice(CLI::App& app, const char* name, Value& value,
                        const std::vector<std::pair<std::string, Value>>& choices,
                        const char* about) {
  std::vector<std::string> words;
  for (const auto& choice : choices) words.push_back(choice.first);
  const auto choose = [&value, choices](const std::string& word) {
    for (const auto& choice : choices) {
      if (choice.first == word) value = choice.second;
    }
  };
  return app.add_option_function<std::string>(name, choose, about)
      ->check(one_of(words))
      ->type_name(fmt::format("{}", fmt::join(words, "|")));
}

CLI::Option* add_word(CLI::App& command, Options& options, const std::vector<std::string>& words,
                      const char* about) {
  return command.add_option(fmt::format("{}", fmt::join(words, "|")), options.word, about)
      ->required()
      ->check(one_of(words))
      ->type_name("");
}

constexpr double week = 7 * 24 * 3600;
constexpr double day = 24 * 3600;

void add_looking(CLI::App& app, Options& options) {
  CLI::App* status =
      add_verb(app, options, Verb::status, "status", tr("How things stand (what nape alone does)"));
  add_common(*status, options);
  status->add_flag("--watch", options.watch, tr("Go on, with each change"));
  add_choice<Format>(*status, "--format", options.format,
                     {{"waybar", Format::waybar}, {"i3blocks", Format::i3blocks}},
                     tr("For a status bar"))
      ->excludes("--json");

  CLI::App* today = add_verb(app, options, Verb::today, "today", tr("The day in numbers"));
  add_common(*today, options);
  today->add_flag("--apps", options.applications, tr("And what it was spent with"));
  today->add_option("--day", options.day, tr("Another day, like 2026-03-02"))->type_name("DATE");

  CLI::App* why =
      add_verb(app, options, Verb::why, "why", tr("Why it prompted, or did not, with the numbers"));
  add_common(*why, options);
  why->add_option("kind", options.kind, tr("Only this kind of break"))->type_name("");
  why->add_option("--last", options.last, tr("How many decisions, 1 to 1000 (20)"))
      ->check(number_up_to(1000))
      ->type_name("N");

  CLI::App* plugins =
      add_verb(app, options, Verb::plugins, "plugins", tr("The programs that see and show"));
  add_common(*plugins, options);
  plugins->add_flag("--watch", options.watch, tr("Go on, with each change"));

  add_common(*add_verb(app, options, Verb::doctor, "doctor",
                       tr("What is seen, how well, and what would help")),
             options);
}

void add_saying(CLI::App& app, Options& options) {
  CLI::App* break_ =
      add_verb(app, options, Verb::break_, "break", tr("Start, postpone, skip or leave a break"));
  add_common(*break_, options);
  add_word(*break_, options, {"start", "postpone", "skip", "exit"}, tr("What to do with it"));
  break_->add_option("kind", options.kind, tr("Which; without it the one that is due"))
      ->type_name("");

  CLI::App* pause = add_verb(app, options, Verb::pause, "pause", tr("No prompts; time counts on"));
  add_common(*pause, options);
  pause
      ->add_option("length", options.length_seconds,
                   tr("How long, like 1h; without it until resumed"))
      ->transform(duration(week))
      ->type_name("");

  add_common(*add_verb(app, options, Verb::resume, "resume", tr("End a pause")), options);

  CLI::App* was =
      add_verb(app, options, Verb::was, "was", tr("Correct the last gap without input"));
  add_common(*was, options);
  add_word(*was, options, {"away", "reading"}, tr("What it was"));
  was->add_option("length", options.length_seconds, tr("How much of it, like 12m"))
      ->required()
      ->transform(duration(day))
      ->type_name("");

  CLI::App* reading = add_verb(app, options, Verb::reading, "reading",
                               tr("There without input, for up to an hour"));
  add_common(*reading, options);
  add_word(*reading, options, {"on", "off"}, tr("Begin or end it"));

  CLI::App* desk =
      add_verb(app, options, Verb::desk, "desk", tr("Tell that you stand, or sit again"));
  add_common(*desk, options);
  add_word(*desk, options, {"stand", "sit"}, tr("How you are"));
}

void add_tools(CLI::App& app, Options& options) {
  CLI::App* record = add_verb(app, options, Verb::record, "record",
                              tr("Write what the sensors tell into a file, until Ctrl-C"));
  add_common(*record, options);
  CLI::Option* file =
      record->add_option("file", options.files, tr("Where to"))->expected(1)->type_name("");
  record->add_flag("--stop", options.stop, tr("End a recording that somebody else began"))
      ->excludes(file);

  add_verb(app, options, Verb::open, "open", tr("The page in your browser"));

  CLI::App* replay = add_verb(app, options, Verb::replay, "replay",
                              tr("Run recordings and scenarios through the engine"));
  add_common(*replay, options);
  replay->add_option("file", options.files, tr("What to run"))->required()->type_name("");
  replay
      ->add_option("--policy", options.policy,
                   tr("A preset or a file, instead of what the scenario says"))
      ->type_name("P");

  add_verb(app, options, Verb::reload, "reload", tr("Have the daemon read its settings again"));

  CLI::App* config = app.add_subcommand("config", tr("Settings"))->require_subcommand(1);
  CLI::App* check = add_verb(*config, options, Verb::config_check, "check",
                             tr("Every fault in the settings, at once"));
  check->add_option("file", options.files, tr("Another file than the one in use"))
      ->expected(0, 1)
      ->type_name("");

  CLI::App* policy = app.add_subcommand("policy", tr("Policies"))->require_subcommand(1);
  CLI::App* show = add_verb(*policy, options, Verb::policy_show, "show",
                            tr("The policy in force, or a preset, as text"));
  show->add_option("name", options.policy, tr("A preset or a file"))->type_name("");
  CLI::App* lint =
      add_verb(*policy, options, Verb::policy_lint, "lint", tr("Every fault in a policy, at once"));
  lint->add_option("file", options.files, tr("The policies to read"))->required()->type_name("");
}

std::string what_is_wrong(const CLI::App& app, const CLI::ParseError& error) {
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) {
    return say("nothing here is called {0}",
               fmt::format("{}", fmt::join(app.remaining(true), " ")));
  }
  return error.what();
}

/// What a person needs after a mistake: the mistake, and where to read on; not the whole help.
Ending mistake(const CLI::App& app, const CLI::ParseError& error) {
  const CLI::App* asked = &app;
  std::string name = "nape";
  while (!asked->get_subcommands().empty()) {
    asked = asked->get_subcommands().front();
    name += " " + asked->get_name();
  }
  return {misused, say("nape: {0}\n{1} --help tells more.\n", what_is_wrong(app, error), name)};
}

/// Every heading in the person's language; the groups are those of the daemon's three uses.
void dress(CLI::App& app) {
  app.set_help_flag("-h,--help", tr("Print this"));
  const auto formatter = app.get_formatter();
  formatter->column_width(26);
  formatter->label("Usage", tr("Usage"));
  formatter->label("OPTIONS", tr("OPTIONS"));
  formatter->label("SUBCOMMAND", tr("COMMAND"));
  formatter->label("Positionals", tr("What to type"));
  formatter->label("REQUIRED", "");
  app.get_option("--help")->group(tr("Options"));
}

/// Gathers the commands that are in no group yet.
void group_rest(CLI::App& app, const char* title) {
  for (CLI::App* command : app.get_subcommands({})) {
    if (command->get_group() == "Subcommands") command->group(title);
  }
}

void dress_all(CLI::App& app) {
  dress(app);
  group_rest(app, tr("Commands"));
  for (CLI::App* command : app.get_subcommands({})) {
    // Colour may be said before or after the command.
    command->fallthrough();
    command->footer("");
    dress_all(*command);
  }
}

}  // namespace

std::variant<Options, Ending> parse(const std::vector<std::string>& arguments) {
  Options options;
  CLI::App app(tr("Gets you up from the computer on time, and shows you what changed."), "nape");
  app.set_version_flag("--version", "nape " NAPE_VERSION, tr("Print the version"));
  add_choice<Colour>(
      app, "--color", options.colour,
      {{"auto", Colour::automatic}, {"always", Colour::always}, {"never", Colour::never}},
      tr("Colours: auto is where a terminal shows them"));
  add_looking(app, options);
  group_rest(app, tr("Look"));
  add_saying(app, options);
  group_rest(app, tr("Tell"));
  add_tools(app, options);
  group_rest(app, tr("Tools"));
  dress_all(app);
  app.footer(footer());
  // CLI11 takes the arguments from the back.
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
  try {
    app.parse(reversed);
  } catch (const CLI::Success& success) {
    std::ostringstream text;
    app.exit(success, text, text);
    const bool is_ended = text.str().ends_with('\n');
    return Ending{done, text.str() + (is_ended ? "" : "\n")};
  } catch (const CLI::ParseError& error) {
    return mistake(app, error);
  }
  if (options.verb == Verb::record && options.files.empty() && !options.stop) {
    return Ending{misused, tr("nape: record needs a FILE.\nnape record --help tells more.\n")};
  }
  return options;
}

}  // namespace nape::cli
