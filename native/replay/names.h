#pragma once

#include <string_view>
#include <unordered_map>

#include "core/json/decode.h"
#include "core/model/catalog.h"
#include "core/model/quote.h"

namespace loyalty::cli {

/// The names of a catalog's promotions and rewards by id, found fast: a replay asks for each
/// discount of each cart.
class Names {
 public:
  explicit Names(const Catalog& catalog);

  /// The name of a discount, else its id. Coupons and resolved promotions are the request's.
  std::string_view of(const Discount& discount, const RequestDocument& request) const;

 private:
  std::unordered_map<std::string_view, std::string_view> promotions_;
  std::unordered_map<std::string_view, std::string_view> rewards_;
};

}  // namespace loyalty::cli
