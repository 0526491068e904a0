#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "core/base/build.h"
#include "core/base/instant.h"
#include "core/model/effect.h"
#include "core/money/money.h"
#include "core/money/points.h"

namespace loyalty {

/// Where a candidate comes from.
enum class Source : std::uint8_t { promotion, code, coupon, reward, referral };
std::string_view name_of(Source source);

/// Why a candidate does not run: data for the shopper, never an error.
enum class RejectionCode : std::uint8_t {
  program_not_active,
  sign_in_required,
  reward_not_found,
  coupon_not_found,
  code_not_found,
  reward_not_active,
  coupon_not_active,
  coupon_used,
  reward_not_available_for_tier,
  tier_required,
  not_started,
  expired,
  minimum_subtotal_not_met,
  minimum_quantity_not_met,
  scope_not_in_cart,
  customer_not_eligible,
  order_number_mismatch,
  shipping_method_mismatch,
  usage_limit_reached,
  customer_limit_reached,
  budget_exhausted,
  insufficient_points,
  points_below_minimum,
  points_off_step,
  not_combinable,
  nothing_to_discount,
};
inline constexpr int rejection_codes = 26;
/// `PROGRAM_NOT_ACTIVE` and so on.
std::string_view name_of(RejectionCode code);
/// A short sentence for a person, without numbers.
std::string_view sentence_of(RejectionCode code);

/// One parameter of a rejection: what was required, what was found, what is missing.
struct Fact {
  enum class Kind : std::uint8_t {
    none,
    money,
    points,
    quantity,
    instant,
    text,
    texts,
    tiers,
    scope,
  };
#ifdef LOYALTY_PREVIEW
  // A preview tells the code alone: every fact is none, and takes no room.
  static constexpr Kind kind = Kind::none;
  static constexpr std::int64_t number = 0;
  static constexpr std::string_view text{};
  static constexpr Texts texts{};
  static constexpr std::span<const TierId> tiers{};
  static constexpr const Scope* scope = nullptr;

  static Fact none() { return {}; }
  static Fact money(Money) { return {}; }
  static Fact points(Points) { return {}; }
  static Fact quantity(std::int64_t) { return {}; }
  static Fact at(Instant) { return {}; }
  static Fact of(std::string_view) { return {}; }
  static Fact any_of(Texts) { return {}; }
  static Fact any_of(std::span<const TierId>) { return {}; }
  static Fact in(const Scope*) { return {}; }
#else
  Kind kind = Kind::none;
  std::int64_t number = 0;  ///< money in minor units, points, quantity, or an instant in ms
  std::string_view text{};
  Texts texts{};
  std::span<const TierId> tiers{};
  const Scope* scope = nullptr;

  static Fact none() { return {}; }
  static Fact money(Money m) { return {.kind = Kind::money, .number = m.minor_units()}; }
  static Fact points(Points p) { return {.kind = Kind::points, .number = p.count()}; }
  static Fact quantity(std::int64_t q) { return {.kind = Kind::quantity, .number = q}; }
  static Fact at(Instant t) { return {.kind = Kind::instant, .number = t.ms()}; }
  static Fact of(std::string_view text) { return {.kind = Kind::text, .text = text}; }
  static Fact any_of(Texts texts) { return {.kind = Kind::texts, .texts = texts}; }
  static Fact any_of(std::span<const TierId> tiers) {
    return {.kind = Kind::tiers, .tiers = tiers};
  }
  static Fact in(const Scope* scope) { return {.kind = Kind::scope, .scope = scope}; }
#endif
};

/// What would make the candidate eligible. Present only where doing it is enough (Q14).
struct Fix {
  enum class Kind : std::uint8_t {
    none,
    add_amount,
    add_quantity,
    earn_points,
    reach_tier,
    sign_in,
    wait,
    choose,
  };
#ifdef LOYALTY_PREVIEW
  // As with facts: a preview names no fix.
  static constexpr Kind kind = Kind::none;
  static constexpr Money amount{};
  static constexpr std::int64_t quantity = 0;
  static constexpr std::optional<Points> points{};
  static constexpr const Scope* scope = nullptr;
  static constexpr TierId tier{};
  static constexpr Instant at{};

  static Fix add(Money, const Scope*) { return {}; }
  static Fix add(std::int64_t, const Scope*) { return {}; }
  static Fix earn(Points) { return {}; }
  static Fix reach(TierId, Points) { return {}; }
  static Fix sign_in() { return {}; }
  static Fix wait(Instant) { return {}; }
  static Fix choose(std::optional<Points> = {}) { return {}; }
#else
  Kind kind = Kind::none;
  Money amount{};                  ///< add_amount
  std::int64_t quantity = 0;       ///< add_quantity
  std::optional<Points> points{};  ///< earn_points, choose, reach_tier
  const Scope* scope = nullptr;    ///< add_amount, add_quantity; null: anything
  TierId tier{};                   ///< reach_tier
  Instant at{};                    ///< wait

  static Fix add(Money amount, const Scope* scope) {
    return {.kind = Kind::add_amount, .amount = amount, .scope = scope};
  }
  static Fix add(std::int64_t quantity, const Scope* scope) {
    return {.kind = Kind::add_quantity, .quantity = quantity, .scope = scope};
  }
  static Fix earn(Points points) { return {.kind = Kind::earn_points, .points = points}; }
  static Fix reach(TierId tier, Points points) {
    return {.kind = Kind::reach_tier, .points = points, .tier = tier};
  }
  static Fix sign_in() { return {.kind = Kind::sign_in}; }
  static Fix wait(Instant at) { return {.kind = Kind::wait, .at = at}; }
  static Fix choose(std::optional<Points> points = {}) {
    return {.kind = Kind::choose, .points = points};
  }
#endif
};
std::string_view name_of(Fix::Kind kind);

struct Rejection {
  std::string_view id;
  Source source = Source::promotion;
  RejectionCode code{};
  Fact required;
  Fact actual;
  Fact missing;
  Fix fix;
};

}  // namespace loyalty
