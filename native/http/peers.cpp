#include "native/http/peers.h"

#include <algorithm>

#include "core/base/check.h"
#include "native/http/gate.h"

namespace loyalty::http {
namespace {

constexpr std::size_t address_text_max = 45;

bool could_be_address(std::string_view text) {
  return !text.empty() && text.size() <= address_text_max &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return std::string_view("0123456789abcdefABCDEF.:").find(c) != std::string_view::npos;
         });
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) {
    return {};
  }
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace

PeerKey key_of_v4(std::uint32_t address) {
  // Inside the block that no IPv6 network has.
  return {0xff,
          0xff,
          0,
          0,
          static_cast<std::uint8_t>(address >> 24),
          static_cast<std::uint8_t>(address >> 16),
          static_cast<std::uint8_t>(address >> 8),
          static_cast<std::uint8_t>(address)};
}

PeerKey key_of_v6(const std::array<unsigned char, 16>& address) {
  PeerKey key;
  std::copy_n(address.begin(), key.size(), key.begin());
  return key;
}

Admission::Admission(std::size_t all_max, std::size_t peer_max)
    : all_max_(all_max), peer_max_(peer_max) {}

bool Admission::enter(const PeerKey& peer, bool trusted) {
  const std::lock_guard lock(mutex_);
  if (open_ >= all_max_) {
    return false;
  }
  if (!trusted) {
    const auto [row, created] = peers_.try_emplace(peer, 0);
    if (row->second >= peer_max_) {
      if (created) {
        peers_.erase(row);
      }
      return false;
    }
    ++row->second;
  }
  ++open_;
  return true;
}

void Admission::leave(const PeerKey& peer, bool trusted) {
  const std::lock_guard lock(mutex_);
  --open_;
  if (trusted) {
    return;
  }
  const auto row = peers_.find(peer);
  LOYALTY_CHECK(row != peers_.end());
  if (--row->second == 0) {
    peers_.erase(row);
  }
}

std::size_t Admission::open() const {
  const std::lock_guard lock(mutex_);
  return open_;
}

std::string_view forwarded_client(const Request& request, std::string_view peer,
                                  const std::vector<std::string>& trusted) {
  // Each proxy adds the address it saw at the end, so the end is what can be believed.
  std::size_t fields = request.headers.size();
  while (fields-- > 0) {
    const auto& [name, value] = request.headers[fields];
    bool more = same_word(name, "x-forwarded-for");
    std::string_view list = value;
    while (more) {
      const std::size_t comma = list.rfind(',');
      more = comma != std::string_view::npos;
      const std::string_view address = trimmed(more ? list.substr(comma + 1) : list);
      if (!could_be_address(address)) {
        return peer;
      }
      if (std::find(trusted.begin(), trusted.end(), address) == trusted.end()) {
        return address;
      }
      list = list.substr(0, more ? comma : 0);
    }
  }
  return peer;
}

}  // namespace loyalty::http
