// SPDX-License-Identifier: Apache-2.0
#include <netinet/in.h>
#include <netinet/tcp.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <sstream>

#include "control/peer_uid.hpp"

namespace nape::control {
namespace {

struct Row {
  std::string local;
  std::string remote;
  unsigned state = 0;
  uid_t uid = 0;
  std::uint64_t inode = 0;
};

/// "sl local remote state queues timer retransmits uid timeout inode ..."; false for the heading.
bool read_row(const std::string& line, Row& row) {
  std::istringstream words(line);
  std::string number, queues, timer, retransmits, timeout;
  words >> number >> row.local >> row.remote >> std::hex >> row.state >> queues >> timer >>
      retransmits >> std::dec >> row.uid >> timeout >> row.inode;
  return static_cast<bool>(words);
}

std::string hex(std::uint32_t value, int digits) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "%0*X", digits, value);
  return text.data();
}

/// As the kernel prints it: each 32-bit word of the address in the machine's own byte order, the
/// port as a number.
std::string printed_v6(const in6_addr& address, in_port_t port) {
  std::string out;
  for (std::size_t i = 0; i < 4; ++i) {
    std::uint32_t word = 0;
    std::memcpy(&word, address.s6_addr + 4 * i, sizeof word);
    out += hex(word, 8);
  }
  return out + ":" + hex(ntohs(port), 4);
}

std::string printed(const sockaddr_storage& end) {
  if (end.ss_family == AF_INET6) {
    const auto& v6 = reinterpret_cast<const sockaddr_in6&>(end);
    return printed_v6(v6.sin6_addr, v6.sin6_port);
  }
  const auto& v4 = reinterpret_cast<const sockaddr_in&>(end);
  return hex(v4.sin_addr.s_addr, 8) + ":" + hex(ntohs(v4.sin_port), 4);
}

/// An IPv4 end in tcp6: a peer that speaks IPv4 through an IPv6 socket is listed there alone.
std::string printed_mapped(const sockaddr_storage& end) {
  if (end.ss_family == AF_INET6) return printed(end);
  const auto& v4 = reinterpret_cast<const sockaddr_in&>(end);
  in6_addr mapped{};
  mapped.s6_addr[10] = mapped.s6_addr[11] = 0xFF;
  std::memcpy(mapped.s6_addr + 12, &v4.sin_addr, sizeof v4.sin_addr);
  return printed_v6(mapped, v4.sin_port);
}

PeerAnswer find_in(const std::string& file, const std::string& local, const std::string& remote) {
  std::ifstream table(file);
  PeerAnswer answer{table.is_open(), {}};
  for (std::string line; std::getline(table, line);) {
    Row row;
    if (!read_row(line, row) || row.local != local || row.remote != remote) continue;
    if (row.state == TCP_ESTABLISHED && row.inode != 0) answer.uid = row.uid;
  }
  return answer;
}

}  // namespace

PeerAnswer ask_proc(const TcpEnds& ends, const std::string& proc) {
  PeerAnswer answer;
  if (ends.there.ss_family == AF_INET)
    answer = find_in(proc + "/net/tcp", printed(ends.there), printed(ends.here));
  if (answer.uid) return answer;
  const auto six =
      find_in(proc + "/net/tcp6", printed_mapped(ends.there), printed_mapped(ends.here));
  return {answer.answered || six.answered, six.uid};
}

}  // namespace nape::control
