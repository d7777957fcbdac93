// SPDX-License-Identifier: Apache-2.0
#include "app/scrape.hpp"

#include <algorithm>

#include "config/categories.hpp"
#include "metrics/exposition.hpp"

namespace nape::app {

void Scrape::serve(control::HttpServer& server) {
  server.route("/metrics", {"GET"},
               [this](const control::HttpRequest& request, control::Responder responder) {
                 responder->respond(answer(request));
               });
}

control::HttpResponse Scrape::answer(const control::HttpRequest& request) {
  const auto snapshot = parts_.life.snapshot(parts_.now());
  const bool personal = request.access >= control::Access::metrics_personal;
  const auto profile = personal ? metrics::Profile::personal : metrics::Profile::team;
  const auto format = metrics::format_for(request.header("Accept"));
  control::HttpResponse response;
  response.content_type = metrics::content_type(format);
  response.body = metrics::render(catalogue_.collect(snapshot, facts(snapshot), profile), format);
  return response;
}

metrics::HostFacts Scrape::facts(const Snapshot& snapshot) {
  metrics::HostFacts facts;
  facts.version = parts_.version;
  facts.started = parts_.started;
  facts.demo = parts_.demo;
  for (const auto& plugin : parts_.supervisor.status()) {
    const bool up = plugin.state == host::PluginState::running;
    facts.plugins[plugin.name] = {up, plugin.restarts};
    const auto counts = {"input.counts", "replay"};
    facts.counts_measured =
        facts.counts_measured || (up && std::any_of(counts.begin(), counts.end(), [&](auto word) {
                                    return std::ranges::count(plugin.capabilities, word) > 0;
                                  }));
    for (std::size_t i = 0; i < plugin.senses.size(); ++i) {
      if (!plugin.senses[i]) continue;
      facts.sensors.push_back({plugin.name, static_cast<SensorKind>(i), plugin.senses[i]->state});
    }
  }
  for (const auto name : config::category_names()) facts.categories.emplace_back(name);
  facts.faults = parts_.faults.counts();
  facts.store_up = parts_.life.store_up();
  const auto pending = parts_.store.pending();
  facts.store_pending = pending.effects;
  facts.faults["store"] += pending.dropped;
  facts.commits = parts_.life.commits();
  facts.commit_time = parts_.life.commit_time();
  facts.closed_day = closed_day(snapshot.day);
  return facts;
}

std::optional<metrics::ClosedDay> Scrape::closed_day(std::int32_t today) {
  if (closed_for_ == today) return closed_;
  const auto sums = parts_.store.history().today(today - 1);
  if (!sums) return std::nullopt;
  closed_for_ = today;
  closed_.reset();
  if (!*sums) return closed_;
  const auto& day = **sums;
  metrics::ClosedDay closed;
  closed.end = parts_.life.calendar().day_begins(today);
  closed.use = day.use_30;
  closed.sitting = day.sitting();
  closed.longest_stretch = day.longest[1];
  for (const auto& sum : day.breaks) {
    if (sum.outcome == Outcome::taken) closed.breaks_taken += sum.count;
    if (sum.outcome == Outcome::natural) closed.breaks_natural += sum.count;
  }
  const auto seen = day.sitting() - day.setups[static_cast<std::size_t>(SetupKind::unknown)];
  if (seen > Duration::zero()) {
    const auto bare = day.setups[static_cast<std::size_t>(SetupKind::laptop)];
    closed.bare_laptop_ratio =
        static_cast<double>(bare.count()) / static_cast<double>(seen.count());
  }
  closed_ = closed;
  return closed_;
}

}  // namespace nape::app
