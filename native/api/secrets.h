#pragma once

#include <array>
#include <string>
#include <string_view>

/// Hashing and comparing of what must stay secret.
namespace loyalty::api {

using Digest = std::array<unsigned char, 32>;

Digest sha256(std::string_view bytes);
Digest hmac_sha256(std::string_view key, std::string_view bytes);

/// In a time that does not tell where they differ.
bool same_secret(std::string_view a, std::string_view b);
bool same_secret(const Digest& a, const Digest& b);

std::string hex_of(const Digest& digest);

/// Bytes of a digest, as text.
inline std::string_view bytes_of(const Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

/// Lower-case hex digits of so many random bytes.
std::string random_hex(std::size_t bytes);

}  // namespace loyalty::api
