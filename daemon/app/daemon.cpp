// SPDX-License-Identifier: Apache-2.0
#include "app/daemon.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <fstream>

#include "app/api.hpp"
#include "app/database_copy.hpp"
#include "app/demo.hpp"
#include "app/playback.hpp"
#include "app/scrape.hpp"
#include "app/speaker.hpp"
#include "calendar/rfc3339.hpp"
#include "config/categories.hpp"
#include "control/http_server.hpp"
#include "control/service.hpp"
#include "host/plugin_lookup.hpp"
#include "host/sd_notify.hpp"
#include "host/signals.hpp"
#include "host/timers.hpp"
#include "voice/tr.hpp"

namespace nape::app {

namespace {

BootTime whole_second(BootTime due) { return std::chrono::ceil<std::chrono::seconds>(due); }

store::Retention retention_of(const config::Settings& settings) {
  const auto days = [](Duration time) {
    return static_cast<int>(std::chrono::ceil<std::chrono::days>(time).count());
  };
  store::Retention retention;
  retention.span_days = days(settings.keep_spans);
  retention.why_days = days(settings.keep_why);
  return retention;
}

}  // namespace

struct Daemon::Inner {
  Inner(const Options& the_options, config::Paths the_paths, Configuration the_configuration)
      : options(the_options),
        paths(std::move(the_paths)),
        configuration(std::move(the_configuration)) {}

  // opening, in this order
  Result<void> open_directories();
  Result<void> open_store();
  Result<void> open_database();
  Result<void> open_life();
  Result<void> open_server();
  void open_plugins();

  // turns of the loop
  host::Reading look();
  Instant now_of(const host::Reading& reading) const {
    return playback ? playback->now() : reading.now;
  }
  void settle();
  void on_sensor(const host::Reading& reading, Instant at, const Event& event);
  void on_timer();
  void feed(const host::Reading& reading, const Instant& at, const Event& event);
  Event categorised(const Event& event) const;
  std::optional<Refused> say_word(const Event& word);
  Result<void> reload();
  void stop();

  Speaker::Parts speaker_parts();
  host::SupervisorHooks hooks();
  std::string next_at(const std::string& kind);
  const BreakKind* kind(const std::string& name) const;
  control::DaemonFacts facts() const;
  void warn(const std::vector<std::string>& warnings);

  Options options;
  config::Paths paths;
  Configuration configuration;

  boost::asio::io_context loop{1};
  host::RealClock clock;
  host::Log log{clock, STDERR_FILENO, host::Log::form_for(STDERR_FILENO)};
  Faults faults{log};
  host::Reading begun = clock.read();
  host::ClockWatch watch{begun};
  host::SdNotify systemd;

  std::unique_ptr<store::SqliteStore> store;
  std::unique_ptr<Playback> playback;
  std::unique_ptr<Life> life;
  Recorder recorder;
  std::unique_ptr<Speaker> speaker;
  std::unique_ptr<host::Supervisor> supervisor;
  std::unique_ptr<Api> api;
  std::unique_ptr<Scrape> scrape;
  std::unique_ptr<control::Service> service;
  std::unique_ptr<control::HttpServer> server;
  std::unique_ptr<host::BootTimer> timer;
  std::unique_ptr<host::WallStepWatch> steps;
  std::unique_ptr<host::Signals> signals;
  std::unique_ptr<host::Watchdog> watchdog;
  bool changed = false;
  bool stopping = false;
};

// --- opening

Result<void> Daemon::Inner::open_directories() {
  for (const auto& directory : {paths.state_dir, paths.runtime_dir}) {
    std::error_code error;
    std::filesystem::create_directories(directory, error);
    if (error) return Error{directory.string() + ": " + error.message()};
    if (::chmod(directory.c_str(), 0700) != 0)
      return Error{say("{0}: is not ours to use", directory.string())};
  }
  return {};
}

Result<void> Daemon::Inner::open_store() {
  if (auto opened = open_database(); !opened) return opened;
  if (!playback) return {};
  const auto saved = store->load();
  if (!saved) return saved.error();
  if (!*saved || playback->goes_on_from(*saved)) return {};
  // A demo that has come to its end, or another one, is not continued: it begins with an empty
  // database.
  store.reset();
  for (const auto* suffix : {"", "-wal", "-shm"}) {
    std::error_code ignored;
    std::filesystem::remove(playback->database(paths.state_dir).string() + suffix, ignored);
  }
  return open_database();
}

Result<void> Daemon::Inner::open_database() {
  store::Options store_options;
  store_options.path = paths.database();
  store_options.retention = retention_of(configuration.settings);
  if (playback) {
    store_options.path = playback->database(paths.state_dir);
    store_options.demo = true;
  }
  auto opened = store::SqliteStore::open(store_options);
  if (!opened) return std::move(opened).error();
  store = std::move(opened->store);
  for (const auto& notice : opened->notices) log.write(host::Severity::warning, notice.text);
  return {};
}

Result<void> Daemon::Inner::open_life() {
  speaker = std::make_unique<Speaker>(speaker_parts());
  auto boot = playback ? Result<std::string>(playback->boot_id()) : host::boot_id();
  if (!boot) return std::move(boot).error();
  Life::Parts parts{*store, faults, *boot,
                    [this](const Instant&, const Effects& effects) {
                      changed = true;
                      speaker->carry_out(effects);
                    },
                    [this](const Totals& totals) { scrape->engine_ends(totals); }};
  auto reading = begun;
  if (playback) {
    const auto saved = store->load();
    reading = playback->beginning(saved ? *saved : std::nullopt);
  }
  auto begun_life = Life::begin(std::move(parts), configuration.policy,
                                playback ? playback->zone() : std::string(), reading);
  if (!begun_life) return std::move(begun_life).error();
  life = std::move(*begun_life);
  return {};
}

Result<void> Daemon::Inner::open_server() {
  std::vector<std::string> unknown;
  control::HttpOptions http;
  const auto listen = paths.listen.value_or(configuration.settings.listen);
  http.address = listen.on ? listen.address : "";
  http.first_port = listen.port;
  http.last_port = listen.is_default ? config::Listen::last_port : listen.port;
  http.socket = paths.control_socket();
  http.settings_file = paths.config_file;
  http.access = {::geteuid(), control::uids_of(configuration.settings.metrics_allow, unknown),
                 control::uids_of(configuration.settings.personal_readers, unknown)};
  http.now = [this] { return clock.read().now; };
  auto opened = control::HttpServer::open(loop, http);
  if (!opened) return std::move(opened).error();
  server = std::move(*opened);

  scrape = std::make_unique<Scrape>(Scrape::Parts{*life, *store, *supervisor, faults, NAPE_VERSION,
                                                  begun.now.wall, playback != nullptr,
                                                  [this] { return now_of(look()); }});
  scrape->serve(*server);
  api = std::make_unique<Api>(Api::Parts{
      *life, *store, *supervisor, faults, recorder, facts(), [this] { return look(); },
      [this] { return now_of(look()); }, [this](const Event& word) { return say_word(word); },
      [this] { return reload(); },
      [this](std::function<void(Result<std::string>)> done) {
        life->commit(look(), now_of(look()));
        const auto copy =
            paths.state_dir /
            ("copy-" + std::to_string(clock.read().now.wall.time_since_epoch().count()));
        copy_database(loop, playback ? playback->database(paths.state_dir) : paths.database(), copy,
                      std::move(done));
      }});
  service = std::make_unique<control::Service>(*api);
  control::serve(*server, *service);
  std::ofstream(paths.http_file()) << server->address() << "\n";
  ::chmod(paths.http_file().c_str(), 0600);
  return {};
}

void Daemon::Inner::open_plugins() {
  std::vector<std::string> warnings;
  auto wanted = wanted_plugins(configuration.settings, paths, warnings);
  if (playback) {
    // The recording is the only sensor; what it leads to may be shown.
    std::erase_if(wanted, [](const host::PluginSpec& spec) { return spec.name != "notify"; });
    wanted.push_back(playback->plugin(paths, options.speed));
  }
  supervisor->run(wanted);
  warn(warnings);
}

control::DaemonFacts Daemon::Inner::facts() const {
  control::DaemonFacts facts;
  facts.version = NAPE_VERSION;
  facts.pid = static_cast<std::uint32_t>(::getpid());
  facts.started = begun.now.wall;
  facts.demo = playback != nullptr;
  facts.speed = playback ? options.speed : 1;
  if (!server->address().empty()) facts.page_url = "http://" + server->address();
  facts.state_dir = paths.state_dir;
  return facts;
}

// --- turns of the loop

/// Reads the clocks; a suspend or a step of the wall clock is told before anything else happens.
host::Reading Daemon::Inner::look() {
  const auto reading = clock.read();
  const auto news = watch.look(reading);
  if (playback || !life) return reading;
  if (news.suspend) {
    life->feed(reading, news.suspend->begin, Suspended{true});
    life->feed(reading, news.suspend->end, Suspended{false});
    changed = true;
  }
  if (news.stepped != Duration::zero())
    life->feed(reading, reading.now, ClockStepped{news.stepped});
  return reading;
}

/// At the end of every turn: those who wait are answered, and the next deadline is armed.
void Daemon::Inner::settle() {
  if (stopping) return;
  const auto reading = clock.read();
  for (const auto& notice : store->take_notices()) log.write(host::Severity::warning, notice.text);
  if (changed) service->changed();
  changed = false;
  service->tick(reading.now);
  std::optional<BootTime> due;
  if (!playback) due = life->next(reading.now).boot;
  if (const auto waiting = service->deadline(); waiting && (!due || *waiting < *due)) due = waiting;
  if (!due) return;
  // Whole seconds let wake-ups coalesce. A timer that is armed for earlier may stay: while there is
  // input the deadline moves on every second, and one needless wake-up now and then is cheaper than
  // a system call in each of them.
  const auto rounded = whole_second(*due);
  if (const auto armed = timer->armed(); !armed || rounded < *armed) timer->arm(rounded);
}

void Daemon::Inner::on_timer() {
  const auto reading = look();
  if (!playback) life->advance(reading, reading.now);
  settle();
}

void Daemon::Inner::on_sensor(const host::Reading& reading, Instant at, const Event& event) {
  if (playback) {
    // What the supervisor itself knows is of this machine, not of the recording, whose sensors are
    // as it tells.
    if (at == reading.now || !playback->lives_through(at, event)) return;
    playback->tell_owed(*life);
    playback->remember(event);
    feed({at, at.boot.time_since_epoch()}, at, event);
  } else {
    look();
    feed(reading, reading.now, event);
  }
  changed = true;
  settle();
}

void Daemon::Inner::feed(const host::Reading& reading, const Instant& at, const Event& event) {
  const auto known = categorised(event);
  life->advance(reading, at);
  life->feed(reading, at, known);
  if (auto recorded = recorder.on_event(at, known); !recorded)
    faults.happened("store", recorded.error().what);
}

/// The rules that turn an application into a category are the person's; no plugin knows them.
Event Daemon::Inner::categorised(const Event& event) const {
  const auto* window = std::get_if<WindowChanged>(&event);
  if (!window || window->application.empty()) return event;
  auto known = *window;
  known.category = config::category_for(known.application, configuration.settings.categories);
  if (!configuration.settings.store_applications) known.application = known.category;
  return known;
}

std::optional<Refused> Daemon::Inner::say_word(const Event& word) {
  const auto reading = look();
  const auto at = now_of(reading);
  const auto refused =
      life->say(playback ? host::Reading{at, at.boot.time_since_epoch()} : reading, at, word);
  if (auto recorded = recorder.on_event(at, word); !recorded)
    faults.happened("store", recorded.error().what);
  changed = true;
  settle();
  return refused;
}

// --- actuators

const BreakKind* Daemon::Inner::kind(const std::string& name) const {
  const auto& kinds = life ? life->policy().kinds : configuration.policy.kinds;
  const auto found =
      std::find_if(kinds.begin(), kinds.end(), [&](const BreakKind& k) { return k.name == name; });
  return found == kinds.end() ? nullptr : &*found;
}

std::string Daemon::Inner::next_at(const std::string& name) {
  const auto now = playback ? playback->now() : clock.read().now;
  for (const auto& status : life->snapshot(now).kinds) {
    if (status.name != name || status.due || status.of != Of::sitting) continue;
    return calendar::clock_text(now.wall + (status.every - status.owed), life->calendar().zone());
  }
  return "";
}

Speaker::Parts Daemon::Inner::speaker_parts() {
  return {[this](const host::Directive& directive) {
            return supervisor && supervisor->send(directive);
          },
          [this](const std::string& name) { return kind(name); },
          [this](const std::string& name) { return next_at(name); },
          [this](const std::string& sentence) {
            sentence.empty() ? faults.over("plugin") : faults.began("plugin", sentence);
          }};
}

host::SupervisorHooks Daemon::Inner::hooks() {
  host::SupervisorHooks hooks;
  hooks.on_event = [this](const host::Reading& reading, Instant at, const Event& event) {
    on_sensor(reading, at, event);
  };
  hooks.on_answer = [this](const host::Reading&, const host::Answer& answer) {
    if (const auto word = speaker->word_of(answer)) say_word(*word);
  };
  hooks.on_mark = [this](const host::Reading&, Instant at, const std::string& line) {
    if (!playback || !playback->lives_through(at, Tick{})) return;
    playback->tell_owed(*life);
    auto marked = playback->mark(*life, at, line, configuration.policy);
    if (!marked) faults.happened("config", marked.error().what);
    changed = true;
    settle();
  };
  hooks.on_status = [this] {
    changed = true;
    settle();
  };
  return hooks;
}

// --- reload and stop

void Daemon::Inner::warn(const std::vector<std::string>& warnings) {
  for (const auto& warning : warnings) log.write(host::Severity::warning, warning);
}

Result<void> Daemon::Inner::reload() {
  auto loaded = load_configuration(paths, options.policy);
  if (!loaded) {
    faults.began("config", loaded.error().what);
    return std::move(loaded).error();
  }
  const auto reading = look();
  systemd.reloading(reading);
  configuration = std::move(*loaded);
  warn(configuration.warnings);
  faults.over("config");
  std::vector<std::string> unknown;
  server->set_access({::geteuid(), control::uids_of(configuration.settings.metrics_allow, unknown),
                      control::uids_of(configuration.settings.personal_readers, unknown)});
  auto adopted = life->adopt(reading, now_of(reading), configuration.policy);
  if (!playback) open_plugins();
  systemd.ready(tr("Settings were read again."));
  changed = true;
  settle();
  return adopted;
}

void Daemon::Inner::stop() {
  if (stopping) return;
  stopping = true;
  systemd.stopping();
  service->stop();
  server->stop();
  supervisor->stop([this] { loop.stop(); });
}

Daemon::Daemon(std::unique_ptr<Inner> inner) : inner_(std::move(inner)) {}

Daemon::~Daemon() = default;

Result<std::unique_ptr<Daemon>> Daemon::open(const Options& options, config::Paths paths,
                                             Configuration configuration) {
  auto inner = std::make_unique<Inner>(options, std::move(paths), std::move(configuration));
  auto& parts = *inner;
  parts.warn(parts.configuration.warnings);
  if (auto opened = parts.open_directories(); !opened) return std::move(opened).error();
  if (!options.replay.empty()) {
    auto demo = open_demo(options.replay, parts.paths.runtime_dir);
    if (!demo) return std::move(demo).error();
    parts.playback = std::make_unique<Playback>(std::move(*demo));
    auto policy = options.policy.empty() ? parts.playback->policy(options.replay) : std::nullopt;
    if (policy && !*policy) return std::move(*policy).error();
    if (policy) parts.configuration.policy = std::move(**policy);
  }
  if (auto opened = parts.open_store(); !opened) return std::move(opened).error();
  parts.supervisor =
      std::make_unique<host::Supervisor>(parts.loop, parts.clock, parts.log, parts.hooks());
  if (auto opened = parts.open_life(); !opened) return std::move(opened).error();
  if (auto opened = parts.open_server(); !opened) return std::move(opened).error();
  return std::unique_ptr<Daemon>(new Daemon(std::move(inner)));
}

void Daemon::run() {
  auto& parts = *inner_;
  parts.timer = std::make_unique<host::BootTimer>(parts.loop, [&] { parts.on_timer(); });
  parts.steps = std::make_unique<host::WallStepWatch>(parts.loop, [&] { parts.on_timer(); });
  parts.signals = std::make_unique<host::Signals>(
      parts.loop, [&] { parts.stop(); },
      [&] { [[maybe_unused]] const auto told = parts.reload(); });
  parts.watchdog = std::make_unique<host::Watchdog>(parts.loop, parts.clock, parts.systemd);
  parts.open_plugins();
  parts.systemd.ready(tr("Looking after the breaks."));
  parts.settle();
  parts.loop.run();

  const auto reading = parts.look();
  parts.life->commit(reading, parts.now_of(reading));
  std::error_code ignored;
  std::filesystem::remove(parts.paths.http_file(), ignored);
}

}  // namespace nape::app
