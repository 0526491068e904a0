#include "native/service/program/rewards.h"

#include <algorithm>
#include <utility>

#include "core/base/limits.h"
#include "native/service/program/documents.h"
#include "native/service/program/program.h"
#include "native/wire/money_text.h"
#include "native/wire/refused.h"

namespace loyalty::service {
namespace {

using store::FieldRef;
using store::Filter;
using store::ValueType;
using wire::Code;
using wire::integer_at;
using wire::member;
using wire::Refused;
using wire::text_at;

constexpr std::size_t orders_page = 200;

const Json& nothing() {
  static const Json null;
  return null;
}

/// Numbers where the public API has numbers; they are kept as decimal texts.
void show_numbers(Json& object, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    if (object.contains(name) && object[name].is_string()) {
      object[name] = wire::number_of(object[name].get_ref<const std::string&>());
    }
  }
}

Filter where(FieldRef field, Filter::Op op, store::Value value) {
  return {.op = op, .field = field, .values = {std::move(value)}, .children = {}};
}

/// Orders of the contact that count, since `since`.
store::Query orders_of(std::string_view contact_id, std::optional<Instant> since) {
  Filter all;
  all.children.push_back(
      where({"contactId", ValueType::text}, Filter::Op::eq, std::string{contact_id}));
  all.children.push_back(
      where({"status", ValueType::text}, Filter::Op::ne, std::string{"CANCELED"}));
  if (since) {
    all.children.push_back(where({"createdDate", ValueType::instant}, Filter::Op::ge, since->ms()));
  }
  return {.filter = std::move(all),
          .sort = {{{"createdDate", ValueType::instant}, false}},
          .limit = orders_page,
          .after = {},
          .backward = false,
          .offset = 0};
}

Money spent_on(store::Session& session, store::Query query, Money enough) {
  Money spent;
  while (true) {
    const store::Page<store::Document> page = session.page(store::Kind::order, query);
    for (const store::Document& order : page.rows) {
      const Json body = body_of(order);
      spent += Money::minor(integer_at(member(body, "amounts"), "total"));
    }
    if (!page.more || page.rows.empty() || spent >= enough) {
      return spent;
    }
    query.after = page.places.back();
  }
}

}  // namespace

Json reward_json(const store::Document& document) {
  Json reward = entity_of(document);
  if (reward.contains("couponReward")) {
    Json& coupon = reward["couponReward"];
    show_numbers(coupon, {"minimumSubtotal"});
    for (const char* kind : {"fixedAmount", "percentage", "freeShipping"}) {
      if (coupon.contains(kind)) {
        for (Json& config : coupon[kind]["configsByTier"]) {
          show_numbers(config, {"amount", "percentage"});
        }
      }
    }
  }
  return reward;
}

const Json& reward_configs(const Json& reward) {
  const Json& flexible = member(member(reward, "discountAmount"), "configsByTier");
  if (flexible.is_array()) {
    return flexible;
  }
  const Json& coupon = member(reward, "couponReward");
  for (const std::string_view kind : {"fixedAmount", "percentage", "freeShipping"}) {
    const Json& configs = member(member(coupon, kind), "configsByTier");
    if (configs.is_array()) {
      return configs;
    }
  }
  return nothing();
}

const Json& reward_config_for(const Json& reward, std::string_view tier_id, bool tiers_active) {
  const std::string_view wanted = tiers_active ? tier_id : std::string_view{};
  for (const Json& config : reward_configs(reward)) {
    if (text_at(config, "tierId") == wanted) {
      return config;
    }
  }
  return nothing();
}

Json require_reward(store::Session& session, std::string_view id) {
  const std::optional<store::Document> document = session.get(store::Kind::reward, id);
  if (!document) {
    throw Refused{Code::reward_not_found};
  }
  return reward_json(*document);
}

std::string condition_tag(const Json& reward) {
  return member(reward, "customConditions").is_object() ? "reward:" + text_at(reward, "id")
                                                        : std::string{};
}

bool reward_conditions_met(Call& call, const Json& reward, std::string_view contact_id) {
  const Json& conditions = member(reward, "customConditions");
  if (!conditions.is_object()) {
    return true;
  }
  if (contact_id.empty()) {
    return false;
  }
  std::optional<Instant> since;
  if (const std::int64_t days = integer_at(conditions, "withinDays"); days > 0) {
    since = call.now - Duration::days(days);
  }
  const store::Query orders = orders_of(contact_id, since);
  const std::int64_t min_orders = integer_at(conditions, "minOrders");
  if (min_orders > 0 && call.store.count(store::Kind::order, orders.filter) < min_orders) {
    return false;
  }
  const std::optional<Money> min_spend =
      wire::money_of(member(conditions, "minSpend"), program_of(call)->currency);
  return !min_spend || spent_on(call.store, orders, *min_spend) >= *min_spend;
}

std::vector<std::string> reward_tags_of(Call& call, std::string_view contact_id) {
  std::vector<std::string> tags;
  for (const Json& reward : entities(call.store, store::Kind::reward, reward_json)) {
    std::string tag = condition_tag(reward);
    if (!tag.empty() && wire::truth_at(reward, "active") &&
        reward_conditions_met(call, reward, contact_id)) {
      tags.push_back(std::move(tag));
    }
  }
  return tags;
}

}  // namespace loyalty::service
