// SPDX-License-Identifier: Apache-2.0
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstring>

#include "control/http_listen.hpp"
#include "control/peer_uid.hpp"

namespace nape::control {
namespace {

struct Pair {
  int listener = -1;
  int server = -1;
  int client = -1;

  explicit Pair(const std::string& address = "127.0.0.1", bool mapped = false) {
    const auto made = listen_tcp(address, 0, 0);
    if (!made) return;
    listener = made->socket;
    sockaddr_storage where{};
    socklen_t size = sizeof where;
    getsockname(listener, reinterpret_cast<sockaddr*>(&where), &size);
    if (mapped) {
      sockaddr_in6 v6{};
      v6.sin6_family = AF_INET6;
      v6.sin6_port = htons(made->port);
      inet_pton(AF_INET6, "::ffff:127.0.0.1", &v6.sin6_addr);
      std::memcpy(&where, &v6, size = sizeof v6);
    }
    client = socket(where.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connect(client, reinterpret_cast<sockaddr*>(&where), size) == 0)
      server = accept(listener, nullptr, nullptr);
  }
  ~Pair() {
    for (const int socket : {listener, server, client}) {
      if (socket >= 0) close(socket);
    }
  }
  void close_client() {
    close(client);
    client = -1;
  }
};

void expect_uid(const Pair& pair, std::optional<uid_t> uid) {
  const auto ends = tcp_ends(pair.server);
  ASSERT_TRUE(ends);
  EXPECT_EQ(ask_proc(*ends).uid, uid);
  const auto diag = ask_sock_diag(*ends);
  if (diag.answered) {
    EXPECT_EQ(diag.uid, uid);
  }
  EXPECT_EQ(tcp_peer_uid(*ends), uid);
}

TEST(PeerUid, both_ways_tell_who_opened_the_socket) { expect_uid(Pair(), geteuid()); }

TEST(PeerUid, an_ipv4_peer_behind_an_ipv6_socket_is_found) {
  const Pair pair("127.0.0.1", true);
  if (pair.server < 0) GTEST_SKIP() << "no IPv6 here";
  expect_uid(pair, geteuid());
}

TEST(PeerUid, ipv6_is_found) {
  const Pair pair("::1");
  if (pair.server < 0) GTEST_SKIP() << "no IPv6 here";
  expect_uid(pair, geteuid());
}

TEST(PeerUid, a_peer_that_closed_has_no_uid_and_is_not_root) {
  Pair pair;
  pair.close_client();
  expect_uid(pair, std::nullopt);
}

TEST(PeerUid, a_half_closed_peer_does_not_count) {
  Pair pair;
  shutdown(pair.client, SHUT_WR);
  expect_uid(pair, std::nullopt);
}

TEST(PeerUid, a_connection_that_is_not_there_has_no_uid) {
  Pair pair;
  auto ends = tcp_ends(pair.server);
  ASSERT_TRUE(ends);
  reinterpret_cast<sockaddr_in&>(ends->there).sin_port = htons(1);
  EXPECT_FALSE(tcp_peer_uid(*ends));
  EXPECT_TRUE(ask_proc(*ends).answered);
}

TEST(PeerUid, without_proc_there_is_no_answer) {
  Pair pair;
  EXPECT_FALSE(ask_proc(*tcp_ends(pair.server), "/nonexistent").answered);
}

TEST(PeerUid, another_user_is_told_apart) {
  if (geteuid() != 0) GTEST_SKIP() << "needs root to become another user";
  const auto made = listen_tcp("127.0.0.1", 0, 0);
  ASSERT_TRUE(made);
  std::array<int, 2> hold{};
  ASSERT_EQ(pipe(hold.data()), 0);
  const pid_t child = fork();
  if (child == 0) {
    close(hold[1]);
    sockaddr_in where{};
    where.sin_family = AF_INET;
    where.sin_port = htons(made->port);
    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (setuid(65534) != 0) _exit(1);
    const int client = socket(AF_INET, SOCK_STREAM, 0);
    connect(client, reinterpret_cast<sockaddr*>(&where), sizeof where);
    char byte = 0;
    // The parent's end of the pipe closes when it has looked.
    [[maybe_unused]] const auto ended = read(hold[0], &byte, 1);
    _exit(0);
  }
  // The listener does not block: wait for the child's connection with poll's older sibling.
  fd_set ready;
  FD_ZERO(&ready);
  FD_SET(made->socket, &ready);
  timeval patience{5, 0};
  ASSERT_EQ(select(made->socket + 1, &ready, nullptr, nullptr, &patience), 1);
  const int server = accept(made->socket, nullptr, nullptr);
  const auto ends = tcp_ends(server);
  ASSERT_TRUE(ends);
  EXPECT_EQ(tcp_peer_uid(*ends), 65534U);
  EXPECT_EQ(ask_proc(*ends).uid, 65534U);
  close(hold[0]);
  close(hold[1]);
  waitpid(child, nullptr, 0);
  close(server);
  close(made->socket);
}

}  // namespace
}  // namespace nape::control
