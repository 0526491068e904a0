#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "native/http/server.h"

/// Who is on the other end, and how many of them.
namespace loyalty::http {

/// What connections are counted by: an IPv4 address, or the /64 of an IPv6 address, which one
/// household has to itself.
using PeerKey = std::array<std::uint8_t, 8>;

PeerKey key_of_v4(std::uint32_t address);
PeerKey key_of_v6(const std::array<unsigned char, 16>& address);

/// Counts open connections of the whole server; safe to use from any thread.
class Admission {
 public:
  Admission(std::size_t all_max, std::size_t peer_max);

  /// False where the server or this peer has as many as it may have. A trusted peer speaks for
  /// many.
  bool enter(const PeerKey& peer, bool trusted);
  void leave(const PeerKey& peer, bool trusted);
  std::size_t open() const;

 private:
  std::size_t all_max_;
  std::size_t peer_max_;
  mutable std::mutex mutex_;
  std::size_t open_ = 0;
  std::map<PeerKey, std::size_t> peers_;
};

/// The client that trusted proxies name: the last address of X-Forwarded-For that is not itself
/// trusted. `peer` where the field says nothing that could be an address.
std::string_view forwarded_client(const Request& request, std::string_view peer,
                                  const std::vector<std::string>& trusted);

}  // namespace loyalty::http
