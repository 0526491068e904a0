#include "native/http/outbox.h"

#include <utility>

#include "core/base/check.h"

namespace loyalty::http {
namespace {

/// Texts are joined up to this; one write then sends many small answers.
constexpr std::size_t joined_bytes_max = std::size_t{16} * 1024;

/// A stream may never be sent out, so the room of what was sent is given back now and then too.
constexpr std::size_t sent_pieces_max = 64;

}  // namespace

void Outbox::add(Piece piece) {
  const std::size_t size = piece.view().size();
  if (size == 0) {
    return;
  }
  unsent_ += size;
  if (!piece.file && !pieces_.empty() && !pieces_.back().file &&
      pieces_.back().text.size() + size <= joined_bytes_max) {
    pieces_.back().text.append(piece.text);
    return;
  }
  pieces_.push_back(std::move(piece));
}

std::size_t Outbox::gather(std::span<std::string_view> parts) const {
  std::size_t count = 0;
  std::size_t offset = offset_;
  for (std::size_t i = first_; i < pieces_.size() && count < parts.size(); ++i) {
    parts[count++] = pieces_[i].view().substr(offset);
    offset = 0;
  }
  return count;
}

void Outbox::advance(std::size_t sent) {
  LOYALTY_CHECK(sent <= unsent_);
  unsent_ -= sent;
  while (sent > 0) {
    const std::size_t left = pieces_[first_].view().size() - offset_;
    if (sent < left) {
      offset_ += sent;
      return;
    }
    sent -= left;
    offset_ = 0;
    pieces_[first_++] = {};
  }
  if (first_ == pieces_.size() || first_ >= sent_pieces_max) {
    pieces_.erase(pieces_.begin(), pieces_.begin() + static_cast<std::ptrdiff_t>(first_));
    first_ = 0;
  }
}

void Outbox::clear() { *this = {}; }

}  // namespace loyalty::http
