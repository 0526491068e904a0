#pragma once

#include <string>
#include <string_view>

namespace loyalty::cli {

/// Buffered output to a file descriptor, or into a string for tests.
///
/// Never stops the program. After a failed write everything further is dropped; `broken_pipe` says
/// that the reader left (which is its right), `failed` that something is wrong (a full disk).
class Output {
 public:
  explicit Output(int descriptor) : descriptor_{descriptor} {}
  explicit Output(std::string& into) : into_{&into} {}
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;
  ~Output() { flush(); }

  Output& operator<<(std::string_view text);
  Output& operator<<(char c) { return *this << std::string_view{&c, 1}; }
  void flush();

  bool broken_pipe() const { return broken_pipe_; }
  bool failed() const { return failed_; }
  /// Nobody will see what comes next.
  bool closed() const { return broken_pipe_ || failed_; }

 private:
  int descriptor_ = -1;
  std::string* into_ = nullptr;
  std::string buffer_;
  bool broken_pipe_ = false;
  bool failed_ = false;
};

}  // namespace loyalty::cli
