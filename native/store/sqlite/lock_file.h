#pragma once

#include <string>

namespace loyalty::store::sqlite {

/// Held by the one process that may write the store. The system lets go of it when the process
/// ends, however it ends.
class LockFile {
 public:
  /// Throws Unavailable, naming the holder, where somebody else has it.
  explicit LockFile(const std::string& path);
  ~LockFile();
  LockFile(const LockFile&) = delete;
  LockFile& operator=(const LockFile&) = delete;

 private:
  int file_ = -1;
};

}  // namespace loyalty::store::sqlite
