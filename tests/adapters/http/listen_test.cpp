// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <fstream>

#include "control/http_listen.hpp"

namespace nape::control {
namespace {

namespace fs = std::filesystem;

class HttpListen : public testing::Test {
 protected:
  HttpListen() { mkdtemp(directory_.data()); }
  ~HttpListen() override { fs::remove_all(directory_); }

  fs::path path() const { return fs::path(directory_) / "nape" / "control.sock"; }
  static mode_t mode(const fs::path& of) {
    struct stat found {};
    return lstat(of.c_str(), &found) == 0 ? found.st_mode & 0777 : 0;
  }

  std::string directory_ = "/tmp/nape-listen-XXXXXX";
};

TEST_F(HttpListen, the_socket_and_the_directory_made_for_it_are_private_whatever_the_umask) {
  const mode_t before = umask(0);
  const auto made = listen_unix(path());
  umask(before);
  ASSERT_TRUE(made) << made.error().what;
  EXPECT_EQ(mode(path()), 0600U);
  EXPECT_EQ(mode(path().parent_path()), 0700U);
  close(*made);
}

TEST_F(HttpListen, a_stale_socket_is_replaced) {
  const auto first = listen_unix(path());
  ASSERT_TRUE(first);
  close(*first);
  ASSERT_TRUE(fs::exists(path()));
  const auto second = listen_unix(path());
  ASSERT_TRUE(second) << second.error().what;
  close(*second);
}

TEST_F(HttpListen, a_socket_that_is_served_is_left_alone) {
  const auto first = listen_unix(path());
  ASSERT_TRUE(first);
  const auto second = listen_unix(path());
  ASSERT_FALSE(second);
  EXPECT_NE(second.error().what.find("another daemon"), std::string::npos) << second.error().what;
  close(*first);
}

TEST_F(HttpListen, what_is_no_socket_is_not_removed) {
  fs::create_directory(path().parent_path());
  fs::permissions(path().parent_path(), fs::perms::owner_all);
  std::ofstream(path()) << "mine";
  EXPECT_FALSE(listen_unix(path()));
  EXPECT_TRUE(fs::is_regular_file(path()));
}

TEST_F(HttpListen, a_directory_that_others_can_write_to_is_refused) {
  fs::create_directory(path().parent_path());
  fs::permissions(path().parent_path(), fs::perms::all);
  EXPECT_FALSE(listen_unix(path()));
}

TEST_F(HttpListen, a_path_that_no_socket_can_have_is_refused_by_name) {
  const auto made = listen_unix(fs::path(directory_) / std::string(200, 'x'));
  ASSERT_FALSE(made);
  EXPECT_NE(made.error().what.find("107"), std::string::npos) << made.error().what;
}

TEST_F(HttpListen, the_next_port_is_taken_when_the_first_is_not_free) {
  const auto first = listen_tcp("127.0.0.1", 0, 0);
  ASSERT_TRUE(first);
  const auto next =
      listen_tcp("127.0.0.1", first->port, static_cast<std::uint16_t>(first->port + 9));
  ASSERT_TRUE(next) << next.error().what;
  EXPECT_GT(next->port, first->port);
  EXPECT_FALSE(listen_tcp("127.0.0.1", first->port, first->port));
  close(first->socket);
  close(next->socket);
}

TEST_F(HttpListen, only_loopback_is_served) {
  for (const char* address :
       {"0.0.0.0", "::", "192.0.2.1", "8.8.8.8", "localhost", "x", "127.0.0.1 "})
    EXPECT_FALSE(listen_tcp(address, 0, 0)) << address;
  const auto v6 = listen_tcp("::1", 0, 0);
  if (v6) {
    EXPECT_EQ(v6->host, "[::1]");
    close(v6->socket);
  }
}

}  // namespace
}  // namespace nape::control
