#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "core/base/buffer.h"
#include "core/model/cart.h"
#include "core/rules/catalog_index.h"
#include "core/rules/text_table.h"

namespace loyalty {

/// What discounts work on: the lines of a cart, or its shipping methods (each one unit).
struct Pool {
  std::size_t count = 0;
  bool has_floors = false;  ///< some floor is not zero
  Buffer<Money> price;
  Buffer<std::int64_t> quantity;
  Buffer<Money> subtotal;
  Buffer<Money> floor;
  Buffer<RatePpm> tax_rate;
  Buffer<std::string_view> id;

  void resize(std::size_t size);
};

/// A set of lines, one bit each, in `PreparedCart::words` words.
using LineMask = std::span<std::uint64_t>;

/// A cart with its tags resolved against one catalog.
///
/// Every tag that a rule knows and the request carries has a slot with the mask of its lines; slot
/// 0 is the empty one, of all tags that the request does not carry.
class PreparedCart {
 public:
  const Cart* cart = nullptr;
  Pool items;
  Pool shipping;
  std::size_t words = 1;
  Money items_subtotal;
  Money shipping_subtotal;
  Money gift_card_subtotal;
  std::int64_t units = 0;  ///< of all lines

  Buffer<std::uint64_t> all;            ///< every line
  Buffer<std::uint64_t> discountable;   ///< neither excluded nor a gift card nor a subscription
  Buffer<std::uint64_t> subscriptions;  ///< discountable subscriptions
  Buffer<std::uint64_t> marked_down;    ///< list price above unit price
  Buffer<std::uint64_t> gift_cards;
  std::array<Buffer<std::uint64_t>, applications> of_application;

  /// Starts anew. `tag_count` tags have numbers.
  void reset(const Cart& new_cart, std::uint32_t tag_count);
  /// The tag is on this line, this shipping method, is its id, or is the customer's.
  void tag_line(TagNumber tag, std::size_t line);
  void tag_shipping(TagNumber tag, std::size_t method);
  void name_shipping(TagNumber tag, std::size_t method);
  void tag_customer(TagNumber tag);

  /// The numbers of all tags that the request carries.
  std::span<const TagNumber> carried() const { return std::span{slot_tags_}.subspan(1); }

  void select_lines(const CompiledScope& scope, std::uint64_t* out) const;
  std::uint32_t select_shipping(const CompiledScope& scope) const;
  bool any_line_in(const CompiledScope& scope) const;
  bool any_line_tagged(TagNumbers tags) const;
  bool customer_tagged(TagNumbers tags) const;
  bool shipping_named_or_tagged(TagNumbers tags) const;

  void set_quantity(std::size_t line, std::int64_t quantity);
  /// A line that is not in the cart, to ask "what if"; at most one, taken back before all else.
  void push_line(Money price, RatePpm tax_rate, TagNumber tag, bool tagged);
  void pop_line();

 private:
  std::uint32_t slot_for(TagNumber tag);
  const std::uint64_t* mask_of(TagNumber tag) const { return &masks_[slot_of_[tag] * words]; }

  Buffer<std::uint32_t> slot_of_;
  Buffer<TagNumber> slot_tags_;
  Buffer<std::uint64_t> masks_;
  struct Slot {
    std::uint32_t shipping_tagged = 0;
    std::uint32_t shipping_named = 0;
    bool customer = false;
  };
  Buffer<Slot> slots_;
  TagNumber pushed_tag_ = 0;
  bool pushed_tagged_ = false;
};

inline void set_bit(Buffer<std::uint64_t>& mask, std::size_t line) {
  mask[line / 64] |= std::uint64_t{1} << line % 64;
}
inline bool has_bit(const Buffer<std::uint64_t>& mask, std::size_t line) {
  return (mask[line / 64] >> line % 64 & 1) != 0;
}

/// Calls `visit(line)` for every line of a mask, in cart order.
template <class Visit>
void each_line(const std::uint64_t* mask, std::size_t words, Visit visit) {
  for (std::size_t word = 0; word < words; ++word) {
    for (std::uint64_t bits = mask[word]; bits != 0; bits &= bits - 1) {
      visit(word * 64 + static_cast<std::size_t>(__builtin_ctzll(bits)));
    }
  }
}

}  // namespace loyalty
