#include "core/ledger/command.h"

#include <algorithm>
#include <cstddef>

#include "core/base/limits.h"

namespace loyalty::ledger {
namespace {

constexpr Points most = Points::of(limits::points_per_call_max);
constexpr Duration longest_hold = Duration::days(366);

bool is_id(std::string_view text) { return !text.empty() && text.size() <= limits::id_bytes_max; }

bool is_key(std::string_view text) {
  return !text.empty() && text.size() <= key_bytes_max &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

bool is_count(Points points) { return points > no_points && points <= most; }
bool is_count(const std::optional<Points>& points) { return !points || is_count(*points); }

/// A count in either direction. The least of all numbers has no opposite, so none is taken of it.
bool is_change(Points points) { return points != no_points && -most <= points && points <= most; }

bool is_lifetime(Duration lifetime) {
  return lifetime >= Duration::milliseconds(1) && lifetime <= longest_hold;
}

/// One overload per command: the name of its first field that is out of range, else "".
struct Invalid {
  std::string_view operator()(const CreateAccount& c) const {
    return is_id(c.account) ? "" : "account";
  }
  std::string_view operator()(const Earn& c) const {
    const bool nothing = c.by_rule && c.points == no_points;
    return !is_id(c.account) ? "account" : !nothing && !is_count(c.points) ? "points" : "";
  }
  std::string_view operator()(const Adjust& c) const {
    if (!is_id(c.account)) {
      return "account";
    }
    if (c.points.has_value() == c.balance.has_value()) {
      return "balance";
    }
    if (c.points) {
      return is_change(*c.points) ? "" : "points";
    }
    const bool in_range = *c.balance >= no_points && c.balance->count() <= limits::points_max;
    return in_range ? "" : "balance";
  }
  std::string_view operator()(const PlaceHold& c) const {
    return !is_id(c.account)                         ? "account"
           : !is_count(c.points)                     ? "points"
           : c.lifetime && !is_lifetime(*c.lifetime) ? "lifetime"
                                                     : "";
  }
  std::string_view operator()(const Capture& c) const {
    return !is_key(c.hold) ? "hold" : !is_count(c.points) ? "points" : "";
  }
  std::string_view operator()(const Release& c) const { return is_key(c.hold) ? "" : "hold"; }
  std::string_view operator()(const Expire& c) const {
    return c.account.empty() || is_id(c.account) ? "" : "account";
  }
  std::string_view operator()(const Redeem& c) const {
    return !is_id(c.account) ? "account" : !is_count(c.points) ? "points" : "";
  }
  std::string_view operator()(const Refund& c) const {
    return !is_key(c.of) ? "of" : !is_count(c.points) ? "points" : "";
  }
  std::string_view operator()(const Reverse& c) const {
    return !is_key(c.of) ? "of" : !is_count(c.points) ? "points" : "";
  }
  std::string_view operator()(const Merge& c) const {
    return !is_id(c.from) ? "from" : !is_id(c.into) || c.into == c.from ? "into" : "";
  }
  std::string_view operator()(const SetStatus&) const { return ""; }
  std::string_view operator()(const SetExpiry& c) const {
    const bool months = c.expiry.months >= 1 && c.expiry.months <= ExpiryRules::months_max;
    const bool percentage = c.expiry.percentage >= 1 && c.expiry.percentage <= 100;
    return !months ? "months" : !percentage ? "percentage" : "";
  }
  std::string_view operator()(const ExtendHold& c) const {
    return !is_key(c.hold) ? "hold" : c.lifetime && !is_lifetime(*c.lifetime) ? "lifetime" : "";
  }
  std::string_view operator()(const SetZone&) const { return ""; }
};

/// One overload per command: where two of the same kind differ, else "".
struct Difference {
  const Command& other;

  std::string_view operator()(const CreateAccount& a) const {
    return std::get<CreateAccount>(other) == a ? "" : "account";
  }
  std::string_view operator()(const Earn& a) const {
    const auto& b = std::get<Earn>(other);
    return a.account != b.account   ? "account"
           : a.points != b.points   ? "points"
           : a.by_rule != b.by_rule ? "byRule"
           : a.clamped != b.clamped ? "clamped"
                                    : "";
  }
  std::string_view operator()(const Adjust& a) const {
    const auto& b = std::get<Adjust>(other);
    return a.account != b.account     ? "account"
           : a.points != b.points     ? "points"
           : a.balance != b.balance   ? "balance"
           : a.revision != b.revision ? "revision"
           : a == b                   ? ""
                                      : "excludedFromTiers";
  }
  std::string_view operator()(const PlaceHold& a) const {
    const auto& b = std::get<PlaceHold>(other);
    return a.account != b.account ? "account"
           : a.points != b.points ? "points"
           : a == b               ? ""
                                  : "lifetime";
  }
  std::string_view operator()(const Capture& a) const {
    const auto& b = std::get<Capture>(other);
    return a.hold != b.hold ? "hold" : a == b ? "" : "points";
  }
  std::string_view operator()(const Release& a) const {
    return std::get<Release>(other) == a ? "" : "hold";
  }
  std::string_view operator()(const Expire& a) const {
    return std::get<Expire>(other) == a ? "" : "account";
  }
  std::string_view operator()(const Redeem& a) const {
    const auto& b = std::get<Redeem>(other);
    return a.account != b.account ? "account" : a == b ? "" : "points";
  }
  std::string_view operator()(const Refund& a) const {
    const auto& b = std::get<Refund>(other);
    return a.of != b.of ? "of" : a == b ? "" : "points";
  }
  std::string_view operator()(const Reverse& a) const {
    const auto& b = std::get<Reverse>(other);
    return a.of != b.of ? "of" : a == b ? "" : "points";
  }
  std::string_view operator()(const Merge& a) const {
    const auto& b = std::get<Merge>(other);
    return a.from != b.from ? "from" : a == b ? "" : "into";
  }
  std::string_view operator()(const SetStatus& a) const {
    return std::get<SetStatus>(other) == a ? "" : "status";
  }
  std::string_view operator()(const SetExpiry& a) const {
    return std::get<SetExpiry>(other) == a ? "" : "expiry";
  }
  std::string_view operator()(const ExtendHold& a) const {
    const auto& b = std::get<ExtendHold>(other);
    return a.hold != b.hold ? "hold" : a == b ? "" : "lifetime";
  }
  std::string_view operator()(const SetZone& a) const {
    return std::get<SetZone>(other) == a ? "" : "zone";
  }
};

}  // namespace

std::string_view name_of(const Command& command) {
  constexpr std::string_view names[] = {"create",  "earn",   "adjust",    "hold",   "capture",
                                        "release", "expire", "redeem",    "refund", "reverse",
                                        "merge",   "status", "setExpiry", "extend", "setZone"};
  static_assert(sizeof(names) / sizeof(names[0]) == std::variant_size_v<Command>);
  return names[command.index()];
}

std::string_view first_invalid_field(const Request& request) {
  if (!is_key(request.key)) {
    return "key";
  }
  if (request.origin.size() > origin_bytes_max) {
    return "origin";
  }
  if (request.now < Instant::min() || request.now >= Instant::max()) {
    return "now";
  }
  return std::visit(Invalid{}, request.command);
}

std::string_view first_difference(const Command& a, const Command& b) {
  return a.index() != b.index() ? "op" : std::visit(Difference{b}, a);
}

}  // namespace loyalty::ledger
