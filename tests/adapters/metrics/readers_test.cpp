// SPDX-License-Identifier: Apache-2.0
//
// What others make of the pages: promtool's lint and the OpenMetrics parser of Prometheus' own
// Python client.
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/wait.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "adapters/metrics/sample.hpp"
#include "metrics/catalogue.hpp"
#include "metrics/exposition.hpp"

namespace nape::metrics {
namespace {

struct Outcome {
  int status = -1;
  std::string output;
};

/// Runs `command` with `input` on its standard input.
Outcome run(const std::string& command, const std::string& input) {
  std::string directory = "/tmp/nape-metrics-XXXXXX";
  if (!mkdtemp(directory.data())) return {};
  std::ofstream(directory + "/page") << input;
  Outcome outcome;
  FILE* pipe = popen((command + " < " + directory + "/page 2>&1").c_str(), "r");
  if (!pipe) return {};
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe))
    outcome.output += static_cast<char>(c);
  const int status = pclose(pipe);
  outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  std::filesystem::remove_all(directory);
  return outcome;
}

std::string page(Profile profile, Format format) {
  Catalogue catalogue;
  return render(catalogue.collect(sample::snapshot(), sample::facts(), profile), format);
}

class Readers : public testing::TestWithParam<Profile> {};

TEST_P(Readers, promtool_has_nothing_to_say) {
  if (run("command -v promtool", "").status != 0) GTEST_SKIP() << "promtool is not installed";
  const auto lint = run("promtool check metrics", page(GetParam(), Format::text));
  EXPECT_EQ(lint.output, "");
  EXPECT_EQ(lint.status, 0);
}

TEST_P(Readers, the_openmetrics_parser_reads_every_family) {
  const std::string python = "/usr/bin/python3 -c ";
  if (run(python + "'import prometheus_client'", "").status != 0)
    GTEST_SKIP() << "python3-prometheus-client is not installed";
  const auto parsed =
      run(python +
              "'import sys; from prometheus_client.openmetrics.parser import "
              "text_string_to_metric_families as parse; "
              "print(sum(len(family.samples) for family in parse(sys.stdin.read())))'",
          page(GetParam(), Format::openmetrics));
  EXPECT_EQ(parsed.status, 0) << parsed.output;
  EXPECT_GT(std::atoi(parsed.output.c_str()), 10) << parsed.output;
}

INSTANTIATE_TEST_SUITE_P(Profiles, Readers, testing::Values(Profile::personal, Profile::team),
                         [](const auto& one) {
                           return one.param == Profile::personal ? "personal" : "team";
                         });

}  // namespace
}  // namespace nape::metrics
