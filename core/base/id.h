#pragma once

#include <string_view>

namespace loyalty {

/// An identifier of one kind of thing: 1 to 128 bytes, opaque, compared bytewise.
///
/// Borrows its text: the document or the catalog that it came from outlives it. Ids of different
/// kinds cannot be mixed, and a bare string is not an id.
template <class Kind>
class Id {
 public:
  constexpr Id() = default;
  explicit constexpr Id(std::string_view text) : text_{text} {}

  constexpr std::string_view text() const { return text_; }
  constexpr bool empty() const { return text_.empty(); }

  friend constexpr bool operator==(Id a, Id b) { return a.text_ == b.text_; }
  friend constexpr bool operator<(Id a, Id b) { return a.text_ < b.text_; }

 private:
  std::string_view text_;
};

using LineId = Id<struct LineKind>;
using PromotionId = Id<struct PromotionKind>;
using RewardId = Id<struct RewardKind>;
using CouponId = Id<struct CouponKind>;
using TierId = Id<struct TierKind>;
using AccountId = Id<struct AccountKind>;
using RuleId = Id<struct RuleKind>;
using ProductId = Id<struct ProductKind>;

}  // namespace loyalty
