#include "native/replay/tally.h"

#include <algorithm>
#include <cstdlib>
#include <tuple>

namespace loyalty::cli {
namespace {

std::int64_t saturating_sum(std::int64_t a, std::int64_t b) {
  constexpr std::int64_t most = INT64_MAX / 4;  // so that a difference of two fits as well
  std::int64_t sum = 0;
  if (__builtin_add_overflow(a, b, &sum)) {
    return b > 0 ? most : -most;
  }
  return std::clamp(sum, -most, most);
}

bool is_bigger(const Change& a, const Change& b) {
  const auto rank = [](const Change& c) {
    return std::tuple{-std::abs(c.payable.difference()), -std::abs(c.points.difference()), c.line};
  };
  return rank(a) < rank(b);
}

std::int64_t discounts_of(const Quote& quote) {
  return (quote.items_discount + quote.shipping_discount).minor_units();
}

std::int64_t gained(const Quote& quote) {
  return quote.points.earned.count() - quote.points.spent.count();
}

}  // namespace

void Pair::add(std::int64_t more_before, std::int64_t more_after) {
  before = saturating_sum(before, more_before);
  after = saturating_sum(after, more_after);
}

void Tally::add_cart(std::size_t line, std::string_view cart_id, const Quote& before_quote,
                     const Quote& after_quote) {
  ++carts;
  Change change;
  change.payable.add(before_quote.payable.minor_units(), after_quote.payable.minor_units());
  change.points.add(gained(before_quote), gained(after_quote));
  payable.add(change.payable);
  discounts.add(discounts_of(before_quote), discounts_of(after_quote));
  earned.add(before_quote.points.earned.count(), after_quote.points.earned.count());
  spent.add(before_quote.points.spent.count(), after_quote.points.spent.count());
  const std::int64_t difference = change.payable.difference();
  cheaper += difference < 0 ? 1 : 0;
  dearer += difference > 0 ? 1 : 0;
  const bool differs = difference != 0 || before_quote.points.earned != after_quote.points.earned ||
                       before_quote.points.spent != after_quote.points.spent;
  if (!differs) {
    return;
  }
  ++changed;
  change.line = line;
  if (biggest.size() < biggest_changes || is_bigger(change, biggest.back())) {
    change.cart = cart_id;
    keep_biggest(std::move(change));
  }
}

void Tally::keep_biggest(Change change) {
  const auto place = std::upper_bound(biggest.begin(), biggest.end(), change, is_bigger);
  biggest.insert(place, std::move(change));
  biggest.resize(std::min(biggest.size(), biggest_changes));
}

void Tally::add_bad_line(std::size_t line, const Error& error) {
  ++bad;
  if (bad_lines.size() < bad_lines_listed) {
    bad_lines.push_back({line, error});
  }
}

void Tally::add_discount(std::string_view name, const Discount& discount, bool is_after) {
  auto entry = promotions.find(PromotionOrder::View{discount.source, name});
  if (entry == promotions.end()) {
    entry = promotions.emplace(PromotionKey{discount.source, name}, PromotionTally{}).first;
  }
  const std::int64_t amount = discount.amount.minor_units();
  entry->second.uses.add(is_after ? 0 : 1, is_after ? 1 : 0);
  entry->second.amount.add(is_after ? 0 : amount, is_after ? amount : 0);
}

void Tally::append(Tally&& next) {
  for (Change& change : next.biggest) {
    change.line += lines;
    keep_biggest(std::move(change));
  }
  for (BadLine& line : next.bad_lines) {
    line.line += lines;
    if (bad_lines.size() < bad_lines_listed) {
      bad_lines.push_back(std::move(line));
    }
  }
  for (auto& [key, tally] : next.promotions) {
    PromotionTally& own = promotions[key];
    own.uses.add(tally.uses);
    own.amount.add(tally.amount);
  }
  lines += next.lines;
  carts += next.carts;
  bad += next.bad;
  changed += next.changed;
  cheaper += next.cheaper;
  dearer += next.dearer;
  payable.add(next.payable);
  discounts.add(next.discounts);
  earned.add(next.earned);
  spent.add(next.spent);
}

}  // namespace loyalty::cli
