// SPDX-License-Identifier: Apache-2.0
#include "store/files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <filesystem>

#include "voice/tr.hpp"

namespace nape::store {
namespace {

namespace fs = std::filesystem;

// SQLite derives the names of a database's companions from its own.
constexpr std::array companions{"", "-wal", "-shm", "-journal"};

Error failed(const std::string& path) { return {path + ": " + std::strerror(errno)}; }

std::string directory_of(const std::string& path) {
  const auto directory = fs::path(path).parent_path();
  return directory.empty() ? "." : directory.string();
}

Result<void> check_owner(const std::string& path, const struct stat& status) {
  if (status.st_uid == geteuid()) return {};
  return Error{
      say("{} belongs to user {}, not to you: Nape keeps its diary only in files of "
          "your own",
          path, status.st_uid)};
}

Result<void> correct_mode(const std::string& path, const struct stat& status, mode_t right,
                          Notices& notices) {
  const mode_t mode = status.st_mode & 07777;
  if (mode == right) return {};
  if (chmod(path.c_str(), right) != 0) return failed(path);
  notices.push_back({say("{} could be reached by others (mode {:o}); it is {:o} now.", path,
                         unsigned{mode}, unsigned{right})});
  return {};
}

Result<void> prepare_file(const std::string& path, Notices& notices) {
  // A link could lead anybody's file into our hands, so none is followed.
  const int file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
  if (file < 0) return failed(path);
  struct stat status {};
  const bool known = fstat(file, &status) == 0;
  ::close(file);
  if (!known) return failed(path);
  if (!S_ISREG(status.st_mode)) return Error{say("{} is not a file", path)};
  if (auto owned = check_owner(path, status); !owned) return owned;
  return correct_mode(path, status, 0600, notices);
}

std::string time_stamp() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), "%Y%m%dT%H%M%SZ", &utc);
  return text.data();
}

Result<void> sync_path(const std::string& path, int flags) {
  const int file = open(path.c_str(), flags | O_RDONLY | O_CLOEXEC);
  if (file < 0) return failed(path);
  const bool synced = fsync(file) == 0;
  Error error = failed(path);
  ::close(file);
  if (synced) return {};
  return error;
}

}  // namespace

Result<void> prepare_directory(const std::string& database, Notices& notices) {
  const std::string directory = directory_of(database);
  std::error_code ignored;
  fs::create_directories(fs::path(directory).parent_path(), ignored);
  if (mkdir(directory.c_str(), 0700) == 0) {
    if (auto synced = sync_directory_of(directory); !synced) return synced;
  } else if (errno != EEXIST) {
    return failed(directory);
  }
  struct stat status {};
  if (stat(directory.c_str(), &status) != 0) return failed(directory);
  if (!S_ISDIR(status.st_mode)) return Error{say("{} is not a directory", directory)};
  if (auto owned = check_owner(directory, status); !owned) return owned;
  if ((status.st_mode & S_ISVTX) != 0) {
    return Error{say("{} is shared by all users: give Nape a directory of its own", directory)};
  }
  return correct_mode(directory, status, 0700, notices);
}

Result<void> prepare_files(const std::string& database, Notices& notices) {
  if (auto ready = prepare_file(database, notices); !ready) return ready;
  for (const char* companion : {"-wal", "-shm"}) {
    struct stat status {};
    const std::string path = database + companion;
    if (lstat(path.c_str(), &status) != 0) continue;
    if (auto ready = prepare_file(path, notices); !ready) return ready;
  }
  return {};
}

bool has_log(const std::string& database) {
  struct stat status {};
  return stat((database + "-wal").c_str(), &status) == 0 && status.st_size > 0;
}

Result<std::string> set_aside(const std::string& database, const char* word) {
  const std::string base = database + "." + word + "-" + time_stamp();
  std::string name = base;
  for (int number = 2; fs::exists(name); ++number) name = base + "." + std::to_string(number);
  for (const char* companion : companions) {
    const std::string from = database + companion;
    if (rename(from.c_str(), (name + companion).c_str()) != 0 && errno != ENOENT) {
      return failed(from);
    }
  }
  if (auto synced = sync_directory_of(database); !synced) return std::move(synced).error();
  return name;
}

Result<void> create_private(const std::string& path) {
  if (unlink(path.c_str()) != 0 && errno != ENOENT) return failed(path);
  const int file = open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return failed(path);
  ::close(file);
  return {};
}

Result<void> sync_file(const std::string& path) { return sync_path(path, 0); }

Result<void> sync_directory_of(const std::string& path) {
  return sync_path(directory_of(path), O_DIRECTORY);
}

}  // namespace nape::store
