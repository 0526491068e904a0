#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace loyalty::cli {

/// A file that cannot be read, in words for a person.
struct InputError {
  std::string path;
  std::string reason;
};

/// Closes what it opened.
class Descriptor {
 public:
  Descriptor() = default;
  Descriptor(int number, bool owned) : number_{number}, owned_{owned} {}
  Descriptor(Descriptor&& other) noexcept;
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor() { close(); }

  int number() const { return number_; }

 private:
  void close();
  int number_ = -1;
  bool owned_ = false;
};

/// Opens a file for reading; `-` is `standard_input`. False with the reason where that fails.
bool open_input(std::string_view path, int standard_input, Descriptor& into, InputError& error);

/// Reads everything, but no more than `bytes_max` + 1 bytes: whoever gets more than `bytes_max`
/// knows that the document is too large, and the rest was never held in memory.
bool read_all(const Descriptor& from, std::string_view path, std::size_t bytes_max,
              std::string& into, InputError& error);

/// One line of a stream of lines.
struct Line {
  std::string_view text;   ///< without its newline; valid until the next call
  bool too_large = false;  ///< longer than the limit: the text was dropped while reading
};

/// Reads lines of any number with bounded memory.
class LineReader {
 public:
  LineReader(const Descriptor& from, std::size_t line_bytes_max)
      : from_{from}, line_bytes_max_{line_bytes_max} {}

  /// False at the end of the input. A last line without newline is a line.
  bool next(Line& line);
  /// The next line has to be waited for: the moment to flush what was answered so far.
  bool must_wait() const;
  bool failed() const { return failed_; }

 private:
  bool fill();
  const Descriptor& from_;
  std::size_t line_bytes_max_;
  std::string buffer_;
  std::size_t begin_ = 0;     ///< first byte not yet given out
  std::size_t searched_ = 0;  ///< no newline in [begin_, searched_)
  bool at_end_ = false;
  bool failed_ = false;
};

/// A whole file as text: mapped into memory, or read where it cannot be mapped (a pipe).
class MappedFile {
 public:
  MappedFile() = default;
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  ~MappedFile();

  bool open(std::string_view path, int standard_input, InputError& error);
  std::string_view text() const { return text_; }

 private:
  std::string_view text_;
  void* mapping_ = nullptr;
  std::size_t mapped_bytes_ = 0;
  std::string held_;
};

}  // namespace loyalty::cli
