#include "native/store/sqlite/lock_file.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

#include "native/store/session.h"

namespace loyalty::store::sqlite {
namespace {

#ifdef F_OFD_SETLK
// Of the open file: a second store in the same process is refused too.
constexpr int set_lock = F_OFD_SETLK;
#else
constexpr int set_lock = F_SETLK;
#endif

/// What the holder wrote into the file: its process number.
std::string holder(int file) {
  char text[32];
  const ssize_t size = pread(file, text, sizeof text, 0);
  return size > 0 ? " (process " + std::string{text, static_cast<std::size_t>(size)} + ")"
                  : std::string{};
}

}  // namespace

LockFile::LockFile(const std::string& path)
    : file_{open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)} {
  if (file_ < 0) {
    throw Unavailable{"cannot open " + path + ": " + std::strerror(errno)};
  }
  struct flock whole = {};
  whole.l_type = F_WRLCK;
  whole.l_whence = SEEK_SET;
  if (fcntl(file_, set_lock, &whole) != 0) {
    const bool held = errno == EAGAIN || errno == EACCES;
    const std::string why = held ? "another process has the store open" + holder(file_)
                                 : "cannot lock it: " + std::string{std::strerror(errno)};
    close(file_);
    throw Unavailable{path + ": " + why};
  }
  // Only for the message above: the lock holds without it.
  const std::string process = std::to_string(getpid());
  if (ftruncate(file_, 0) == 0) {
    static_cast<void>(pwrite(file_, process.data(), process.size(), 0) + 0);
  }
}

LockFile::~LockFile() { close(file_); }

}  // namespace loyalty::store::sqlite
