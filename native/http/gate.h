#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "native/http/server.h"

/// What may come in. Pure: bytes in, verdict out; no socket, no clock.
///
/// Two programs that read one message differently are how a request is smuggled past the first of
/// them, so everything that could be read in two ways is refused.
namespace loyalty::http {

/// Why a message is not served: the status, the public code and a sentence. All literals.
struct Refusal {
  int status = 0;
  std::string_view code;
  std::string_view description;
  friend bool operator==(const Refusal&, const Refusal&) = default;
};

namespace refusal {
inline constexpr std::string_view malformed = "MALFORMED_REQUEST";
inline constexpr std::string_view too_large = "PAYLOAD_TOO_LARGE";
inline constexpr std::string_view head_too_large = "REQUEST_HEADER_FIELDS_TOO_LARGE";
inline constexpr std::string_view too_slow = "REQUEST_TIMEOUT";
inline constexpr std::string_view not_implemented = "NOT_IMPLEMENTED";
inline constexpr std::string_view version = "HTTP_VERSION_NOT_SUPPORTED";
inline constexpr std::string_view expectation = "EXPECTATION_FAILED";
inline constexpr std::string_view crowded = "TOO_MANY_CONNECTIONS";
inline constexpr std::string_view internal = "INTERNAL";
}  // namespace refusal

struct Limits {
  std::size_t head_bytes =
      std::size_t{8} * 1024;  ///< request line, fields and the empty line that ends them
  std::size_t body_bytes = std::size_t{1024} * 1024;
  std::size_t fields = 100;
};

/// Looks at the raw bytes of a head, one by one, so that any split of them gives the same verdict:
/// lines end with CR LF and nothing else, no other control characters, no folded fields.
class HeadScan {
 public:
  enum class State : std::uint8_t { blank, text, line_start, cr, empty_cr, end, bad };

  /// Takes bytes until the head ends or one of them is bad; returns how many were taken.
  std::size_t scan(std::string_view bytes);

  bool ended() const { return state_ == State::end; }
  bool bad() const { return state_ == State::bad; }

 private:
  State state_ = State::blank;
};

/// What a head says of the message it begins.
struct Framing {
  std::uint64_t content_length = 0;
  bool chunked = false;
  bool keep_alive = true;
  bool wants_continue = false;  ///< waits for "100 Continue" before it sends the body
};

/// Reads a whole scanned head. Fills method, path, query and headers of `request` with views into
/// `head`.
std::optional<Refusal> read_head(std::string_view head, const Limits& limits, Request& request,
                                 Framing& framing);

/// True for the same text in any mixture of ASCII cases.
bool same_word(std::string_view a, std::string_view b);

}  // namespace loyalty::http
