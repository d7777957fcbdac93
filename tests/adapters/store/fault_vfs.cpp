// SPDX-License-Identifier: Apache-2.0
#include "fault_vfs.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <new>

namespace nape::store {
namespace {

constexpr std::size_t sector = 512;

FaultVfs* disk = nullptr;
sqlite3_vfs* real = nullptr;

/// Lies before SQLite's own file object in one allocation.
struct ShimFile {
  sqlite3_file base;
  char path[512];

  sqlite3_file* inner() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

ShimFile& shim(sqlite3_file* file) { return *reinterpret_cast<ShimFile*>(file); }
sqlite3_file* inner(sqlite3_file* file) { return shim(file).inner(); }

int code_of(FaultVfs::Verdict verdict, int io_error) {
  switch (verdict) {
    case FaultVfs::Verdict::works:
      return SQLITE_OK;
    case FaultVfs::Verdict::full:
      return SQLITE_FULL;
    default:
      return io_error;
  }
}

int shim_close(sqlite3_file* file) { return inner(file)->pMethods->xClose(inner(file)); }

int shim_read(sqlite3_file* file, void* buffer, int amount, sqlite3_int64 offset) {
  const int code = code_of(disk->next(false), SQLITE_IOERR_READ);
  if (code != SQLITE_OK) return code;
  return inner(file)->pMethods->xRead(inner(file), buffer, amount, offset);
}

int shim_write(sqlite3_file* file, const void* buffer, int amount, sqlite3_int64 offset) {
  const auto verdict = disk->next(true);
  const int code = code_of(verdict, SQLITE_IOERR_WRITE);
  if (verdict == FaultVfs::Verdict::half) amount /= 2;
  if (code != SQLITE_OK && verdict != FaultVfs::Verdict::half) return code;
  const int done = inner(file)->pMethods->xWrite(inner(file), buffer, amount, offset);
  if (done != SQLITE_OK) return done;
  disk->wrote(shim(file).path, offset,
              std::string(static_cast<const char*>(buffer), static_cast<std::size_t>(amount)));
  return code;
}

int shim_truncate(sqlite3_file* file, sqlite3_int64 size) {
  const int code = code_of(disk->next(false), SQLITE_IOERR_TRUNCATE);
  if (code != SQLITE_OK) return code;
  disk->truncated(shim(file).path, size);
  return inner(file)->pMethods->xTruncate(inner(file), size);
}

// What is synced is on record here; the real disk need not be waited for.
int shim_sync(sqlite3_file* file, int) {
  const int code = code_of(disk->next(false), SQLITE_IOERR_FSYNC);
  if (code != SQLITE_OK) return code;
  disk->synced(shim(file).path);
  return SQLITE_OK;
}

int shim_file_size(sqlite3_file* file, sqlite3_int64* size) {
  return inner(file)->pMethods->xFileSize(inner(file), size);
}
int shim_lock(sqlite3_file* file, int level) {
  return inner(file)->pMethods->xLock(inner(file), level);
}
int shim_unlock(sqlite3_file* file, int level) {
  return inner(file)->pMethods->xUnlock(inner(file), level);
}
int shim_check_lock(sqlite3_file* file, int* out) {
  return inner(file)->pMethods->xCheckReservedLock(inner(file), out);
}
int shim_control(sqlite3_file* file, int op, void* arg) {
  return inner(file)->pMethods->xFileControl(inner(file), op, arg);
}
int shim_sector_size(sqlite3_file*) { return static_cast<int>(sector); }
// No power-safe overwrite: a torn sector may take its neighbours' bytes along, and SQLite must
// cope.
int shim_characteristics(sqlite3_file*) { return 0; }
int shim_shm_map(sqlite3_file* file, int page, int size, int extend, void volatile** out) {
  return inner(file)->pMethods->xShmMap(inner(file), page, size, extend, out);
}
int shim_shm_lock(sqlite3_file* file, int offset, int n, int flags) {
  return inner(file)->pMethods->xShmLock(inner(file), offset, n, flags);
}
void shim_shm_barrier(sqlite3_file* file) { inner(file)->pMethods->xShmBarrier(inner(file)); }
int shim_shm_unmap(sqlite3_file* file, int remove) {
  return inner(file)->pMethods->xShmUnmap(inner(file), remove);
}

const sqlite3_io_methods methods = {2,
                                    shim_close,
                                    shim_read,
                                    shim_write,
                                    shim_truncate,
                                    shim_sync,
                                    shim_file_size,
                                    shim_lock,
                                    shim_unlock,
                                    shim_check_lock,
                                    shim_control,
                                    shim_sector_size,
                                    shim_characteristics,
                                    shim_shm_map,
                                    shim_shm_lock,
                                    shim_shm_barrier,
                                    shim_shm_unmap,
                                    nullptr,
                                    nullptr};

int shim_open(sqlite3_vfs*, const char* path, sqlite3_file* file, int flags, int* out_flags) {
  ShimFile& made = *new (file) ShimFile{};
  const int code = code_of(disk->next(false), SQLITE_CANTOPEN);
  if (code != SQLITE_OK) return code;
  const int opened = real->xOpen(real, path, made.inner(), flags, out_flags);
  if (made.inner()->pMethods == nullptr) return opened;
  made.base.pMethods = &methods;
  if (opened != SQLITE_OK || path == nullptr) return opened;
  std::strncpy(made.path, path, sizeof made.path - 1);
  disk->opened(path);
  return opened;
}

int shim_delete(sqlite3_vfs*, const char* path, int) {
  const int code = code_of(disk->next(false), SQLITE_IOERR_DELETE);
  if (code != SQLITE_OK) return code;
  disk->deleted(path);
  return real->xDelete(real, path, 0);
}

sqlite3_vfs* registered() {
  static sqlite3_vfs shim_vfs = [] {
    sqlite3_vfs made = *real;
    made.szOsFile = static_cast<int>(sizeof(ShimFile)) + real->szOsFile;
    made.zName = FaultVfs::name;
    made.pNext = nullptr;
    made.xOpen = shim_open;
    made.xDelete = shim_delete;
    return made;
  }();
  return &shim_vfs;
}

}  // namespace

FaultVfs::FaultVfs() {
  disk = this;
  if (real == nullptr) real = sqlite3_vfs_find(nullptr);
  sqlite3_vfs_register(registered(), 0);
}

FaultVfs::~FaultVfs() {
  sqlite3_vfs_unregister(registered());
  disk = nullptr;
}

void FaultVfs::fail(Fault fault, std::uint64_t first, std::uint64_t times) {
  fault_ = fault;
  first_ = first;
  times_ = times;
  operations_ = 0;
  happened_ = false;
}

FaultVfs::Verdict FaultVfs::next(bool writes) {
  if (fault_ == Fault::disk_full && !writes) return Verdict::works;
  ++operations_;
  if (operations_ < first_ || operations_ - first_ >= times_) return Verdict::works;
  happened_ = true;
  if (fault_ == Fault::disk_full) return Verdict::full;
  return fault_ == Fault::short_write && writes ? Verdict::half : Verdict::fails;
}

void FaultVfs::wrote(const std::string& path, std::int64_t offset, std::string bytes) {
  files_[path].unsynced.push_back({offset, std::move(bytes), false});
}

void FaultVfs::truncated(const std::string& path, std::int64_t size) {
  files_[path].unsynced.push_back({size, {}, true});
}

void FaultVfs::synced(const std::string& path) {
  File& file = files_[path];
  for (const Change& change : file.unsynced) apply(file.durable, change);
  file.unsynced.clear();
}

/// What lies there when first seen counts as durable.
void FaultVfs::opened(const std::string& path) {
  if (files_.contains(path)) return;
  std::ifstream file(path, std::ios::binary);
  files_[path].durable.assign(std::istreambuf_iterator<char>(file), {});
}

void FaultVfs::deleted(const std::string& path) { files_.erase(path); }

void FaultVfs::apply(std::string& content, const Change& change) {
  const auto offset = static_cast<std::size_t>(change.offset);
  if (change.truncates) {
    content.resize(offset);
    return;
  }
  if (content.size() < offset + change.bytes.size()) content.resize(offset + change.bytes.size());
  content.replace(offset, change.bytes.size(), change.bytes);
}

void FaultVfs::apply_some(std::string& content, const Change& change, std::mt19937& random) {
  std::bernoulli_distribution reached(0.5);
  if (change.truncates) {
    if (reached(random)) apply(content, change);
    return;
  }
  for (std::size_t from = 0; from < change.bytes.size();) {
    const auto offset = static_cast<std::size_t>(change.offset) + from;
    const std::size_t length = std::min(sector - offset % sector, change.bytes.size() - from);
    if (reached(random)) {
      apply(content, {static_cast<std::int64_t>(offset), change.bytes.substr(from, length), false});
    }
    from += length;
  }
}

void FaultVfs::write_disk_after_cut(const std::string& directory, std::mt19937& random) const {
  std::filesystem::create_directories(directory);
  for (const auto& [path, file] : files_) {
    std::string content = file.durable;
    // Half of the time all or nothing reaches the disk, as with a drive that writes in order.
    const int luck = std::uniform_int_distribution<int>(0, 3)(random);
    for (const Change& change : file.unsynced) {
      if (luck == 0) break;
      luck == 1 ? apply(content, change) : apply_some(content, change, random);
    }
    const auto file_name = std::filesystem::path(path).filename();
    std::ofstream(std::filesystem::path(directory) / file_name, std::ios::binary) << content;
  }
}

}  // namespace nape::store
