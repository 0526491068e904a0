#pragma once

#include <optional>
#include <string>

#include "native/service/checkout/checkouts.h"

/// Putting a shopper's choice on a checkout.
namespace loyalty::service {

/// What a browser says that it saw. Compared, never used.
struct Preview {
  Json cart;           ///< that it computed with; null: the checkout's
  std::string digest;  ///< of its quote; empty: none
  Instant now;         ///< the time that it computed for
  std::optional<Money> total;
};

/// Whether the browser's quote says the same as the server's.
///
/// A digest covers the time of the computation, and browser and server never compute at the same
/// instant. So the browser sends its own: the server computes the browser's quote again, for that
/// time and cart, and compares the digests: now it knows what the shopper saw, and that an
/// unmodified core with the present rules and account made it. That quote is then compared with the
/// one that counts, for the server's time and cart, in everything but time. A promotion that ended
/// in between makes them differ; nothing else that an honest browser does can.
bool is_same(Call& call, const Checkout& checkout, const Json& chosen, const Preview& preview,
             const Charge& charge);

/// A browser's clock may differ by this much; beyond that its time is not taken up.
inline constexpr Duration clock_tolerance = Duration::minutes(5);

/// Applies a whole choice, in place of what was applied before. Throws QUOTE_CHANGED with the
/// present quote where that is not what the preview shows, and what a rejected choice amounts to.
Standing apply_choice(Call& call, const Checkout& checkout, const Json& chosen,
                      const Preview& preview);

/// One more choice, under the replacement rules of the core (U61, U71).
struct SingleChoice {
  Source source = Source::reward;
  std::string id;
  std::int64_t revision = 0;
  std::optional<Points> points;
};

/// Throws REVISION_MISMATCH where the reward or coupon is no longer as the caller read it (U57),
/// COUPON_BELONGS_TO_ANOTHER_ACCOUNT, and what a rejected choice amounts to. The same choice again
/// changes nothing.
HeldDiscount apply_single(Call& call, const Checkout& checkout, const SingleChoice& choice);

}  // namespace loyalty::service
