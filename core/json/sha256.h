#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace loyalty {

/// SHA-256 (FIPS 180-4), for digests of documents; not for secrets.
class Sha256 {
 public:
  void update(std::string_view bytes);
  /// Ends the message: 32 bytes as 64 lower-case hex digits. No use after that.
  std::array<char, 64> finish();

 private:
  static constexpr std::size_t block_bytes = 64;

  void add_block(const unsigned char* block);

  std::uint32_t state_[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                             0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  unsigned char pending_[block_bytes] = {};
  std::uint64_t bytes_ = 0;
};

}  // namespace loyalty
