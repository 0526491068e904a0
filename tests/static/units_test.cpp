// Which units mix and which do not. Nothing runs: what must not compile is asserted in a file that
// must.

#include <concepts>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include "core/base/id.h"
#include "core/base/instant.h"
#include "core/base/result.h"
#include "core/money/money.h"
#include "core/money/points.h"
#include "core/money/ratio.h"

namespace loyalty {
namespace {

template <class A, class B>
concept addable = requires(A a, B b) {
  a + b;
};
template <class A, class B>
concept subtractable = requires(A a, B b) {
  a - b;
};
template <class A, class B>
concept multipliable = requires(A a, B b) {
  a* b;
};
template <class A, class B>
concept divisible = requires(A a, B b) {
  a / b;
};
template <class A, class B>
concept accumulates = requires(A& a, B b) {
  a += b;
};
template <class A, class B>
concept equatable = requires(A a, B b) {
  a == b;
};
template <class A, class B>
concept ordered = requires(A a, B b) {
  a < b;
};

/// Neither a number that became a unit, nor a unit that became a number.
template <class Unit>
concept closed_to_numbers =
    !std::convertible_to<std::int64_t, Unit> && !std::convertible_to<int, Unit> &&
    !std::constructible_from<Unit, std::int64_t> && !std::constructible_from<Unit, int> &&
    !std::convertible_to<Unit, std::int64_t> && !std::convertible_to<Unit, bool> &&
    !std::constructible_from<std::int64_t, Unit> && !std::assignable_from<Unit&, std::int64_t> &&
    !addable<Unit, std::int64_t> && !addable<std::int64_t, Unit> && !accumulates<Unit, int> &&
    !equatable<Unit, std::int64_t> && !ordered<Unit, int>;

/// Two units that neither become, join nor compare with each other.
template <class A, class B>
concept strangers =
    !std::convertible_to<A, B> && !std::convertible_to<B, A> && !std::constructible_from<A, B> &&
    !std::constructible_from<B, A> && !addable<A, B> && !addable<B, A> && !subtractable<A, B> &&
    !subtractable<B, A> && !accumulates<A, B> && !accumulates<B, A> && !equatable<A, B> &&
    !ordered<A, B> && !multipliable<A, B> && !multipliable<B, A> && !divisible<A, B>;

// Within one unit.
static_assert(addable<Money, Money> && subtractable<Money, Money> && accumulates<Money, Money>);
static_assert(std::same_as<decltype(Money{} + Money{}), Money>);
static_assert(ordered<Money, Money> && equatable<Money, Money>);
static_assert(multipliable<Money, std::int64_t>, "a price times a quantity is money");
static_assert(addable<Points, Points> && subtractable<Points, Points> && ordered<Points, Points>);
static_assert(std::same_as<decltype(Points{} + Points{}), Points>);
static_assert(ordered<RatePpm, RatePpm>);

// No product or quotient whose unit nobody could name.
static_assert(!multipliable<Money, Money>, "cents times cents are nothing");
static_assert(!multipliable<Points, Points>, "points times points are nothing");
static_assert(!divisible<Money, Money> && !divisible<Money, int>, "a division names its rounding");
static_assert(!divisible<Points, Points> && !divisible<Points, int>);

// Bare numbers: callers name the unit.
static_assert(closed_to_numbers<Money>);
static_assert(closed_to_numbers<Points>);
static_assert(closed_to_numbers<RatePpm>);
static_assert(closed_to_numbers<Instant>);
static_assert(closed_to_numbers<Duration>);

// Different units.
static_assert(strangers<Money, Points>, "only a reward's rate turns points into money");
static_assert(strangers<Money, RatePpm>, "a share of an amount is portion(), which rounds once");
static_assert(strangers<Points, RatePpm>);
static_assert(strangers<Money, Instant> && strangers<Money, Duration>);
static_assert(strangers<Points, Instant> && strangers<Points, Duration>);

// Points in time and lengths of time.
static_assert(!addable<Instant, Instant>, "the sum of two dates means nothing");
static_assert(std::same_as<decltype(Instant{} - Instant{}), Duration>);
static_assert(std::same_as<decltype(Instant{} + Duration{}), Instant>);
static_assert(std::same_as<decltype(Instant{} - Duration{}), Instant>);
static_assert(!subtractable<Duration, Instant>, "a length has no point to go back from");
static_assert(!equatable<Instant, Duration> && !ordered<Instant, Duration>);
static_assert(!std::convertible_to<Duration, Instant> && !std::convertible_to<Instant, Duration>);

// Ids of different kinds.
static_assert(equatable<LineId, LineId>);
static_assert(!equatable<LineId, CouponId> && !ordered<LineId, CouponId>);
static_assert(!std::constructible_from<RewardId, PromotionId>);
static_assert(!std::convertible_to<std::string_view, AccountId>, "a bare string is not an id");
static_assert(!std::convertible_to<const char*, TierId>);
static_assert(std::constructible_from<TierId, std::string_view>, "but it can be named one");

// A result never passes for its value, nor for a number.
static_assert(!std::convertible_to<Result<Money>, Money>);
static_assert(!std::convertible_to<Result<Money>, bool>);
static_assert(std::constructible_from<bool, Result<Money>>, "if (result) is meant");

// Units cost what their number costs.
static_assert(sizeof(Money) == 8 && std::is_trivially_copyable_v<Money>);
static_assert(sizeof(Points) == 8 && std::is_trivially_copyable_v<Points>);
static_assert(sizeof(RatePpm) == 8 && std::is_trivially_copyable_v<RatePpm>);
static_assert(sizeof(Instant) == 8 && std::is_trivially_copyable_v<Instant>);

}  // namespace
}  // namespace loyalty
