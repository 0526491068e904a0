#include "native/io/input.h"

#include <cerrno>
#include <cstdint>
#include <system_error>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace loyalty::cli {
namespace {

constexpr std::size_t chunk_bytes = std::size_t{256} << 10;

/// Appends what one read gives; 0 at the end, negative where it fails.
ssize_t append_chunk(int descriptor, std::string& buffer, std::size_t bytes) {
  const std::size_t held = buffer.size();
  buffer.resize(held + bytes);
  ssize_t got = -1;
  do {
    got = ::read(descriptor, buffer.data() + held, bytes);
  } while (got < 0 && errno == EINTR);
  buffer.resize(held + (got > 0 ? static_cast<std::size_t>(got) : 0));
  return got;
}

InputError error_of(std::string_view path, int code) {
  return {path == "-" ? "standard input" : std::string{path},
          std::generic_category().message(code)};
}

}  // namespace

Descriptor::Descriptor(Descriptor&& other) noexcept : number_{other.number_}, owned_{other.owned_} {
  other.owned_ = false;
}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  if (this != &other) {
    close();
    number_ = other.number_;
    owned_ = other.owned_;
    other.owned_ = false;
  }
  return *this;
}

void Descriptor::close() {
  if (owned_) {
    ::close(number_);
  }
}

bool open_input(std::string_view path, int standard_input, Descriptor& into, InputError& error) {
  if (path == "-") {
    into = Descriptor{standard_input, false};
    return true;
  }
  const int number = ::open(std::string{path}.c_str(), O_RDONLY | O_CLOEXEC);
  if (number < 0) {
    error = error_of(path, errno);
    return false;
  }
  into = Descriptor{number, true};
  struct stat about {};
  if (::fstat(number, &about) == 0 && S_ISDIR(about.st_mode)) {
    error = error_of(path, EISDIR);
    return false;
  }
  return true;
}

bool read_all(const Descriptor& from, std::string_view path, std::size_t bytes_max,
              std::string& into, InputError& error) {
  into.clear();
  while (into.size() <= bytes_max) {
    const std::size_t room = bytes_max + 1 - into.size();
    const ssize_t got = append_chunk(from.number(), into, room < chunk_bytes ? room : chunk_bytes);
    if (got == 0) {
      return true;
    }
    if (got < 0) {
      error = error_of(path, errno);
      return false;
    }
  }
  return true;
}

bool LineReader::fill() {
  if (at_end_) {
    return false;
  }
  if (begin_ > 0) {
    buffer_.erase(0, begin_);
    searched_ -= begin_;
    begin_ = 0;
  }
  const ssize_t got = append_chunk(from_.number(), buffer_, chunk_bytes);
  if (got <= 0) {
    at_end_ = true;
    failed_ = got < 0;
  }
  return got > 0;
}

bool LineReader::must_wait() const {
  return !at_end_ && buffer_.find('\n', searched_) == std::string::npos;
}

bool LineReader::next(Line& line) {
  line = {};
  while (true) {
    const std::size_t end = buffer_.find('\n', searched_);
    const bool found = end != std::string::npos;
    const std::size_t stop = found ? end : buffer_.size();
    if (stop - begin_ > line_bytes_max_) {
      line.too_large = true;  // what was read of it is dropped, whether or not it has ended
      begin_ = stop;
    }
    if (found) {
      line.text = std::string_view{buffer_}.substr(begin_, line.too_large ? 0 : end - begin_);
      begin_ = searched_ = end + 1;
      return true;
    }
    searched_ = stop;
    if (!fill()) {
      const bool last = line.too_large || begin_ < buffer_.size();
      line.text = std::string_view{buffer_}.substr(begin_);
      begin_ = searched_ = buffer_.size();
      return last;
    }
  }
}

MappedFile::~MappedFile() {
  if (mapping_ != nullptr) {
    ::munmap(mapping_, mapped_bytes_);
  }
}

bool MappedFile::open(std::string_view path, int standard_input, InputError& error) {
  Descriptor file;
  if (!open_input(path, standard_input, file, error)) {
    return false;
  }
  struct stat about {};
  if (::fstat(file.number(), &about) == 0 && S_ISREG(about.st_mode) && about.st_size > 0) {
    mapped_bytes_ = static_cast<std::size_t>(about.st_size);
    void* const at = ::mmap(nullptr, mapped_bytes_, PROT_READ, MAP_PRIVATE, file.number(), 0);
    if (at != MAP_FAILED) {  // NOLINT: the macro's cast is the system's
      mapping_ = at;
      text_ = {static_cast<const char*>(at), mapped_bytes_};
      return true;
    }
  }
  if (!read_all(file, path, SIZE_MAX - 1, held_, error)) {
    return false;
  }
  text_ = held_;
  return true;
}

}  // namespace loyalty::cli
