#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <span>

#include <openssl/rand.h>

#include "native/service/call.h"
#include "native/store/session.h"

namespace loyalty::service {
namespace {

constexpr char hex_digits[] = "0123456789abcdef";

void fill(std::span<unsigned char> bytes) {
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
    throw store::Unavailable("no random numbers");
  }
}

std::string hex(std::span<const unsigned char> bytes) {
  std::string text;
  text.reserve(2 * bytes.size());
  for (const unsigned char byte : bytes) {
    text += hex_digits[byte >> 4U];
    text += hex_digits[byte & 15U];
  }
  return text;
}

/// Version 7: 48 bits of milliseconds, 12 bits that count within one, 62 random ones. Strictly
/// increasing within the process, whatever the clock does.
class RandomIds final : public Ids {
 public:
  std::string next(Instant now) override {
    const std::lock_guard lock{mutex_};
    tick(static_cast<std::uint64_t>(std::max<std::int64_t>(now.ms(), 0)));
    std::array<unsigned char, 16> id{};
    for (std::size_t i = 0; i < 6; ++i) {
      id[i] = static_cast<unsigned char>(ms_ >> (40U - 8U * i));
    }
    id[6] = static_cast<unsigned char>(0x70U | (count_ >> 8U));
    id[7] = static_cast<unsigned char>(count_);
    take(std::span{id}.subspan(8));
    id[8] = static_cast<unsigned char>((id[8] & 0x3FU) | 0x80U);
    std::string text = hex(id);
    for (const std::size_t at : {20U, 16U, 12U, 8U}) {
      text.insert(at, 1, '-');
    }
    return text;
  }

  std::string coupon_code() override {
    constexpr char symbols[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    static_assert(sizeof symbols == 32 + 1);
    std::array<unsigned char, 12> bytes{};
    fill(bytes);
    std::string code;
    for (const unsigned char byte : bytes) {
      code += symbols[byte % 32];  // 32 divides 256: no symbol is likelier than another
    }
    return code;
  }

  std::string secret() override {
    std::array<unsigned char, 32> bytes{};
    fill(bytes);
    return hex(bytes);
  }

 private:
  void tick(std::uint64_t now) {
    constexpr unsigned counts = 1U << 12U;
    if (now > ms_) {
      ms_ = now;
      count_ = 0;
    } else if (++count_ == counts) {
      ++ms_;
      count_ = 0;
    }
  }

  /// From a pool that is filled many ids at a time.
  void take(std::span<unsigned char> bytes) {
    if (used_ + bytes.size() > pool_.size()) {
      fill(pool_);
      used_ = 0;
    }
    std::copy_n(pool_.begin() + static_cast<std::ptrdiff_t>(used_), bytes.size(), bytes.begin());
    used_ += bytes.size();
  }

  std::mutex mutex_;
  std::uint64_t ms_ = 0;
  unsigned count_ = 0;
  std::array<unsigned char, 4'096> pool_{};
  std::size_t used_ = pool_.size();
};

}  // namespace

std::unique_ptr<Ids> make_ids() { return std::make_unique<RandomIds>(); }

}  // namespace loyalty::service
