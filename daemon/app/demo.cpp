// SPDX-License-Identifier: Apache-2.0
#include "app/demo.hpp"

#include <unistd.h>

#include <fstream>
#include <functional>
#include <iterator>

#include "scenario/recording.hpp"
#include "scenario/scenario.hpp"

namespace nape::app {
namespace {

std::string content_name(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  const std::string content((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  return "recording-" + std::to_string(std::hash<std::string>()(content));
}

Result<Demo> from_scenario(const std::string& file, const std::filesystem::path& directory) {
  const auto loaded = scenario::load(file);
  if (!loaded) {
    std::string sentences;
    for (const auto& error : loaded.errors) {
      sentences +=
          (sentences.empty() ? "" : "\n") + config::compiler_line(error, config::Severity::error);
    }
    return Error{sentences};
  }
  Demo demo;
  demo.made = true;
  demo.recording = directory / ("replay-" + std::to_string(::getpid()) + ".recording");
  demo.policy = loaded.value->policy;
  std::error_code ignored;
  std::filesystem::remove(demo.recording, ignored);
  auto written = scenario::write_recording(*loaded.value, demo.recording);
  if (!written) return std::move(written).error();
  return demo;
}

}  // namespace

Result<Demo> open_demo(const std::string& file, const std::filesystem::path& directory) {
  Demo demo;
  if (scenario::is_recording(file)) {
    demo.recording = std::filesystem::absolute(file);
  } else {
    auto made = from_scenario(file, directory);
    if (!made) return made;
    demo = std::move(*made);
  }
  demo.boot_id = content_name(file);
  auto recording = scenario::open_recording(demo.recording);
  if (!recording) return std::move(recording).error();
  demo.start = (*recording)->start();
  demo.zone = (*recording)->zone();
  // Read to the end once: a broken recording is refused before it is lived, and its end tells
  // whether it was.
  while (true) {
    auto moment = (*recording)->next();
    if (!moment) return std::move(moment).error();
    if (!*moment) break;
  }
  demo.end = (*recording)->end();
  return demo;
}

}  // namespace nape::app
