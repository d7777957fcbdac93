// SPDX-License-Identifier: Apache-2.0
#include "host/plugin_lookup.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>

#include "host/plugin_spawn.hpp"

namespace nape::host {
namespace {

namespace fs = std::filesystem;

Environment environment(std::map<std::string, std::string, std::less<>> values) {
  return [values](std::string_view name) -> std::optional<std::string> {
    const auto found = values.find(name);
    if (found == values.end()) return std::nullopt;
    return found->second;
  };
}

class Lookup : public testing::Test {
 protected:
  Lookup() {
    std::string made = testing::TempDir() + "nape-lookup-XXXXXX";
    root_ = mkdtemp(made.data());
  }
  ~Lookup() override { fs::remove_all(root_); }

  std::string program(const std::string& path, bool executable = true) {
    const fs::path at = root_ / path;
    fs::create_directories(at.parent_path());
    std::ofstream(at) << "#!/bin/sh\n";
    if (executable) fs::permissions(at, fs::perms::owner_all);
    return at.string();
  }

  fs::path root_;
};

TEST_F(Lookup, the_first_directory_with_an_executable_wins) {
  program("a/nape-plugin-x11", false);
  const std::string second = program("b/nape-plugin-x11");
  program("c/nape-plugin-x11");
  fs::create_directories(root_ / "a/nape-plugin-dir");
  const std::vector<std::string> directories{root_ / "none", root_ / "a", root_ / "b", root_ / "c"};
  EXPECT_EQ(find_plugin(directories, "x11"), second);
  EXPECT_FALSE(find_plugin(directories, "dir"));
  EXPECT_FALSE(find_plugin(directories, "absent"));
}

TEST_F(Lookup, a_name_that_leads_elsewhere_is_nowhere) {
  program("b/nape-plugin-x/evil");
  for (const char* name : {"", "x/evil", "../x11", "x 11", "x\n"}) {
    EXPECT_FALSE(find_plugin({root_ / "b"}, name)) << name;
  }
}

TEST(Session, is_told_from_the_environment) {
  const Session none = session_of(environment({}));
  EXPECT_FALSE(none.x11 || none.wayland || none.bus);
  EXPECT_TRUE(session_of(environment({{"DISPLAY", ":0"}})).x11);
  const Session wayland = session_of(environment({{"DISPLAY", ":0"}, {"WAYLAND_DISPLAY", "w"}}));
  EXPECT_TRUE(wayland.wayland);
  EXPECT_FALSE(wayland.x11) << "XWayland sees only its own windows";
  EXPECT_TRUE(session_of(environment({{"DBUS_SESSION_BUS_ADDRESS", "unix:path=/x"}})).bus);
}

TEST_F(Lookup, a_bus_is_also_found_by_its_socket) {
  EXPECT_FALSE(session_of(environment({{"XDG_RUNTIME_DIR", root_.string()}})).bus);
  const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_un at{};
  at.sun_family = AF_UNIX;
  const std::string path = (root_ / "bus").string();
  std::memcpy(at.sun_path, path.data(), path.size());
  ASSERT_EQ(bind(fd, reinterpret_cast<const sockaddr*>(&at), sizeof at), 0);
  EXPECT_TRUE(session_of(environment({{"XDG_RUNTIME_DIR", root_.string()}})).bus);
  close(fd);
}

TEST(Fitting, only_known_plugins_that_fit_and_exist_are_chosen) {
  using Names = std::vector<std::string>;
  const auto all = [](std::string_view) { return true; };
  const auto no_notify = [](std::string_view name) { return name != "notify"; };
  EXPECT_EQ(fitting_plugins({true, false, true}, all), (Names{"x11", "notify"}));
  EXPECT_EQ(fitting_plugins({false, true, true}, all), Names{"notify"});
  EXPECT_EQ(fitting_plugins({true, false, true}, no_notify), Names{"x11"});
  EXPECT_EQ(fitting_plugins({}, all), Names{});
}

TEST(Environment, passes_the_desktop_and_no_secrets) {
  for (const char* name : {"DISPLAY", "XAUTHORITY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS",
                           "XDG_RUNTIME_DIR", "HOME", "LANG", "LC_ALL", "PATH", "TZ"}) {
    EXPECT_TRUE(passes_to_plugins(name)) << name;
  }
  for (const char* name : {"AWS_SECRET_ACCESS_KEY", "NAPE_TOKEN", "SSH_AUTH_SOCK", "NOTIFY_SOCKET",
                           "WATCHDOG_USEC", "LD_PRELOAD", "DISPLAYX", ""}) {
    EXPECT_FALSE(passes_to_plugins(name)) << name;
  }
}

}  // namespace
}  // namespace nape::host
