#include "native/service/checkout/shopper.h"

#include <algorithm>
#include <charconv>

#include "core/base/limits.h"
#include "core/json/writer.h"
#include "native/service/accounts/desk.h"
#include "native/service/checkout/wallet.h"
#include "native/service/program/rewards.h"
#include "native/wire/refused.h"

namespace loyalty::service {
namespace {

constexpr std::string_view orders_scope = "orders-of";

/// The account as it is now. Most rows say themselves that time has not changed them.
std::optional<store::AccountRow> account_of(Call& call, std::string_view contact_id) {
  std::optional<store::AccountRow> row = call.store.account_of_contact(contact_id);
  if (row && (!row->merged_into.empty() || (row->due && *row->due <= call.now))) {
    return account_now(call, row->id);
  }
  return row;
}

/// Whether anything in the catalog asks for tags of customers; finding them out costs reads.
bool asks_for_tags(const Catalog& catalog) {
  const auto asks = [](const auto& rule) { return !rule.conditions.customer_tags.empty(); };
  return std::any_of(catalog.rewards.begin(), catalog.rewards.end(), asks);
}

bool is_tier(const Catalog& catalog, std::string_view id) {
  return std::any_of(catalog.tiers.begin(), catalog.tiers.end(),
                     [id](const Tier& tier) { return tier.id.text() == id; });
}

/// The members of a wallet's text, with coupons added to its list; `"coupons":[…],…`.
std::string wallet_members(Call& call, std::string_view account_id,
                           const std::vector<Json>& extra_coupons) {
  std::string text = wallet_text(call.store, account_id);
  if (extra_coupons.empty()) {
    return text.size() > 2 ? text.substr(1, text.size() - 2) : std::string{};
  }
  Json wallet = Json::object();
  if (!text.empty()) {
    wallet = Json::parse(text);
  }
  Json& coupons = wallet["coupons"];
  for (const Json& coupon : extra_coupons) {
    coupons.push_back(coupon);
  }
  while (coupons.size() > limits::owned_coupons_max) {
    coupons.erase(coupons.begin());
  }
  text = wire::text_of(wallet);
  return text.substr(1, text.size() - 2);
}

}  // namespace

Shopper shopper_of_caller(Call& call) {
  if (!call.is_member() || call.caller.contact_id.empty()) {
    return {};
  }
  return {.contact_id = call.caller.contact_id,
          .account = account_of(call, call.caller.contact_id)};
}

Shopper shopper_of_contact(Call& call, std::string_view contact_id) {
  if (contact_id.empty()) {
    return {};
  }
  if (!call.store.get(store::Kind::contact, contact_id)) {
    throw wire::Refused{wire::Code::contact_not_found};
  }
  return {.contact_id = std::string{contact_id}, .account = account_of(call, contact_id)};
}

std::string account_document(Call& call, const ProgramState& program, const Catalog& catalog,
                             const Shopper& shopper, const AccountAdjustments& adjustments) {
  if (shopper.is_guest()) {
    return "null";
  }
  Writer writer;
  writer.begin_object();
  const auto number = [&writer](std::string_view name, std::int64_t value) {
    writer.key(name);
    writer.value(value);
  };
  const auto shown = [](Points points) { return std::max<std::int64_t>(0, points.count()); };
  writer.key("id");
  if (const std::optional<store::AccountRow>& row = shopper.account) {
    writer.value(std::string_view{row->id});
    number("revision", row->revision);
    number("available", shown(row->available + adjustments.held_here));
    number("held", shown(row->held - adjustments.held_here));
    number("tierPoints", shown(row->tier_points));
    if (program.tiers_active && is_tier(catalog, row->tier_id)) {
      writer.key("tierId");
      writer.value(std::string_view{row->tier_id});
    }
  } else {
    writer.value(std::string_view{shopper.contact_id});
    number("revision", 0);
    number("available", 0);
  }
  number("orderNumber", orders_of(call.store, shopper.contact_id) + 1);
  if (asks_for_tags(catalog)) {
    writer.key("customerTags");
    writer.begin_array();
    for (const std::string& tag : reward_tags_of(call, shopper.contact_id)) {
      writer.value(std::string_view{tag});
    }
    writer.end_array();
  }
  writer.end_object();
  std::string text{writer.text()};
  if (shopper.account) {
    const std::string owned = wallet_members(call, shopper.account->id, adjustments.extra_coupons);
    if (!owned.empty()) {
      text.back() = ',';
      text += owned;
      text += '}';
    }
  }
  return text;
}

std::int64_t orders_of(store::Session& session, std::string_view contact_id) {
  std::int64_t count = 0;
  if (const std::optional<std::string> text = session.claimed(orders_scope, contact_id)) {
    std::from_chars(text->data(), text->data() + text->size(), count);
  }
  return count;
}

void count_order(Call& call, std::string_view contact_id, std::int64_t change) {
  const std::string next =
      std::to_string(std::max<std::int64_t>(0, orders_of(call.store, contact_id) + change));
  if (!call.store.claim(orders_scope, contact_id, next)) {
    call.store.change_claim(orders_scope, contact_id, next);
  }
}

}  // namespace loyalty::service
