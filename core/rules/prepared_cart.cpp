#include "core/rules/prepared_cart.h"

#include "core/base/check.h"

namespace loyalty {
namespace {

struct Namespace {
  std::string_view prefix;
  Application application;
};

constexpr Namespace namespaces[] = {
    {"stores/", Application::stores},           {"bookings/", Application::bookings},
    {"events/", Application::events},           {"pricingPlans/", Application::pricing_plans},
    {"restaurants/", Application::restaurants},
};

/// The application that a line belongs to: that of its first namespaced tag.
Application application_of(Texts tags) {
  for (const std::string_view tag : tags) {
    for (const Namespace& space : namespaces) {
      if (tag.substr(0, space.prefix.size()) == space.prefix) {
        return space.application;
      }
    }
  }
  return Application::any;
}

bool price_in(const Scope& scope, Money price) {
  return (!scope.min_unit_price || price >= *scope.min_unit_price) &&
         (!scope.max_unit_price || price <= *scope.max_unit_price);
}

}  // namespace

void Pool::resize(std::size_t size) {
  price.resize(size);
  quantity.resize(size);
  subtotal.resize(size);
  floor.resize(size);
  tax_rate.resize(size);
  id.resize(size);
}

void PreparedCart::reset(const Cart& new_cart, std::uint32_t tag_count) {
  for (const TagNumber tag : slot_tags_) {
    if (tag < slot_of_.size()) {
      slot_of_[tag] = 0;
    }
  }
  if (slot_of_.size() < tag_count) {
    slot_of_.resize(tag_count);
  }
  cart = &new_cart;
  items_subtotal = no_money;
  shipping_subtotal = no_money;
  gift_card_subtotal = no_money;
  units = 0;
  items.count = new_cart.lines.size();
  words = items.count / 64 + 1;  // with room for the line of a "what if"
  slot_tags_.assign(1, 0);
  slots_.assign(1, Slot{});
  masks_.assign(words, 0);
  for (auto* mask : {&all, &discountable, &subscriptions, &marked_down, &gift_cards}) {
    mask->assign(words, 0);
  }
  for (Buffer<std::uint64_t>& mask : of_application) {
    mask.assign(words, 0);
  }
  items.resize(items.count + 1);
  items.has_floors = false;
  for (std::size_t i = 0; i < items.count; ++i) {
    const CartLine& line = new_cart.lines[i];
    items.id[i] = line.id.text();
    items.price[i] = line.unit_price;
    items.tax_rate[i] = line.tax_rate;
    items.quantity[i] = 0;
    items.subtotal[i] = no_money;
    items.has_floors = items.has_floors || line.min_unit_price > no_money;
    set_bit(all, i);
    if (line.kind == ItemKind::gift_card) {
      set_bit(gift_cards, i);
    } else if (line.discountable) {
      set_bit(line.kind == ItemKind::subscription ? subscriptions : discountable, i);
    }
    if (line.list_unit_price && *line.list_unit_price > line.unit_price) {
      set_bit(marked_down, i);
    }
    set_bit(of_application[static_cast<std::size_t>(application_of(line.tags))], i);
    set_quantity(i, line.quantity);
  }
  shipping.count = new_cart.shipping.size();
  shipping.resize(shipping.count);
  for (std::size_t i = 0; i < shipping.count; ++i) {
    const ShippingMethod& method = new_cart.shipping[i];
    shipping.id[i] = method.id;
    shipping.price[i] = method.price;
    shipping.quantity[i] = 1;
    shipping.subtotal[i] = method.price;
    shipping.floor[i] = no_money;
    shipping.tax_rate[i] = method.tax_rate;
    shipping_subtotal += method.price;
  }
}

std::uint32_t PreparedCart::slot_for(TagNumber tag) {
  LOYALTY_CHECK(tag < slot_of_.size());
  if (slot_of_[tag] == 0) {
    slot_of_[tag] = static_cast<std::uint32_t>(slots_.size());
    slots_.push_back({});
    slot_tags_.push_back(tag);
    masks_.resize(masks_.size() + words);
  }
  return slot_of_[tag];
}

void PreparedCart::tag_line(TagNumber tag, std::size_t line) {
  masks_[slot_for(tag) * words + line / 64] |= std::uint64_t{1} << line % 64;
}

void PreparedCart::tag_shipping(TagNumber tag, std::size_t method) {
  slots_[slot_for(tag)].shipping_tagged |= std::uint32_t{1} << method;
}

void PreparedCart::name_shipping(TagNumber tag, std::size_t method) {
  slots_[slot_for(tag)].shipping_named |= std::uint32_t{1} << method;
}

void PreparedCart::tag_customer(TagNumber tag) { slots_[slot_for(tag)].customer = true; }

void PreparedCart::select_lines(const CompiledScope& scope, std::uint64_t* out) const {
  for (std::size_t word = 0; word < words; ++word) {
    std::uint64_t bits = 0;
    if (scope.include.empty()) {
      bits = all[word];
    }
    for (const TagNumber tag : scope.include) {
      bits |= mask_of(tag)[word];
    }
    for (const TagNumber tag : scope.exclude) {
      bits &= ~mask_of(tag)[word];
    }
    out[word] = bits;
  }
  if (scope.bounds_price) {
    each_line(out, words, [&](std::size_t line) {
      if (!price_in(*scope.source, items.price[line])) {
        out[line / 64] &= ~(std::uint64_t{1} << line % 64);
      }
    });
  }
}

std::uint32_t PreparedCart::select_shipping(const CompiledScope& scope) const {
  std::uint32_t bits = 0;
  if (scope.include.empty()) {
    bits = (std::uint32_t{1} << shipping.count) - 1;
  }
  for (const TagNumber tag : scope.include) {
    bits |= slots_[slot_of_[tag]].shipping_tagged;
  }
  for (const TagNumber tag : scope.exclude) {
    bits &= ~slots_[slot_of_[tag]].shipping_tagged;
  }
  if (scope.bounds_price) {
    for (std::size_t i = 0; i < shipping.count; ++i) {
      if (!price_in(*scope.source, shipping.price[i])) {
        bits &= ~(std::uint32_t{1} << i);
      }
    }
  }
  return bits;
}

bool PreparedCart::any_line_in(const CompiledScope& scope) const {
  std::uint64_t selected[limits::cart_lines_max / 64 + 1];
  select_lines(scope, selected);
  std::uint64_t any = 0;
  for (std::size_t word = 0; word < words; ++word) {
    any |= selected[word];
  }
  return any != 0;
}

bool PreparedCart::any_line_tagged(TagNumbers tags) const {
  std::uint64_t any = 0;
  for (const TagNumber tag : tags) {
    for (std::size_t word = 0; word < words; ++word) {
      any |= mask_of(tag)[word];
    }
  }
  return any != 0;
}

bool PreparedCart::customer_tagged(TagNumbers tags) const {
  for (const TagNumber tag : tags) {
    if (slots_[slot_of_[tag]].customer) {
      return true;
    }
  }
  return false;
}

bool PreparedCart::shipping_named_or_tagged(TagNumbers tags) const {
  std::uint32_t any = 0;
  for (const TagNumber tag : tags) {
    const Slot& slot = slots_[slot_of_[tag]];
    any |= slot.shipping_tagged | slot.shipping_named;
  }
  return any != 0;
}

void PreparedCart::set_quantity(std::size_t line, std::int64_t quantity) {
  const Money subtotal = items.price[line] * quantity;
  const Money more = subtotal - items.subtotal[line];
  units += quantity - items.quantity[line];
  items_subtotal += more;
  if (has_bit(gift_cards, line)) {
    gift_card_subtotal += more;
  }
  items.quantity[line] = quantity;
  items.subtotal[line] = subtotal;
  items.floor[line] =
      line < cart->lines.size() ? cart->lines[line].min_unit_price * quantity : no_money;
}

void PreparedCart::push_line(Money price, RatePpm tax_rate, TagNumber tag, bool tagged) {
  const std::size_t line = items.count++;
  items.price[line] = price;
  items.tax_rate[line] = tax_rate;
  items.quantity[line] = 0;
  items.subtotal[line] = no_money;
  set_quantity(line, 1);
  set_bit(all, line);
  set_bit(discountable, line);
  set_bit(of_application[0], line);
  pushed_tag_ = tag;
  pushed_tagged_ = tagged;
  if (tagged) {
    tag_line(tag, line);
  }
}

void PreparedCart::pop_line() {
  const std::size_t line = items.count - 1;
  set_quantity(line, 0);
  items.count = line;
  const std::uint64_t keep = ~(std::uint64_t{1} << line % 64);
  all[line / 64] &= keep;
  discountable[line / 64] &= keep;
  of_application[0][line / 64] &= keep;
  if (pushed_tagged_) {
    masks_[slot_for(pushed_tag_) * words + line / 64] &= keep;
  }
}

}  // namespace loyalty
