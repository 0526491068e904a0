#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/instant.h"
#include "core/ledger/lots.h"
#include "core/money/points.h"

/// The log of a program: what happened to points, once and for ever. An entry is never edited; a
/// mistake is put right by another entry.
namespace loyalty::ledger {

/// Where points can be. Every entry moves points between these, so that over all of them each
/// entry, each account and the whole program sum to zero (L1).
enum class LedgerAccount : std::uint8_t {
  member_available,  ///< what the member can spend
  member_held,       ///< set aside by open holds
  program_issued,    ///< less what was ever earned
  program_redeemed,  ///< spent, less what was refunded
  program_expired,
  program_adjusted,  ///< less what staff added
  program_reversed,  ///< earned points that were taken back
};
inline constexpr std::size_t ledger_accounts = 7;

/// `member:available`
std::string_view name_of(LedgerAccount account);

/// Points moved, per place. Built from moves only, so it sums to zero by construction.
class Postings {
 public:
  constexpr Postings() = default;

  /// Takes `points` from one place and puts them in another; a negative count moves them back.
  constexpr Postings& move(Points points, LedgerAccount from, LedgerAccount to) {
    at_[index(from)] -= points;
    at_[index(to)] += points;
    return *this;
  }

  constexpr Points on(LedgerAccount account) const { return at_[index(account)]; }

  constexpr Points sum() const {
    Points sum;
    for (const Points points : at_) {
      sum += points;
    }
    return sum;
  }

  constexpr Postings& operator+=(const Postings& other) {
    for (std::size_t i = 0; i < ledger_accounts; ++i) {
      at_[i] += other.at_[i];
    }
    return *this;
  }
  constexpr Postings operator-() const { return Postings{} -= *this; }

  friend bool operator==(const Postings&, const Postings&) = default;

 private:
  static constexpr std::size_t index(LedgerAccount account) {
    return static_cast<std::size_t>(account);
  }
  constexpr Postings& operator-=(const Postings& other) {
    for (std::size_t i = 0; i < ledger_accounts; ++i) {
      at_[i] -= other.at_[i];
    }
    return *this;
  }
  std::array<Points, ledger_accounts> at_{};
};

enum class EntryKind : std::uint8_t {
  earn,
  adjust,
  hold,
  capture,
  release,
  expire_hold,
  redeem,
  refund,
  reverse,
  expire_points,
  merge_out,
  merge_in,
  extend,  ///< moves no points: a hold lasts longer
};
inline constexpr int entry_kinds = 13;

/// `EXPIRE_HOLD`
std::string_view name_of(EntryKind kind);

/// Points taken from a lot, or given back to it.
struct LotPart {
  std::string lot;  ///< key of the grant
  Points points;
  friend bool operator==(const LotPart&, const LotPart&) = default;
};

struct Entry {
  std::string account = {};
  std::int64_t sequence = 0;  ///< 1, 2, 3, ... within the account, without gaps (L7)
  EntryKind kind = EntryKind::earn;
  Instant at = {};       ///< ledger time, strictly increasing within the account (Z15)
  std::string key = {};  ///< of the command that made it, or `expire:<hold>` of the sweeper's
  std::string of =
      {};  ///< key of the transaction that it is about, or the other account of a merge
  std::string origin = {};  ///< who asked, as the caller named itself (U85)
  Points amount = {};       ///< zero or more, but signed for adjust (U20)
  Points shortfall = {};    ///< reverse: what the balance could not cover (U15)
  Postings postings = {};
  std::vector<LotPart> lots = {};
  std::optional<Instant> expires_at = {};  ///< hold, extend: the first instant at which it is over
  bool clamped = false;                    ///< earn: the rule granted more than one grant may (U10)
  bool excluded_from_tiers = false;        ///< adjust: does not count toward tiers (U81)
  Points available_after = {};
  Points held_after = {};
  Points debt_after = {};

  friend bool operator==(const Entry&, const Entry&) = default;
};

/// Something that counted toward tiers: earned and adjusted points and their reversals (U41).
struct TierEvent {
  Instant at;
  Points points;
  friend bool operator==(const TierEvent&, const TierEvent&) = default;
};

}  // namespace loyalty::ledger
