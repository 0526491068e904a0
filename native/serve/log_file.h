#pragma once

#include <string>
#include <string_view>

namespace loyalty::serve {

/// Where log lines go: a file that is appended to, or standard error. A line that cannot be written
/// is lost; the server goes on.
class LogFile {
 public:
  /// `-`: standard error. Throws std::runtime_error where the file cannot be opened.
  explicit LogFile(const std::string& path);
  ~LogFile();
  LogFile(const LogFile&) = delete;
  LogFile& operator=(const LogFile&) = delete;

  void write(std::string_view lines) const;

 private:
  int file_;
  bool owned_;
};

}  // namespace loyalty::serve
