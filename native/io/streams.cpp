#include "native/io/streams.h"

#include <cerrno>
#include <cstddef>
#include <string_view>

#include <unistd.h>

namespace loyalty::cli {

InputBuffer::InputBuffer(const Descriptor& from, Output& output)
    : from_{from}, output_{output}, bytes_(std::size_t{64} << 10) {}

InputBuffer::int_type InputBuffer::underflow() {
  output_.flush();
  ssize_t got = -1;
  do {
    got = ::read(from_.number(), bytes_.data(), bytes_.size());
  } while (got < 0 && errno == EINTR);
  if (got <= 0 || output_.closed()) {
    return traits_type::eof();
  }
  setg(bytes_.data(), bytes_.data(), bytes_.data() + got);
  return traits_type::to_int_type(bytes_.front());
}

OutputBuffer::int_type OutputBuffer::overflow(int_type c) {
  if (!traits_type::eq_int_type(c, traits_type::eof())) {
    to_ << traits_type::to_char_type(c);
  }
  return traits_type::not_eof(c);
}

std::streamsize OutputBuffer::xsputn(const char* text, std::streamsize size) {
  to_ << std::string_view{text, static_cast<std::size_t>(size)};
  return size;
}

}  // namespace loyalty::cli
