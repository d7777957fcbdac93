// SPDX-License-Identifier: Apache-2.0
//
// A disk that fails when told to, between SQLite and the real one; and one whose power can be cut.
// It counts every operation that reaches the disk (open, read, write, truncate, sync, delete) and
// remembers, for each file, what was synced and what only written. One at a time; registered with
// SQLite while it lives. The write-ahead index (-shm) is memory, not disk: it passes through.
#pragma once

#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace nape::store {

class FaultVfs {
 public:
  enum class Fault {
    io_error,     ///< the operation does nothing
    short_write,  ///< a write that does half its work, and fails; other operations: io_error
    disk_full,    ///< writes and opens do nothing, as on a full disk; others work
    power_cut,    ///< from here on nothing reaches the disk
  };

  FaultVfs();
  ~FaultVfs();
  FaultVfs(const FaultVfs&) = delete;
  FaultVfs& operator=(const FaultVfs&) = delete;

  static constexpr const char* name = "nape-fault";

  /// Operations from number `first` on (counted from now, 1 is the next) fail, `times` of them. For
  /// disk_full only writes are counted.
  void fail(Fault fault, std::uint64_t first, std::uint64_t times = UINT64_MAX);
  void heal() { times_ = 0; }
  /// Operations since the last fail() or begin.
  std::uint64_t operations() const { return operations_; }
  /// Whether a fault has happened since the last fail().
  bool happened() const { return happened_; }

  /// Writes to `directory` what a disk may hold after a power cut at this moment: of what was not
  /// synced, any subset, in sectors of 512 bytes.
  void write_disk_after_cut(const std::string& directory, std::mt19937& random) const;

  // For the VFS methods.

  enum class Verdict { works, fails, half, full };
  Verdict next(bool writes);
  void wrote(const std::string& path, std::int64_t offset, std::string bytes);
  void truncated(const std::string& path, std::int64_t size);
  void synced(const std::string& path);
  void opened(const std::string& path);
  void deleted(const std::string& path);

 private:
  struct Change {
    std::int64_t offset;
    std::string bytes;
    bool truncates;  ///< to `offset`; no bytes
  };
  struct File {
    std::string durable;
    std::vector<Change> unsynced;
  };
  static void apply(std::string& content, const Change& change);
  static void apply_some(std::string& content, const Change& change, std::mt19937& random);

  Fault fault_ = Fault::io_error;
  std::uint64_t first_ = 0;
  std::uint64_t times_ = 0;
  std::uint64_t operations_ = 0;
  bool happened_ = false;
  std::map<std::string, File> files_;
};

}  // namespace nape::store
