#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/base/instant.h"
#include "core/model/account.h"
#include "core/model/cart.h"
#include "core/model/catalog.h"
#include "core/model/quote.h"
#include "native/text/words.h"

namespace loyalty::cli {

/// The documents behind a quote: where its ids get their names from.
struct Scene {
  const Catalog& catalog;
  const Account* account = nullptr;  ///< null: a guest
  const Cart& cart;
  std::span<const Promotion> resolved;
  Instant now;
  PointName points{catalog.program};

  std::string money(Money value) const { return amount(value, catalog.currency); }
  std::string money_with_code(Money value) const {
    return amount_with_code(value, catalog.currency);
  }

  /// The name of a promotion, reward or coupon, else its id; safe for a terminal.
  std::string name_of(std::string_view id, Source source) const;
  /// The same where it is not said what it is.
  std::string name_of(std::string_view id) const;
  std::string tier_name(TierId tier) const;
  /// The effects that ran, or would run, for this member.
  std::span<const Effect> effects_of(std::string_view id, Source source) const;
  /// The tier whose configs count: the base tier while tiers are switched off.
  TierId effective_tier() const;
};

/// What a candidate is, for a person: `automatic`, `code`, `coupon`, `reward`, `referral reward`.
std::string_view kind_words(Source source);

}  // namespace loyalty::cli
