#include "core/rules/prepared_cart.h"

#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/limits.h"

namespace loyalty {
namespace {

using Numbers = std::vector<TagNumber>;

constexpr TagNumber tea = 0;
constexpr TagNumber mugs = 1;
constexpr TagNumber red = 2;
constexpr TagNumber unknown = 3;
constexpr std::uint32_t tag_count = 4;

Money cents(std::int64_t n) { return Money::minor(n); }

CartLine line_of(std::int64_t price, std::int64_t quantity = 1) {
  CartLine line;
  line.unit_price = cents(price);
  line.quantity = quantity;
  return line;
}

CompiledScope tagged(const Numbers& include, const Numbers& exclude = {}) {
  CompiledScope scope;
  scope.include = include;
  scope.exclude = exclude;
  return scope;
}

Scope from_to(std::optional<Money> least, std::optional<Money> most) {
  Scope scope;
  scope.min_unit_price = least;
  scope.max_unit_price = most;
  return scope;
}

CompiledScope priced(const Scope& bounds) {
  CompiledScope scope;
  scope.source = &bounds;
  scope.bounds_price = true;
  return scope;
}

const Numbers none;

/// A cart of these lines and methods, prepared. Neither moves.
struct Prepared {
  explicit Prepared(std::vector<CartLine> new_lines, std::vector<ShippingMethod> new_methods = {})
      : lines{std::move(new_lines)}, methods{std::move(new_methods)} {
    document.lines = lines;
    document.shipping = methods;
    cart.reset(document, tag_count);
  }
  Prepared(const Prepared&) = delete;
  Prepared& operator=(const Prepared&) = delete;

  std::vector<CartLine> lines;
  std::vector<ShippingMethod> methods;
  Cart document;
  PreparedCart cart;
};

std::vector<std::size_t> lines_in(const PreparedCart& cart, const CompiledScope& scope) {
  std::vector<std::uint64_t> mask(cart.words, ~std::uint64_t{0});
  cart.select_lines(scope, mask.data());
  std::vector<std::size_t> lines;
  each_line(mask.data(), cart.words, [&lines](std::size_t line) { lines.push_back(line); });
  EXPECT_EQ(cart.any_line_in(scope), !lines.empty());
  return lines;
}

using Lines = std::vector<std::size_t>;

TEST(PreparedCart, SelectsLinesByTheirTags) {
  Prepared p{{line_of(1), line_of(1), line_of(1), line_of(1)}};
  p.cart.tag_line(tea, 0);
  p.cart.tag_line(mugs, 1);
  p.cart.tag_line(mugs, 2);
  p.cart.tag_line(red, 2);
  const Numbers tea_or_mugs = {tea, mugs};
  const Numbers only_red = {red};
  const Numbers only_unknown = {unknown};
  EXPECT_EQ(lines_in(p.cart, {}), (Lines{0, 1, 2, 3}));
  EXPECT_EQ(lines_in(p.cart, tagged(tea_or_mugs)), (Lines{0, 1, 2}));
  EXPECT_EQ(lines_in(p.cart, tagged(tea_or_mugs, only_red)), (Lines{0, 1}));
  EXPECT_EQ(lines_in(p.cart, tagged(none, only_red)), (Lines{0, 1, 3}));
  EXPECT_EQ(lines_in(p.cart, tagged(only_red, only_red)), Lines{});
  EXPECT_EQ(lines_in(p.cart, tagged(only_unknown)), Lines{});
  EXPECT_EQ(lines_in(p.cart, tagged(none, only_unknown)), (Lines{0, 1, 2, 3}));
  EXPECT_TRUE(p.cart.any_line_tagged(tea_or_mugs));
  EXPECT_FALSE(p.cart.any_line_tagged(only_unknown));
  EXPECT_FALSE(p.cart.any_line_tagged({}));
}

TEST(PreparedCart, SelectsLinesByTheirPriceBoundsIncluded) {
  const Prepared p{{line_of(99), line_of(100), line_of(150), line_of(200), line_of(201)}};
  const Scope both = from_to(cents(100), cents(200));
  const Scope least = from_to(cents(200), {});
  const Scope most = from_to({}, cents(99));
  EXPECT_EQ(lines_in(p.cart, priced(both)), (Lines{1, 2, 3}));
  EXPECT_EQ(lines_in(p.cart, priced(least)), (Lines{3, 4}));
  EXPECT_EQ(lines_in(p.cart, priced(most)), (Lines{0}));
}

TEST(PreparedCart, SelectsAmongMoreLinesThanAWordHasBits) {
  Prepared p{std::vector<CartLine>(130, line_of(1))};
  EXPECT_EQ(p.cart.words, 3U);
  for (const std::size_t line : {0U, 63U, 64U, 127U, 128U, 129U}) {
    p.cart.tag_line(tea, line);
  }
  p.cart.tag_line(red, 64);
  p.cart.tag_line(red, 129);
  const Numbers only_tea = {tea};
  const Numbers only_red = {red};
  EXPECT_EQ(lines_in(p.cart, tagged(only_tea, only_red)), (Lines{0, 63, 127, 128}));
  EXPECT_EQ(lines_in(p.cart, {}).size(), 130U);
}

TEST(PreparedCart, SelectsShippingByTagsAndPrice) {
  Prepared p{
      {}, {{"dhl", cents(500), {}, {}}, {"post", cents(300), {}, {}}, {"van", cents(900), {}, {}}}};
  p.cart.tag_shipping(tea, 0);
  p.cart.tag_shipping(tea, 2);
  p.cart.tag_shipping(red, 2);
  const Numbers only_tea = {tea};
  const Numbers only_red = {red};
  const Numbers only_unknown = {unknown};
  const Scope bounds = from_to(cents(300), cents(500));
  EXPECT_EQ(p.cart.select_shipping({}), 0b111U);
  EXPECT_EQ(p.cart.select_shipping(tagged(only_tea)), 0b101U);
  EXPECT_EQ(p.cart.select_shipping(tagged(only_tea, only_red)), 0b001U);
  EXPECT_EQ(p.cart.select_shipping(tagged(none, only_tea)), 0b010U);
  EXPECT_EQ(p.cart.select_shipping(tagged(only_unknown)), 0U);
  EXPECT_EQ(p.cart.select_shipping(priced(bounds)), 0b011U);
  EXPECT_EQ(p.cart.shipping_subtotal, cents(1'700));
}

// A method's id answers the condition shippingMethods, never a scope.
TEST(PreparedCart, KnowsShippingByNameOrTag) {
  Prepared p{{}, {{"dhl", cents(500), {}, {}}, {"post", cents(300), {}, {}}}};
  p.cart.name_shipping(mugs, 1);
  p.cart.tag_shipping(tea, 0);
  const Numbers name = {mugs};
  const Numbers tag = {tea};
  const Numbers neither = {red};
  EXPECT_TRUE(p.cart.shipping_named_or_tagged(name));
  EXPECT_TRUE(p.cart.shipping_named_or_tagged(tag));
  EXPECT_FALSE(p.cart.shipping_named_or_tagged(neither));
  EXPECT_EQ(p.cart.select_shipping(tagged(name)), 0U);
}

TEST(PreparedCart, KnowsTheTagsOfTheCustomer) {
  Prepared p{{line_of(1)}};
  p.cart.tag_customer(tea);
  p.cart.tag_line(red, 0);
  const Numbers only_tea = {tea};
  const Numbers mugs_or_tea = {mugs, tea};
  const Numbers only_red = {red};
  EXPECT_TRUE(p.cart.customer_tagged(only_tea));
  EXPECT_TRUE(p.cart.customer_tagged(mugs_or_tea));
  EXPECT_FALSE(p.cart.customer_tagged(only_red));
  EXPECT_FALSE(p.cart.any_line_tagged(only_tea));
}

TEST(PreparedCart, CarriesEachTagOnce) {
  Prepared p{{line_of(1), line_of(1)}};
  p.cart.tag_line(mugs, 1);
  p.cart.tag_line(tea, 0);
  p.cart.tag_line(mugs, 0);
  p.cart.tag_customer(tea);
  const std::span<const TagNumber> carried = p.cart.carried();
  EXPECT_EQ(Numbers(carried.begin(), carried.end()), (Numbers{mugs, tea}));
}

TEST(PreparedCart, ForgetsTheCartBefore) {
  Prepared first{std::vector<CartLine>(70, line_of(1)), {{"dhl", cents(500), {}, {}}}};
  PreparedCart& cart = first.cart;
  cart.tag_line(tea, 69);
  cart.tag_shipping(mugs, 0);
  cart.tag_customer(red);
  const Prepared second{{line_of(7, 2)}};
  cart.reset(second.document, tag_count);
  const Numbers all = {tea, mugs, red, unknown};
  EXPECT_TRUE(cart.carried().empty());
  EXPECT_FALSE(cart.any_line_tagged(all));
  EXPECT_FALSE(cart.customer_tagged(all));
  EXPECT_FALSE(cart.shipping_named_or_tagged(all));
  EXPECT_EQ(lines_in(cart, {}), (Lines{0}));
  EXPECT_EQ(cart.items_subtotal, cents(14));
  EXPECT_EQ(cart.shipping_subtotal, no_money);
  EXPECT_EQ(cart.units, 2);
  cart.tag_line(tea, 0);
  const Numbers only_tea = {tea};
  EXPECT_EQ(lines_in(cart, tagged(only_tea)), (Lines{0}));
}

TEST(PreparedCart, KnowsWhichLinesMayBeDiscounted) {
  std::vector<CartLine> lines(6, line_of(100));
  lines[1].discountable = false;
  lines[2].kind = ItemKind::gift_card;
  lines[3].kind = ItemKind::subscription;
  lines[4].list_unit_price = cents(101);
  lines[5].list_unit_price = cents(100);
  lines[5].kind = ItemKind::subscription;
  lines[5].discountable = false;
  const Prepared p{lines};
  EXPECT_EQ(p.cart.discountable.front(), 0b010001U);
  EXPECT_EQ(p.cart.gift_cards.front(), 0b000100U);
  EXPECT_EQ(p.cart.subscriptions.front(), 0b001000U);
  EXPECT_EQ(p.cart.marked_down.front(), 0b010000U);
  EXPECT_EQ(p.cart.gift_card_subtotal, cents(100));
}

TEST(PreparedCart, GivesALineToTheApplicationOfItsFirstNamespacedTag) {
  const std::vector<std::vector<std::string_view>> tags = {
      {},          {"red", "stores/1"},   {"bookings/2", "stores/1"},
      {"events/"}, {"pricingPlans/gold"}, {"restaurants/menu"},
      {"stores"},  {"other/stores/1"}};
  std::vector<CartLine> lines(tags.size(), line_of(1));
  for (std::size_t i = 0; i < tags.size(); ++i) {
    lines[i].tags = tags[i];
  }
  const Prepared p{lines};
  const auto of = [&p](Application application) {
    return p.cart.of_application[static_cast<std::size_t>(application)].front();
  };
  EXPECT_EQ(of(Application::any), 0b11000001U);
  EXPECT_EQ(of(Application::stores), 0b00000010U);
  EXPECT_EQ(of(Application::bookings), 0b00000100U);
  EXPECT_EQ(of(Application::events), 0b00001000U);
  EXPECT_EQ(of(Application::pricing_plans), 0b00010000U);
  EXPECT_EQ(of(Application::restaurants), 0b00100000U);
}

TEST(PreparedCart, KeepsItsSumsWhenAQuantityChanges) {
  std::vector<CartLine> lines = {line_of(100, 2), line_of(50, 3)};
  lines[0].min_unit_price = cents(10);
  lines[1].kind = ItemKind::gift_card;
  Prepared p{lines};
  EXPECT_TRUE(p.cart.items.has_floors);
  EXPECT_EQ(p.cart.items.floor[0], cents(20));
  p.cart.set_quantity(0, 5);
  p.cart.set_quantity(1, 1);
  EXPECT_EQ(p.cart.items_subtotal, cents(550));
  EXPECT_EQ(p.cart.gift_card_subtotal, cents(50));
  EXPECT_EQ(p.cart.units, 6);
  EXPECT_EQ(p.cart.items.subtotal[0], cents(500));
  EXPECT_EQ(p.cart.items.floor[0], cents(50));
  EXPECT_EQ(p.cart.items.quantity[1], 1);
  p.cart.set_quantity(0, 2);
  p.cart.set_quantity(1, 3);
  EXPECT_EQ(p.cart.items_subtotal, cents(350));
  EXPECT_EQ(p.cart.units, 5);
}

TEST(PreparedCart, TakesALineOnTrialAndGivesItBack) {
  for (const std::size_t count : {std::size_t{0}, std::size_t{2}, std::size_t{64},
                                  static_cast<std::size_t>(limits::cart_lines_max) - 1}) {
    Prepared p{std::vector<CartLine>(count, line_of(10))};
    const auto subtotal = cents(static_cast<std::int64_t>(count) * 10);
    const Numbers only_tea = {tea};
    p.cart.push_line(cents(7), RatePpm::parts(190'000), tea, true);
    EXPECT_EQ(p.cart.items.count, count + 1);
    EXPECT_EQ(p.cart.items_subtotal, subtotal + cents(7));
    EXPECT_EQ(p.cart.units, static_cast<std::int64_t>(count) + 1);
    EXPECT_EQ(p.cart.items.tax_rate[count], RatePpm::parts(190'000));
    EXPECT_EQ(p.cart.items.floor[count], no_money);
    EXPECT_EQ(lines_in(p.cart, tagged(only_tea)), (Lines{count}));
    EXPECT_EQ(lines_in(p.cart, {}).size(), count + 1);
    EXPECT_TRUE(has_bit(p.cart.discountable, count));
    EXPECT_TRUE(has_bit(p.cart.of_application[0], count));
    p.cart.pop_line();
    EXPECT_EQ(p.cart.items.count, count);
    EXPECT_EQ(p.cart.items_subtotal, subtotal);
    EXPECT_EQ(p.cart.units, static_cast<std::int64_t>(count));
    EXPECT_EQ(lines_in(p.cart, tagged(only_tea)), Lines{});
    EXPECT_EQ(lines_in(p.cart, {}).size(), count);
    EXPECT_FALSE(has_bit(p.cart.discountable, count));
    EXPECT_FALSE(has_bit(p.cart.of_application[0], count));
  }
}

TEST(PreparedCart, TakesAnUntaggedLineOnTrial) {
  Prepared p{{line_of(10)}};
  p.cart.tag_line(tea, 0);
  p.cart.push_line(cents(7), RatePpm{}, tea, false);
  const Numbers only_tea = {tea};
  EXPECT_EQ(lines_in(p.cart, tagged(only_tea)), (Lines{0}));
  p.cart.pop_line();
  EXPECT_EQ(lines_in(p.cart, tagged(only_tea)), (Lines{0}));
}

}  // namespace
}  // namespace loyalty
