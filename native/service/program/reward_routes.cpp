#include <algorithm>
#include <utility>

#include "core/base/limits.h"
#include "native/service/program/assembly.h"
#include "native/service/program/documents.h"
#include "native/service/program/program.h"
#include "native/service/program/program_document.h"
#include "native/service/program/rewards.h"
#include "native/service/program/scopes.h"
#include "native/service/program/tiers.h"
#include "native/service/query/collections.h"
#include "native/service/query/context.h"
#include "native/service/route.h"
#include "native/wire/money_text.h"

namespace loyalty::service {
namespace {

using store::Kind;
using wire::Code;
using wire::member;
using wire::Refused;
using wire::text_at;

constexpr std::string_view fqdn = "wix.loyalty.v1.reward";

std::string type_by_content(const Json& reward) {
  return reward.contains("discountAmount") ? "DISCOUNT_AMOUNT"
         : reward.contains("couponReward") ? "COUPON_REWARD"
                                           : "";
}

void check_amount(const Json& amount, Currency currency, const std::string& field) {
  if (!amount.is_null() && !wire::money_of(amount, currency)) {
    throw Refused::invalid(
        field, "SCALE", "must have at most " + std::to_string(currency.exponent()) + " decimals");
  }
}

void check_coupon(const Json& coupon) {
  const std::string field = "reward.couponReward";
  const Json& scope = member(coupon, "scope");
  if (scope.is_object()) {
    check_scope(scope, field + ".scope");
  }
  if (coupon.contains("freeShipping") && scope.is_object()) {
    throw Refused::invalid(field + ".scope", "NOT_ALLOWED", "free shipping has no scope");
  }
  if (wire::truth_at(coupon, "limitedToOneItem") && coupon.contains("minimumSubtotal")) {
    throw Refused::invalid(field + ".limitedToOneItem", "NOT_ALLOWED",
                           "cannot be together with a minimum subtotal");
  }
  const bool of_plans = text_at(scope, "namespace") == "pricingPlans" &&
                        wire::truth_at(coupon, "appliesToSubscriptions");
  if (coupon.contains("discountedCycleCount") && !of_plans) {
    throw Refused::invalid(field + ".discountedCycleCount", "NOT_ALLOWED",
                           "is only for pricing plans, with appliesToSubscriptions");
  }
}

/// Everything that the shape cannot say. `before` is null for new rewards.
void check_reward(Call& call, const Json& reward, const Json& before) {
  const std::string by_content = type_by_content(reward);
  if (by_content.empty()) {
    throw Refused::invalid("reward", "REQUIRED", "must have discountAmount or couponReward");
  }
  if (text_at(reward, "type") != by_content) {
    throw Refused::invalid("reward.type", "ONE_OF", "must be " + by_content);
  }
  const Currency currency = program_of(call)->currency;
  const Json& configs = reward_configs(reward);
  require_tiers_of(call.store, configs, reward_configs(before), "reward.configsByTier");
  for (std::size_t i = 0; i < configs.size(); ++i) {
    check_amount(member(configs[i], "amount"), currency,
                 "reward.configsByTier[" + std::to_string(i) + "].amount");
  }
  check_amount(member(member(reward, "customConditions"), "minSpend"), currency,
               "reward.customConditions.minSpend");
  const Json& flexible = member(reward, "discountAmount");
  if (wire::integer_at(flexible, "maxPoints", limits::points_max) <
      wire::integer_at(flexible, "minPoints")) {
    throw Refused::invalid("reward.discountAmount.maxPoints", "MIN", "must be at least minPoints");
  }
  if (const Json& coupon = member(reward, "couponReward"); coupon.is_object()) {
    check_amount(member(coupon, "minimumSubtotal"), currency,
                 "reward.couponReward.minimumSubtotal");
    check_coupon(coupon);
  }
}

store::Document require_document(Call& call, std::string_view id) {
  std::optional<store::Document> reward = call.store.get(Kind::reward, id);
  if (!reward) {
    throw Refused{Code::reward_not_found};
  }
  return std::move(*reward);
}

void rewards_changed(Call& call, const CatalogEdit& edit) {
  catalog_changed(call, edit);
  recalculate_later(call, "REWARD_UPDATED");
}

Json make_reward(Call& call, Json reward) {
  if (call.store.count(Kind::reward, {}) >= limits::rewards_max) {
    throw Refused::invalid("reward", "MAX", "there are 200 rewards already");
  }
  if (!reward.contains("type")) {
    reward["type"] = type_by_content(reward);
  }
  if (!reward.contains("active")) {
    reward["active"] = false;
  }
  check_reward(call, reward, Json());
  const store::Document document = new_document(call, reward);
  call.store.insert(Kind::reward, document);
  Json made = reward_json(document);
  emit(call, fqdn, "created", EventKind::created, document.id, made);
  return made;
}

Json create_reward(Call& call, const Json& request) {
  Json reward = make_reward(call, member(request, "reward"));
  rewards_changed(call, {"rewards.create", text_at(reward, "id"), text_at(reward, "name")});
  return {{"reward", std::move(reward)}};
}

Json bulk_create_rewards(Call& call, const Json& request) {
  Json results = bulk(call, member(request, "rewards"),
                      [&](const Json& reward) { return make_reward(call, reward); });
  rewards_changed(call, {"rewards.bulkCreate"});
  return results;
}

Json get_reward(Call& call, const Json& request) {
  return {{"reward", require_reward(call.store, text_at(request, "id"))}};
}

/// A page where the caller asks for one, else all of them.
Json list_rewards(Call& call, const Json& request) {
  const QueryContext context = context_of(call);
  Listing listing = read_query(collections::rewards, request, context, "");
  const std::int64_t total = call.store.count(Kind::reward, listing.query.filter);
  if (!request.contains("cursorPaging")) {
    listing.query.limit = static_cast<std::size_t>(std::max<std::int64_t>(total, 1));
  }
  const store::Page<store::Document> page = call.store.page(Kind::reward, listing.query);
  Json rewards = Json::array();
  for (const store::Document& document : page.rows) {
    rewards.push_back(reward_json(document));
  }
  return {{"rewards", std::move(rewards)},
          {"pagingMetadata", paging_metadata_v2(listing, page, total, context)}};
}

Json query_rewards(Call& call, const Json& request) {
  const QueryContext context = context_of(call);
  const Listing listing = read_query(collections::rewards, member(request, "query"), context);
  const store::Page<store::Document> page = call.store.page(Kind::reward, listing.query);
  Json rewards = Json::array();
  for (const store::Document& document : page.rows) {
    rewards.push_back(reward_json(document));
  }
  return {{"rewards", std::move(rewards)},
          {"pagingMetadata", paging_metadata(listing, page, context)}};
}

Json bulk_get_rewards(Call& call, const Json&) {
  Json sites = Json::array();
  for (const store::TenantId site : call.caller.sites) {
    LOYALTY_CHECK(call.read_site != nullptr);
    call.read_site(site, [&sites](store::Session& session) {
      if (const auto program = session.get(Kind::program, program_id)) {
        sites.push_back({{"metaSiteId", text_at(body_of(*program), "site")},
                         {"rewards", entities(session, Kind::reward, reward_json)}});
      }
    });
  }
  return {{"rewardsInSite", std::move(sites)}};
}

Json update_reward(Call& call, const Json& request) {
  const Json& changes = member(request, "reward");
  const store::Document before = require_document(call, text_at(changes, "id"));
  require_revision(before, member(changes, "revision"));
  const Json old = body_of(before);
  const Json& type = member(changes, "type");
  const std::string content = type_by_content(changes);
  if ((!type.is_null() && type != old["type"]) || (!content.empty() && content != old["type"])) {
    throw Refused{Code::reward_type_immutable};
  }
  Json reward = old;
  keep_absent(reward, changes,
              {"name", "active", "discountAmount", "couponReward", "customConditions"});
  if (member(reward, "customConditions").is_object() && reward["customConditions"].empty()) {
    reward.erase("customConditions");
  }
  check_reward(call, reward, old);
  const store::Document next = next_revision(call, before, reward);
  call.store.update(Kind::reward, next);
  Json changed = reward_json(next);
  emit(call, fqdn, "updated", EventKind::updated, next.id, changed);
  rewards_changed(call, {"rewards.update", next.id, text_at(changed, "name")});
  return {{"reward", std::move(changed)}};
}

/// Coupons that members have got for it stay theirs (U58).
Json delete_reward(Call& call, const Json& request) {
  const store::Document reward = require_document(call, text_at(request, "id"));
  require_revision(reward, member(request, "revision"));
  call.store.remove(Kind::reward, reward.id);
  emit(call, fqdn, "deleted", EventKind::deleted, reward.id, nullptr);
  rewards_changed(call, {"rewards.delete", reward.id, text_at(body_of(reward), "name")});
  return Json::object();
}

}  // namespace

void add_reward_routes(Routes& to) {
  using namespace wire;
  using enum Permission;
  using enum Route::Access;
  const Schema revision_text = integer_text(1, INT64_MAX);
  const Schema nothing = object({});
  const Field name = required("name", text(1, 50));
  const Schema new_reward =
      reward_schema(read_only("id", any()), read_only("revision", any()), name);
  const Schema entity =
      reward_schema(required("id", guid()), required("revision", revision_text), name);
  const Schema reward = object({required("reward", entity)});
  const Schema rewards = array(entity, 0, limits::rewards_max);
  const Schema sites = object({required(
      "rewardsInSite", array(object({required("metaSiteId", guid()), required("rewards", rewards)}),
                             0, sites_max))});
  const auto add = [&to](std::string_view route_name, Verb verb, std::string_view path,
                         Permission permission, const Schema& request, const Schema& response,
                         Operation run, std::string_view summary) {
    to.push_back({.name = route_name,
                  .verb = verb,
                  .path = path,
                  .permission = permission,
                  .access = permission == manage_rewards ? write : read,
                  .request = request,
                  .response = response,
                  .run = run,
                  .summary = summary});
  };
  add("rewards.create", Verb::post, "/loyalty-rewards/v1/rewards", manage_rewards,
      object({required("reward", new_reward)}), reward, create_reward,
      "Creates a reward; it is not active unless the request says so");
  add("rewards.bulkCreate", Verb::post, "/loyalty-rewards/v1/bulk/rewards/create", manage_rewards,
      object({required("rewards", array(new_reward, 1, 10))}), bulk_schema(entity),
      bulk_create_rewards, "Creates up to 10 rewards, each by itself");
  add("rewards.list", Verb::get, "/loyalty-rewards/v1/rewards", read_rewards,
      object({optional("cursorPaging", cursor_paging_schema())}),
      object(
          {required("rewards", rewards), required("pagingMetadata", paging_metadata_v2_schema())}),
      list_rewards, "All rewards, or a page of them");
  add("rewards.query", Verb::post, "/loyalty-rewards/v1/rewards/query", read_rewards,
      object({optional("query", query_schema(collections::rewards))}),
      object({required("rewards", rewards), required("pagingMetadata", paging_metadata_schema())}),
      query_rewards, "Rewards that match a filter, page by page");
  add("rewards.bulkGet", Verb::get, "/loyalty-rewards/v1/bulk/rewards", reward_bulk_read, nothing,
      sites, bulk_get_rewards, "The rewards of all sites of the user");
  add("rewards.get", Verb::get, "/loyalty-rewards/v1/rewards/{id}", read_rewards,
      object({required("id", guid())}), reward, get_reward, "One reward");
  add("rewards.update", Verb::put, "/loyalty-rewards/v1/rewards/{reward.id}", manage_rewards,
      object({required("reward", entity)}), reward, update_reward,
      "Changes a reward; its type stays, and so does what is left out");
  add("rewards.delete", Verb::del, "/loyalty-rewards/v1/rewards/{id}", manage_rewards,
      object({required("id", guid()), required("revision", revision_text)}), nothing, delete_reward,
      "Deletes a reward; coupons that members have got for it stay valid");
}

}  // namespace loyalty::service
