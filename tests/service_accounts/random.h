#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/ledger/command.h"

/// Commands about few accounts and few keys, so that they meet each other.
namespace loyalty::service {

/// splitmix64: the same numbers on every machine.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_{seed} {}

  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15U;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31U);
  }
  std::int64_t between(std::int64_t from, std::int64_t to) {
    return from + static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(to - from + 1));
  }
  bool one_in(std::int64_t n) { return between(1, n) == 1; }
  template <class T>
  const T& of(const std::vector<T>& list) {
    return list[static_cast<std::size_t>(between(0, static_cast<std::int64_t>(list.size()) - 1))];
  }

 private:
  std::uint64_t state_;
};

inline ledger::Settings random_settings(Random& random) {
  ledger::Settings settings;
  settings.expiry.model = static_cast<ledger::ExpiryModel>(random.between(0, 2));
  settings.expiry.months = random.between(1, 3);
  settings.expiry.percentage = random.one_in(2) ? 100 : random.between(1, 100);
  settings.expiry.grain = static_cast<ExpiryGrain>(random.between(0, 1));
  settings.reversal = static_cast<ledger::ReversalPolicy>(random.between(0, 2));
  return settings;
}

inline std::int64_t pass_time(Random& random, std::int64_t now) {
  switch (random.between(0, 9)) {
    case 0:
      return now - random.between(0, 5);  // a clock that runs back
    case 1:
    case 2:
      return now + random.between(0, 40) * 86'400'000;
    case 3:
      return now + random.between(0, 90) * 60'000;
    case 4:
      return (now / 86'400'000 + random.between(1, 35)) * 86'400'000;  // exactly midnight
    default:
      return now + random.between(0, 3);
  }
}

/// Of the accounts, and of the transactions so far.
inline ledger::Command random_command(Random& random, const std::vector<std::string>& accounts,
                                      const std::vector<std::string>& keys) {
  const std::string account = random.of(accounts);
  const std::string key = keys.empty() ? "nobody" : random.of(keys);
  const Points points = Points::of(random.between(1, 8));
  const std::optional<Points> some =
      random.one_in(2) ? std::nullopt : std::optional(Points::of(random.between(1, 4)));
  switch (random.between(0, 20)) {
    case 0:
    case 1:
    case 2:
    case 3:
    case 4:
      return ledger::Earn{account, points, random.one_in(2), false};
    case 5:
      return ledger::Adjust{.account = account,
                            .points = random.one_in(2) ? points : -points,
                            .balance = {},
                            .revision = {},
                            .excluded_from_tiers = random.one_in(3)};
    case 6:
      return ledger::Adjust{.account = account,
                            .points = {},
                            .balance = Points::of(random.between(0, 12)),
                            .revision = {}};
    case 7:
    case 8:
    case 9:
      return ledger::PlaceHold{account, points, {}};
    case 10:
      return ledger::Redeem{account, points};
    case 11:
    case 12:
      return ledger::Capture{key, some};
    case 13:
      return ledger::Release{key};
    case 14:
      return ledger::Expire{account};
    case 15:
    case 16:
      return ledger::Refund{key, some};
    case 17:
    case 18:
      return ledger::Reverse{key, some};
    case 19:
      return ledger::ExtendHold{key, {}};
    default: {
      const std::string& into = random.of(accounts);
      return random.one_in(4) && into != account ? ledger::Command{ledger::Merge{account, into}}
                                                 : ledger::Command{ledger::Redeem{account, points}};
    }
  }
}

/// What belongs to the program: it is changed, and the book told so.
inline ledger::Command random_program_command(Random& random) {
  switch (random.between(0, 4)) {
    case 0:
      return ledger::SetExpiry{{.model = static_cast<ledger::ExpiryModel>(random.between(0, 2)),
                                .months = random.between(1, 3),
                                .percentage = random.between(1, 100),
                                .grain = ExpiryGrain::day}};
    case 1:
      return ledger::SetStatus{ledger::Status::paused};
    case 2:
      return ledger::SetZone{
          ZoneTable::fixed(static_cast<std::int32_t>(random.between(-12, 14) * 3'600))};
    default:
      return ledger::SetStatus{ledger::Status::active};
  }
}

}  // namespace loyalty::service
