// SPDX-License-Identifier: Apache-2.0
//
// GET /metrics: the snapshot and the daemon's own facts, rendered in the profile that the reader
// may have.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "app/faults.hpp"
#include "app/life.hpp"
#include "control/http_server.hpp"
#include "host/supervisor.hpp"
#include "metrics/catalogue.hpp"
#include "store/sqlite_store.hpp"

namespace nape::app {

class Scrape {
 public:
  struct Parts {
    Life& life;
    store::SqliteStore& store;
    host::Supervisor& supervisor;
    Faults& faults;
    std::string version;
    WallTime started{};
    bool demo = false;
    std::function<Instant()> now;
  };

  explicit Scrape(Parts parts) : parts_(std::move(parts)) {}

  void serve(control::HttpServer& server);
  void engine_ends(const Totals& last) { catalogue_.engine_ends(last); }

 private:
  control::HttpResponse answer(const control::HttpRequest& request);
  metrics::HostFacts facts(const Snapshot& snapshot);
  std::optional<metrics::ClosedDay> closed_day(std::int32_t today);

  Parts parts_;
  metrics::Catalogue catalogue_;
  /// Yesterday does not change: asked of the store once a day.
  std::optional<std::int32_t> closed_for_;
  std::optional<metrics::ClosedDay> closed_;
};

}  // namespace nape::app
