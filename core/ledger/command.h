#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "core/base/instant.h"
#include "core/ledger/settings.h"
#include "core/money/points.h"

/// What a book can be told to do. A transaction is named by the key of the command that made it.
namespace loyalty::ledger {

struct CreateAccount {
  std::string account;
  friend bool operator==(const CreateAccount&, const CreateAccount&) = default;
};

/// Grants points. By a rule: none is a success without a transaction (U5), a missing account may
/// be created (U28).
struct Earn {
  std::string account;
  Points points;  ///< 1 to limits::points_per_call_max; by a rule also 0
  bool by_rule = false;
  bool clamped = false;  ///< the rule granted more than one grant may (U10)
  friend bool operator==(const Earn&, const Earn&) = default;
};

/// Staff adds or removes `points`, or sets the `balance`: exactly one of the two.
struct Adjust {
  std::string account;
  std::optional<Points> points;  ///< not 0, up to ±limits::points_per_call_max
  std::optional<Points>
      balance;  ///< 0 to limits::points_max; the same as now changes nothing (U21)
  std::optional<std::int64_t> revision;  ///< of the account as it was read (U22)
  bool excluded_from_tiers = false;      ///< U81
  friend bool operator==(const Adjust&, const Adjust&) = default;
};

/// Sets points aside for a checkout.
struct PlaceHold {
  std::string account;
  Points points;                     ///< 1 to limits::points_per_call_max
  std::optional<Duration> lifetime;  ///< 1 ms to 366 days; absent: the program's
  friend bool operator==(const PlaceHold&, const PlaceHold&) = default;
};

/// Spends points that are set aside; what is not spent is available again.
struct Capture {
  std::string hold;
  std::optional<Points> points;  ///< 1 up to what is held; absent: all of it
  friend bool operator==(const Capture&, const Capture&) = default;
};

struct Release {
  std::string hold;
  friend bool operator==(const Release&, const Release&) = default;
};

/// Posts what has fallen due: holds that are over, points that have expired.
struct Expire {
  std::string account;  ///< empty: all accounts, in the exact order of instants
  friend bool operator==(const Expire&, const Expire&) = default;
};

/// Spends points at once.
struct Redeem {
  std::string account;
  Points points;  ///< 1 to limits::points_per_call_max
  friend bool operator==(const Redeem&, const Redeem&) = default;
};

/// Gives spent points back to the lots that they came from (U16, U18).
struct Refund {
  std::string of;                ///< a redemption, a captured hold, or its capture
  std::optional<Points> points;  ///< 1 up to what is left; absent: all that is left
  friend bool operator==(const Refund&, const Refund&) = default;
};

/// Takes earned points back because the order was undone (U13, U14).
struct Reverse {
  std::string of;                ///< an earn
  std::optional<Points> points;  ///< 1 up to what is left; absent: all that is left
  friend bool operator==(const Reverse&, const Reverse&) = default;
};

/// Moves everything of one account into another, which remains (U30).
struct Merge {
  std::string from;
  std::string into;
  friend bool operator==(const Merge&, const Merge&) = default;
};

struct SetStatus {
  Status status = Status::active;
  friend bool operator==(const SetStatus&, const SetStatus&) = default;
};

/// Changes the expiry rules; nothing expires within 14 days of the change (U35).
struct SetExpiry {
  ExpiryRules expiry;
  friend bool operator==(const SetExpiry&, const SetExpiry&) = default;
};

/// Gives a checkout that goes on more time: the hold lasts `lifetime` from now, and never less than
/// before (U70).
struct ExtendHold {
  std::string hold;
  std::optional<Duration> lifetime;  ///< 1 ms to 366 days; absent: the program's
  friend bool operator==(const ExtendHold&, const ExtendHold&) = default;
};

/// Another calendar. Days that were promised stay, and are over when the new zone says so (Z17).
struct SetZone {
  ZoneTable zone;
  friend bool operator==(const SetZone&, const SetZone&) = default;
};

using Command =
    std::variant<CreateAccount, Earn, Adjust, PlaceHold, Capture, Release, Expire, Redeem, Refund,
                 Reverse, Merge, SetStatus, SetExpiry, ExtendHold, SetZone>;

/// A command on its way: who wants what, under which key, when.
struct Request {
  /// Made by the caller before the first attempt and unique in the program: 1 to 256 printable
  /// ASCII characters. The same key with the same content gets the first answer again; `now` is not
  /// content, for a retry is later by nature.
  std::string key;
  std::string origin = {};  ///< up to 64 bytes, echoed in the entries (U85)
  Instant now;
  Command command;
};

inline constexpr std::size_t key_bytes_max = 256;
inline constexpr std::size_t origin_bytes_max = 64;

/// `adjust`
std::string_view name_of(const Command& command);

/// The name of the first field that is out of range on its own; empty where all are in range.
std::string_view first_invalid_field(const Request& request);

/// The name of a field in which two commands differ; empty where they are equal.
std::string_view first_difference(const Command& a, const Command& b);

}  // namespace loyalty::ledger
