#include "core/base/check.h"
#include "core/rules/computation.h"

namespace loyalty {
namespace {

/// Numbers the tags of one request: the catalog's own numbers first, then new ones.
class RequestTags final : public TagNumbering {
 public:
  RequestTags(const TextTable& catalog, TextTable& request)
      : catalog_{catalog}, request_{request} {}

  TagNumber number_of(std::string_view tag) override {
    const std::uint32_t known = catalog_.find(tag);
    return known != TextTable::none ? known : catalog_.size() + request_.intern(tag);
  }
  /// The number of a tag that some rule looks for, else none.
  TagNumber find(std::string_view tag) const {
    const std::uint32_t known = catalog_.find(tag);
    if (known != TextTable::none) {
      return known;
    }
    const std::uint32_t own = request_.find(tag);
    return own != TextTable::none ? catalog_.size() + own : TextTable::none;
  }
  std::uint32_t size() const { return catalog_.size() + request_.size(); }

 private:
  const TextTable& catalog_;
  TextTable& request_;
};

void compile_coupons(std::span<const Coupon> sources, RuleCompiler& compiler, Arena& arena,
                     Buffer<CompiledCoupon>& coupons) {
  coupons.clear();
  for (const Coupon& source : sources) {
    coupons.push_back({.source = &source,
                       .folded_code = fold_code(source.code, arena.characters(source.code.size())),
                       .conditions = compiler.conditions(source.conditions),
                       .effects = compiler.effects(source.effects)});
  }
}

void compile_resolved(std::span<const Promotion> sources, RuleCompiler& compiler,
                      Workspace::Data& data) {
  data.resolved.clear();
  data.resolved_codes.clear();
  data.resolved_code_promotions.clear();
  for (const Promotion& source : sources) {
    data.resolved.push_back({.source = &source,
                             .conditions = compiler.conditions(source.conditions),
                             .effects = compiler.effects(source.effects)});
    for (const std::string_view code : source.codes) {
      const std::string_view folded = fold_code(code, data.prepared.characters(code.size()));
      if (data.resolved_codes.intern(folded) == data.resolved_code_promotions.size()) {
        data.resolved_code_promotions.push_back(
            static_cast<std::uint32_t>(data.resolved.size() - 1));
      }
    }
  }
}

template <class Mark>
void mark_known(Texts tags, const RequestTags& numbers, Mark mark) {
  for (const std::string_view tag : tags) {
    if (const TagNumber number = numbers.find(tag); number != TextTable::none) {
      mark(number);
    }
  }
}

void mark_tags(const Checkout& checkout, const RequestTags& numbers, PreparedCart& cart) {
  for (std::size_t i = 0; i < checkout.cart->lines.size(); ++i) {
    mark_known(checkout.cart->lines[i].tags, numbers,
               [&](TagNumber tag) { cart.tag_line(tag, i); });
  }
  for (std::size_t i = 0; i < checkout.cart->shipping.size(); ++i) {
    const ShippingMethod& method = checkout.cart->shipping[i];
    mark_known(method.tags, numbers, [&](TagNumber tag) { cart.tag_shipping(tag, i); });
    mark_known({&method.id, 1}, numbers, [&](TagNumber tag) { cart.name_shipping(tag, i); });
  }
  if (checkout.account != nullptr) {
    mark_known(checkout.account->customer_tags, numbers,
               [&](TagNumber tag) { cart.tag_customer(tag); });
  }
}

}  // namespace

Workspace::Workspace() : data_{std::make_unique<Data>()} {}
Workspace::~Workspace() = default;
Workspace::Workspace(Workspace&&) noexcept = default;
Workspace& Workspace::operator=(Workspace&&) noexcept = default;

void prepare(const CompiledCatalog& catalog, const Checkout& checkout, Workspace& workspace) {
  LOYALTY_CHECK(checkout.cart != nullptr);
  Workspace::Data& data = workspace.data();
  data.catalog = &catalog.data();
  data.checkout = checkout;
  data.prepared.reset();
  data.request_tags.clear();
  RequestTags numbers{data.catalog->tags, data.request_tags};
  RuleCompiler compiler{data.prepared, numbers};
  const Account* account = checkout.account;
  compile_coupons(account != nullptr ? account->coupons : std::span<const Coupon>{}, compiler,
                  data.prepared, data.coupons);
  compile_coupons(account != nullptr ? account->referral_rewards : std::span<const Coupon>{},
                  compiler, data.prepared, data.referral_rewards);
  compile_resolved(checkout.resolved, compiler, data);
  data.cart.reset(*checkout.cart, numbers.size());
  mark_tags(checkout, numbers, data.cart);
  data.sources = {.catalog = data.catalog,
                  .coupons = data.coupons,
                  .referral_rewards = data.referral_rewards,
                  .resolved = data.resolved,
                  .folded_resolved = data.resolved_code_promotions,
                  .resolved_codes = &data.resolved_codes};
  Situation& situation = data.situation;
  situation.catalog = data.catalog;
  situation.cart = &data.cart;
  situation.account = account;
  situation.tier =
      account != nullptr && data.catalog->catalog->tiers_active ? account->tier : TierId{};
  situation.tier_index = data.catalog->tier_index(situation.tier);
  situation.available = account != nullptr ? account->available : no_points;
  data.postings_of_carried = 0;
  data.candidates.kept.forget();
  if (data.seen.size() < data.catalog->promotions.size()) {
    data.seen.resize(data.catalog->promotions.size());
  }
  data.untouched.start(data.cart, no_points);
  data.selection.resize(std::max(data.cart.items.count + 1, data.cart.shipping.count));
  data.item_taxes.resize(data.cart.items.count + 1);
  data.shipping_taxes.resize(data.cart.shipping.count);
}

void set_quantity(std::size_t line, std::int64_t quantity, Workspace& workspace) {
  PreparedCart& cart = workspace.data().cart;
  LOYALTY_CHECK(line < cart.items.count && quantity >= 1 && quantity <= limits::quantity_max);
  cart.set_quantity(line, quantity);
}

}  // namespace loyalty
