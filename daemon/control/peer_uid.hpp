// SPDX-License-Identifier: Apache-2.0
//
// Whose socket is at the other end: the kernel's word, not the peer's. Only an established socket
// that a process still holds open counts: one in TIME_WAIT or given up by its process has no owner,
// and the kernel would then say 0, which is root.
#pragma once

#include <sys/socket.h>
#include <sys/types.h>

#include <optional>
#include <string>

namespace nape::control {

/// The two ends of a TCP connection as seen from here.
struct TcpEnds {
  sockaddr_storage here{};
  sockaddr_storage there{};
};
std::optional<TcpEnds> tcp_ends(int socket);

/// The uid that opened the peer's end, on this machine.
std::optional<uid_t> tcp_peer_uid(const TcpEnds& ends);
/// SO_PEERCRED: whoever called connect().
std::optional<uid_t> unix_peer_uid(int socket);

/// The two ways to ask, of which tcp_peer_uid() takes the first that works. `answered` tells
/// whether the kernel said anything at all; no uid then means that there is no such socket.
struct PeerAnswer {
  bool answered = false;
  std::optional<uid_t> uid;
};
/// NETLINK_SOCK_DIAG: one exact question.
PeerAnswer ask_sock_diag(const TcpEnds& ends);
/// /proc/net/tcp and tcp6, for where netlink is denied; reads every connection of the machine.
PeerAnswer ask_proc(const TcpEnds& ends, const std::string& proc = "/proc");

}  // namespace nape::control
