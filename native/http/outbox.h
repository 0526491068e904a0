#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "native/http/answer.h"

namespace loyalty::http {

/// The bytes that a connection has yet to send, in their order. Pure.
class Outbox {
 public:
  void add(Piece piece);

  std::size_t unsent() const { return unsent_; }

  /// Views the first parts of what is unsent; how many there are.
  std::size_t gather(std::span<std::string_view> parts) const;

  /// So many bytes are sent.
  void advance(std::size_t sent);

  void clear();

 private:
  std::vector<Piece> pieces_;
  std::size_t first_ = 0;   ///< pieces before this one are sent
  std::size_t offset_ = 0;  ///< so many bytes of the first are sent
  std::size_t unsent_ = 0;
};

}  // namespace loyalty::http
