#include "native/io/output.h"

#include <cerrno>
#include <cstddef>

#include <unistd.h>

namespace loyalty::cli {

namespace {
constexpr std::size_t buffer_bytes = std::size_t{64} << 10;
}

Output& Output::operator<<(std::string_view text) {
  if (into_ != nullptr) {
    into_->append(text);
    return *this;
  }
  if (!closed()) {
    buffer_.append(text);
    if (buffer_.size() >= buffer_bytes) {
      flush();
    }
  }
  return *this;
}

void Output::flush() {
  std::string_view rest = buffer_;
  while (!rest.empty() && !closed()) {
    const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
    if (written >= 0) {
      rest.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EPIPE) {
      broken_pipe_ = true;
    } else if (errno != EINTR) {
      failed_ = true;
    }
  }
  buffer_.clear();
}

}  // namespace loyalty::cli
