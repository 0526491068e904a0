#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/arena.h"
#include "core/model/account.h"
#include "core/model/cart.h"
#include "core/model/catalog.h"
#include "core/model/quote.h"
#include "core/rules/compiled_catalog.h"
#include "core/rules/quote.h"
#include "core/rules/workspace.h"
#include "tests/property/oracle.h"
#include "tests/property/random.h"

namespace loyalty::property {

/// A shop, a customer and a cart that a test may change and copy. Texts and effects live in an
/// arena that copies share; lists are the world's own.
struct World {
  std::shared_ptr<Arena> arena = std::make_shared<Arena>();
  Catalog catalog;
  std::vector<Tier> tiers;
  std::vector<Reward> rewards;
  std::vector<Promotion> promotions;
  std::vector<EarningRule> earning_rules;
  bool is_guest = false;
  Account account;
  std::vector<Coupon> coupons;
  std::vector<Coupon> referral_rewards;
  Cart cart;
  std::vector<CartLine> lines;
  std::vector<ShippingMethod> shipping;
  std::vector<Wallet> wallets;
  std::vector<Promotion> resolved;
  std::vector<Choice> chosen;
  Instant now;

  /// Points the documents at the lists. The case borrows from the world.
  oracle::Case link();

  std::string_view text(std::string_view copied) { return arena->copy(copied); }
  std::string_view numbered(std::string_view prefix, std::size_t number) {
    return text(std::string(prefix) + std::to_string(number));
  }
  template <class T>
  std::span<const T> list(std::initializer_list<T> entries) {
    const std::span<T> copy = arena->array<T>(entries.size());
    std::size_t i = 0;
    for (const T& entry : entries) {
      copy[i++] = entry;
    }
    return copy;
  }
};

/// The tags that lines of random worlds have.
inline constexpr std::string_view all_tags[] = {"a", "b", "c", "stores/x", "bookings/y"};

/// How rich random worlds are.
struct Richness {
  std::int64_t lines = 6;
  std::int64_t quantity = 5;
  std::int64_t promotions = 5;
  std::int64_t coupons = 3;
  std::int64_t rewards = 3;
  std::int64_t chosen = 4;
  bool conditions = true;
  bool exclusive = true;
  bool floors = true;
  bool earning = true;
};

/// Small, adversarial values: prices of 0 and 1, equal prices, floors, odd ratios, few tags.
World random_world(Random& random, const Richness& richness = {});
CartLine random_line(Random& random, World& world, std::size_t number,
                     const Richness& richness = {});
Effect random_effect(Random& random, World& world, bool may_be_shipping = true);

/// The engine, kept warm from quote to quote.
class Engine {
 public:
  /// Compiles the world's catalog and prepares its checkout. Borrows the world.
  explicit Engine(World& world);

  const Quote& quote(Wanted wanted = {});
  const Quote& quote(const Intent& intent, Wanted wanted = {});
  BestChoice optimize(Wanted wanted = {});

  static Workspace& workspace();

 private:
  oracle::Case case_;
  CompiledCatalog compiled_;
};

/// The engine's answer in the oracle's terms.
oracle::Answer answer_of(const Quote& quote);

/// Every difference, one line each; empty where they agree.
std::string differences(const oracle::Answer& expected, const oracle::Answer& got);

/// The request as JSON, to be pasted into a scenario.
std::string describe(World& world);

}  // namespace loyalty::property
