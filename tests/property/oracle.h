#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/base/instant.h"
#include "core/model/account.h"
#include "core/model/cart.h"
#include "core/model/catalog.h"
#include "core/model/rejection.h"
#include "tests/property/exact.h"

/// RULES.md a second time, written to be read and not to be fast: every rule is a loop over units,
/// lines or candidates, nothing is indexed, prepared or shared with the engine. Where the engine
/// and this disagree, one of them misreads a rule.
namespace loyalty::oracle {

/// Everything that a quote is computed from.
struct Case {
  const Catalog* catalog = nullptr;
  const Account* account = nullptr;  ///< null: a guest
  const Cart* cart = nullptr;
  std::span<const Promotion> resolved;
  Intent intent;
  Instant now;
};

struct Line {
  std::string id;
  Amount subtotal = 0;
  Amount net = 0;
  Amount tax = 0;
  std::vector<std::pair<std::string, Amount>>
      shares;  ///< by the id of the discount, in running order
  friend bool operator==(const Line&, const Line&) = default;
};

struct Discount {
  std::string id;
  Source source = Source::promotion;
  Amount amount = 0;
  std::optional<std::int64_t> points;
  friend bool operator==(const Discount&, const Discount&) = default;
};

struct AddedLine {
  std::string discount;
  std::string product;
  std::int64_t quantity = 0;
  Amount unit_price = 0;
  friend bool operator==(const AddedLine&, const AddedLine&) = default;
};

struct Refusal {
  std::string id;
  Source source = Source::promotion;
  RejectionCode code{};
  friend bool operator==(const Refusal&, const Refusal&) = default;
};

struct Answer {
  Amount subtotal = 0;
  Amount items_discount = 0;
  Amount items_net = 0;
  Amount shipping = 0;
  Amount shipping_discount = 0;
  Amount tax = 0;
  Amount fees = 0;
  Amount total = 0;
  Amount wallet_paid = 0;
  Amount payable = 0;
  std::vector<Line> lines;
  std::vector<Line> shipping_lines;
  std::vector<AddedLine> added_lines;
  std::vector<Discount> discounts;
  std::vector<Refusal> rejected;  ///< sorted by source and id
  std::int64_t spent = 0;
  std::int64_t earned = 0;
  std::int64_t available_after = 0;
};

Answer quote(const Case& input);

}  // namespace loyalty::oracle
