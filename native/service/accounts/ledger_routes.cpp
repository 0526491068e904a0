#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "core/base/limits.h"
#include "core/rules/reward_available.h"
#include "native/service/accounts/desk.h"
#include "native/service/accounts/entries.h"
#include "native/service/accounts/listing.h"
#include "native/service/accounts/posting.h"
#include "native/service/accounts/schemas.h"
#include "native/service/program/catalogs.h"
#include "native/service/program/program.h"
#include "native/service/route.h"
#include "native/wire/refused.h"

/// Routes of our own: holds, redeeming at a till, undoing, and the books as they are.
namespace loyalty::service {
namespace {

using wire::Code;
using wire::integer_at;
using wire::member;
using wire::Refused;
using wire::text_at;

std::optional<Points> points_at(const Json& request) {
  const Json& points = member(request, "points");
  return points.is_null() ? std::nullopt : std::optional(Points::of(points.get<std::int64_t>()));
}

std::optional<Duration> lifetime_at(const Json& request) {
  const Json& seconds = member(request, "lifetimeSeconds");
  return seconds.is_null() ? std::nullopt
                           : std::optional(Duration::seconds(seconds.get<std::int64_t>()));
}

// --- holds

Json hold_answer(Call& call, std::string_view id) {
  const HoldNow now = require_hold(call, id);
  return {{"hold",
           {{"id", now.hold.key},
            {"accountId", now.account_id},
            {"state", ledger::name_of(now.hold.state)},
            {"points", now.hold.points.count()},
            {"captured", now.hold.captured.count()},
            {"refunded", now.hold.refunded.count()},
            {"expiresAt", wire::time_text(now.hold.expires_at)}}}};
}

Json place_hold(Call& call, const Json& request) {
  const Moved moved = move(call,
                           ledger::PlaceHold{.account = text_at(request, "accountId"),
                                             .points = *points_at(request),
                                             .lifetime = lifetime_at(request)},
                           {});
  return hold_answer(call, moved.transaction_id);
}

Json get_hold(Call& call, const Json& request) { return hold_answer(call, text_at(request, "id")); }

/// A command about the hold of the request, and the hold after it.
Json with_hold(Call& call, const Json& request, const ledger::Command& command) {
  const std::string id = text_at(request, "id");
  require_hold(call, id);
  move(call, command, {});
  return hold_answer(call, id);
}

Json capture_hold(Call& call, const Json& request) {
  return with_hold(call, request,
                   ledger::Capture{.hold = text_at(request, "id"), .points = points_at(request)});
}

Json release_hold(Call& call, const Json& request) {
  return with_hold(call, request, ledger::Release{text_at(request, "id")});
}

Json extend_hold(Call& call, const Json& request) {
  return with_hold(
      call, request,
      ledger::ExtendHold{.hold = text_at(request, "id"), .lifetime = lifetime_at(request)});
}

// --- redeeming at once

/// What one redemption of the reward costs the account.
Points cost_of(const Reward& reward, const Catalog& catalog, const std::string& tier_id,
               const std::optional<Points>& chosen) {
  if (!reward.active) {
    throw Refused(Code::reward_not_active);
  }
  const RewardConfig* config = config_for(reward, TierId{tier_id}, catalog.tiers_active);
  if (config == nullptr) {
    throw Refused(Code::reward_not_available_for_tier);
  }
  if (reward.type == RewardType::coupon_reward) {
    return config->cost;
  }
  const Points fewest = fewest_points(reward, *config);
  const Points points = chosen.value_or(fewest);
  if (points < fewest) {
    throw Refused(Code::points_below_minimum, Json{{"minimum", fewest.count()}});
  }
  return points;
}

struct Redemption {
  Points points;
  Json info = {};
};

Redemption redemption_of(Call& call, const Json& request) {
  const std::optional<Points> chosen = points_at(request);
  const std::string reward_id = text_at(request, "rewardId");
  if (reward_id.empty()) {
    if (!chosen) {
      throw Refused::invalid("points", "REQUIRED", "points, or a reward");
    }
    return {*chosen};
  }
  require_active(call);
  const store::AccountRow account = require_account(call, text_at(request, "accountId"));
  const auto published = call.catalogs.catalog(call.store);
  const Catalog& catalog = published->compiled->catalog();
  const auto reward =
      std::find_if(catalog.rewards.begin(), catalog.rewards.end(),
                   [&](const Reward& candidate) { return candidate.id.text() == reward_id; });
  if (reward == catalog.rewards.end()) {
    throw Refused(Code::reward_not_found);
  }
  const Points each = cost_of(*reward, catalog, account.tier_id, chosen);
  const bool coupon = reward->type == RewardType::coupon_reward;
  return {Points::of(each.count() * integer_at(request, "count", 1)),
          {{"rewardId", reward_id}, {"rewardType", coupon ? "COUPON_REWARD" : "DISCOUNT_AMOUNT"}}};
}

Json redeem_points(Call& call, const Json& request) {
  Redemption redemption = redemption_of(call, request);
  if (redemption.points.count() > limits::points_per_call_max) {
    throw Refused::invalid("count", "MAX", "at most 9,999,999 points at once");
  }
  Movement movement{.description = text_at(request, "description"),
                    .idempotency_key = {},
                    .info = Json::object()};
  if (!redemption.info.is_null()) {
    movement.info["redeemInfo"] = std::move(redemption.info);
  }
  const Moved moved = move(
      call, ledger::Redeem{.account = text_at(request, "accountId"), .points = redemption.points},
      movement);
  return {{"account", account_json(moved.account)}, {"transactionId", moved.transaction_id}};
}

// --- undoing

Json undone(const Moved& moved) {
  return {{"account", account_json(moved.account)}, {"transactionId", moved.transaction_id}};
}

Json refund(Call& call, const Json& request) {
  return undone(
      move(call, ledger::Refund{.of = text_at(request, "id"), .points = points_at(request)}, {}));
}

Json revert(Call& call, const Json& request) {
  return undone(
      move(call, ledger::Reverse{.of = text_at(request, "id"), .points = points_at(request)}, {}));
}

// --- the books

Json list_entries(Call& call, const Json& request) {
  const auto limit = static_cast<std::size_t>(integer_at(request, "limit", 100));
  Json entries = Json::array();
  for (const store::EntryRow& row :
       call.store.entries(text_at(request, "accountId"), integer_at(request, "after"), limit)) {
    entries.push_back(entry_json(row));
  }
  return {{"entries", std::move(entries)}};
}

}  // namespace

void add_ledger_routes(Routes& to) {
  using namespace wire;
  using enum Permission;
  using enum Route::Access;
  const Schema points = integer(1, limits::points_per_call_max);
  const Schema seconds = integer(1, std::int64_t{366} * 86'400);
  const Schema hold = object({required("hold", hold_schema())});
  const Schema moved = moved_schema();
  const auto add = [&to](std::string_view name, Verb verb, std::string_view path,
                         Permission permission, Schema request, Schema response, Operation run,
                         std::string_view summary) {
    to.push_back({.name = name,
                  .verb = verb,
                  .path = path,
                  .permission = permission,
                  .access = verb == Verb::get ? read : write,
                  .request = std::move(request),
                  .response = std::move(response),
                  .run = run,
                  .key = verb == Verb::get ? Route::Key::accepted : Route::Key::required,
                  .summary = summary});
  };
  const Schema hold_id = object({required("id", guid())});
  add("holds.place", Verb::post, "/loyalty-holds/v1/holds", manage_holds,
      object({required("accountId", guid()), required("points", points),
              optional("lifetimeSeconds", seconds)}),
      hold, place_hold, "Sets points aside");
  add("holds.get", Verb::get, "/loyalty-holds/v1/holds/{id}", manage_holds, hold_id, hold, get_hold,
      "A hold as it is now");
  add("holds.capture", Verb::post, "/loyalty-holds/v1/holds/{id}/capture", manage_holds,
      object({required("id", guid()), optional("points", points)}), hold, capture_hold,
      "Spends points that are held; what is not spent is available again");
  add("holds.release", Verb::post, "/loyalty-holds/v1/holds/{id}/release", manage_holds, hold_id,
      hold, release_hold, "Gives all held points back");
  add("holds.extend", Verb::post, "/loyalty-holds/v1/holds/{id}/extend", manage_holds,
      object({required("id", guid()), optional("lifetimeSeconds", seconds)}), hold, extend_hold,
      "The hold lasts that long from now on");
  add("accounts.redeemPoints", Verb::post,
      "/loyalty-accounts/v1/accounts/{accountId}/redeem-points", manage_accounts,
      object({required("accountId", guid()), optional("rewardId", guid()),
              optional("points", points), optional("count", integer(1, 1'000)),
              optional("description", text(1, 100))}),
      moved, redeem_points, "Spends points at once, as at a till");
  const Schema undo = object({required("id", guid()), optional("points", points)});
  add("transactions.refund", Verb::post,
      "/loyalty-transactions/v1/loyalty-transactions/{id}/refund", manage_transactions, undo, moved,
      refund, "Gives spent points back");
  add("transactions.revert", Verb::post,
      "/loyalty-transactions/v1/loyalty-transactions/{id}/revert", manage_transactions, undo, moved,
      revert, "Takes earned points back");
  add("ledger.entries", Verb::get, "/loyalty-ledger/v1/entries", read_ledger,
      object({required("accountId", guid()), optional("limit", integer(1, 1'000)),
              optional("after", integer(0, INT64_MAX))}),
      object({required("entries", array(entry_schema(), 0, 1'000))}), list_entries,
      "Entries of an account in the order of their sequence");
  add_audit_route(to);
}

}  // namespace loyalty::service
