#include "native/serve/log_file.h"

#include <cerrno>
#include <cstring>
#include <stdexcept>

#include <fcntl.h>
#include <unistd.h>

namespace loyalty::serve {

LogFile::LogFile(const std::string& path)
    : file_{path == "-" ? STDERR_FILENO
                        : ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600)},
      owned_{path != "-"} {
  if (file_ < 0) {
    throw std::runtime_error("the log " + path + " cannot be written: " + std::strerror(errno));
  }
}

LogFile::~LogFile() {
  if (owned_) {
    ::close(file_);
  }
}

void LogFile::write(std::string_view lines) const {
  while (!lines.empty()) {
    const ::ssize_t written = ::write(file_, lines.data(), lines.size());
    if (written < 0 && errno != EINTR) {
      return;
    }
    lines.remove_prefix(written > 0 ? static_cast<std::size_t>(written) : 0);
  }
}

}  // namespace loyalty::serve
