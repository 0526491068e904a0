#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "native/http/gate.h"

namespace loyalty::http {

/// Decodes a chunked body byte by byte: any split of the bytes gives the same result. Extensions
/// and trailers are read, bounded and dropped.
class Chunks {
 public:
  explicit Chunks(std::size_t body_bytes_max) : body_bytes_max_(body_bytes_max) {}

  /// Takes bytes from the front of `input` and appends what they carry to `body`.
  std::optional<Refusal> feed(std::string_view& input, std::string& body);

  bool ended() const { return state_ == State::end; }

 private:
  enum class State : std::uint8_t {
    size_start,
    size,
    extension_name_start,
    extension_name,
    extension_value_start,
    extension_value,
    size_cr,
    data,
    data_end,
    data_cr,
    trailer,
    end
  };

  std::optional<Refusal> byte(char c, const std::string& body);
  std::optional<Refusal> digit(char c, const std::string& body);
  std::optional<Refusal> extension_byte(char c);
  std::optional<Refusal> trailer_byte(char c);

  std::size_t body_bytes_max_;
  State state_ = State::size_start;
  std::uint64_t size_ = 0;           ///< announced, then what is left of it
  std::size_t digits_ = 0;           ///< of the size being read
  std::size_t extension_bytes_ = 0;  ///< of all chunks together
  std::string trailer_;              ///< the line being read
  std::size_t trailer_bytes_ = 0;
};

}  // namespace loyalty::http
