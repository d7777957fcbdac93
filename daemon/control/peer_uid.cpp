// SPDX-License-Identifier: Apache-2.0
#include "control/peer_uid.hpp"

namespace nape::control {

std::optional<TcpEnds> tcp_ends(int socket) {
  TcpEnds ends;
  socklen_t here = sizeof ends.here;
  socklen_t there = sizeof ends.there;
  // A peer that has reset the connection no longer has a name.
  if (getsockname(socket, reinterpret_cast<sockaddr*>(&ends.here), &here) != 0) return std::nullopt;
  if (getpeername(socket, reinterpret_cast<sockaddr*>(&ends.there), &there) != 0)
    return std::nullopt;
  return ends;
}

std::optional<uid_t> tcp_peer_uid(const TcpEnds& ends) {
  PeerAnswer answer = ask_sock_diag(ends);
  if (!answer.answered) answer = ask_proc(ends);
  return answer.uid;
}

std::optional<uid_t> unix_peer_uid(int socket) {
  ucred peer{};
  socklen_t size = sizeof peer;
  if (getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) return std::nullopt;
  return peer.uid;
}

}  // namespace nape::control
