#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/model/cart.h"
#include "core/model/effect.h"
#include "core/model/policy.h"
#include "core/model/rejection.h"
#include "tests/property/exact.h"

/// What single effects do to lines and shipping methods (Q5 to Q10), unit by unit.
namespace loyalty::oracle {

/// A cart line or a shipping method while discounts run.
struct Piece {
  const CartLine* line = nullptr;  ///< null: a shipping method
  std::string id;
  Texts tags;
  Amount price = 0;
  std::int64_t quantity = 1;
  Amount floor = 0;
  Amount tax_rate = 0;
  Amount left = 0;
  std::int64_t used = 0;  ///< units that a buy X get Y bought or gave
  std::vector<std::pair<std::string, Amount>> shares;

  Amount subtotal() const { return price * quantity; }
  Amount room() const { return std::max<Amount>(0, left - floor); }
};

using Pieces = std::vector<Piece>;

/// Units of a line: what is left ÷ quantity, spare minor units to the first units (Q5).
Amount unit_left(const Piece& piece, std::int64_t unit);
bool has_any(Texts tags, Texts wanted);
bool in_scope(const Piece& piece, const Scope& scope);
bool in_scope(const Piece& piece, const std::optional<Scope>& scope);
bool is_gift_card(const Piece& piece);
/// Units in scope, eligible or not.
std::int64_t quantity_in(const Pieces& pieces, const std::optional<Scope>& scope);

/// Whether the effect has its scope in the cart, so that its promotion is in reach (Q2).
bool is_about_the_cart(const Effect& effect, const Pieces& lines, const Pieces& methods);

/// What an effect lacks in this cart before anything has run (Q2).
std::optional<RejectionCode> lack_of(const Effect& effect, const Pieces& lines,
                                     const Pieces& methods);

/// How a shop computes.
struct Rules {
  const Policy& policy;
  bool prices_include_tax;
};

/// What the effect takes off each piece. Marks the units that a buy X get Y uses.
Amounts amounts_of(const Rules& rules, const Effect& effect, Pieces& pieces);

/// What points take off each line, how many are taken, or why not (Q9).
struct Payment {
  Amounts amounts;
  std::int64_t taken = 0;
  std::optional<RejectionCode> refusal;
};
Payment pay_with_points(const Rules& rules, const Effect& effect, const Pieces& lines,
                        std::int64_t available, std::optional<std::int64_t> chosen);

}  // namespace loyalty::oracle
