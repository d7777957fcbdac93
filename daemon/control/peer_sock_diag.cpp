// SPDX-License-Identifier: Apache-2.0
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <unistd.h>

#include <cstring>

#include "control/peer_uid.hpp"

namespace nape::control {
namespace {

struct Question {
  nlmsghdr header{};
  inet_diag_req_v2 request{};
};

void write_end(const sockaddr_storage& end, __be16& port, __be32 (&address)[4]) {
  if (end.ss_family == AF_INET6) {
    const auto& v6 = reinterpret_cast<const sockaddr_in6&>(end);
    port = v6.sin6_port;
    std::memcpy(address, &v6.sin6_addr, sizeof v6.sin6_addr);
  } else {
    const auto& v4 = reinterpret_cast<const sockaddr_in&>(end);
    port = v4.sin_port;
    address[0] = v4.sin_addr.s_addr;
  }
}

Question question_about(const TcpEnds& ends) {
  Question question;
  question.header.nlmsg_len = sizeof question;
  question.header.nlmsg_type = SOCK_DIAG_BY_FAMILY;
  question.header.nlmsg_flags = NLM_F_REQUEST;
  auto& request = question.request;
  request.sdiag_family = static_cast<__u8>(ends.here.ss_family);
  request.sdiag_protocol = IPPROTO_TCP;
  request.idiag_states = ~0U;
  // The socket wanted is the peer's: its source is our destination.
  write_end(ends.there, request.id.idiag_sport, request.id.idiag_src);
  write_end(ends.here, request.id.idiag_dport, request.id.idiag_dst);
  request.id.idiag_cookie[0] = INET_DIAG_NOCOOKIE;
  request.id.idiag_cookie[1] = INET_DIAG_NOCOOKIE;
  return question;
}

PeerAnswer read_answer(const char* data, std::size_t size) {
  nlmsghdr header{};
  if (size < sizeof header) return {};
  std::memcpy(&header, data, sizeof header);
  // An error is no answer: ENOENT may mean that there is no such socket, or no such family in this
  // kernel. /proc settles it.
  inet_diag_msg peer{};
  if (header.nlmsg_type != SOCK_DIAG_BY_FAMILY || size < NLMSG_HDRLEN + sizeof peer) return {};
  std::memcpy(&peer, data + NLMSG_HDRLEN, sizeof peer);
  const bool held_open = peer.idiag_state == TCP_ESTABLISHED && peer.idiag_inode != 0;
  return {true, held_open ? std::optional<uid_t>(peer.idiag_uid) : std::nullopt};
}

}  // namespace

PeerAnswer ask_sock_diag(const TcpEnds& ends) {
  const int link = socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_SOCK_DIAG);
  if (link < 0) return {};
  const Question question = question_about(ends);
  PeerAnswer answer;
  // The kernel answers inside send(): what is not there at once will not come.
  if (send(link, &question, sizeof question, 0) == static_cast<ssize_t>(sizeof question)) {
    alignas(nlmsghdr) char data[4096];
    const ssize_t size = recv(link, data, sizeof data, 0);
    if (size > 0) answer = read_answer(data, static_cast<std::size_t>(size));
  }
  close(link);
  return answer;
}

}  // namespace nape::control
