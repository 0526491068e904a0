#include <algorithm>
#include <utility>
#include <vector>

#include "core/base/limits.h"
#include "core/ledger/command.h"
#include "core/rules/earning.h"
#include "native/service/accounts/desk.h"
#include "native/service/program/award_records.h"
#include "native/service/program/awards.h"
#include "native/service/program/payload.h"
#include "native/service/program/program.h"
#include "native/service/program/spelled.h"

/// Awards after their event has changed: taken back in part, or added to.
namespace loyalty::service {
namespace {

using wire::integer_at;
using wire::member;
using wire::text_at;

Points points_at(const Json& record, const char* name) {
  return Points::of(integer_at(record, name));
}

/// The grants of a record: the first one, and those that were added later.
std::vector<Json*> grants_of(Json& record) {
  std::vector<Json*> grants{&record};
  if (const auto added = record.find("added"); added != record.end()) {
    for (Json& grant : *added) {
      grants.push_back(&grant);
    }
  }
  return grants;
}

/// What of a list of bases is the record's.
std::optional<Money> base_in(const Json& record, const std::vector<RuleBase>& bases) {
  const std::string rule = text_at(record, "ruleId");
  const auto at = std::find_if(bases.begin(), bases.end(),
                               [&rule](const RuleBase& one) { return one.rule_id == rule; });
  return at == bases.end() ? std::nullopt : std::optional(at->base);
}

/// Likewise of an activity.
std::optional<Money> base_in(const Json& record, const Activity& activity, Currency currency) {
  if (activity.rule_bases) {
    return base_in(record, *activity.rule_bases);
  }
  if (const std::string field = text_at(record, "field"); !field.empty()) {
    return amount_in(activity.payload, field, currency);
  }
  const std::optional<Money> amounts[] = {activity.after_discounts, activity.subtotal,
                                          activity.total};  // in the order of EarnBase
  return amounts[record["base"].get<std::size_t>()];
}

/// The awards of one event, on their way to another base.
class Settling {
 public:
  Settling(Call& call, std::string_view event_id) : call_{call}, event_id_{event_id} {
    if (const std::optional<std::string> text = call.store.claimed(award_event_scope, event_id)) {
      records_ = Json::parse(*text);
    }
  }

  Json& records() { return records_; }

  /// The last that was granted goes first.
  void take_back(Json& record, Points points) {
    if (points <= no_points) {
      return;
    }
    settled_.taken += points;
    std::vector<Json*> grants = grants_of(record);
    for (auto at = grants.rbegin(); at != grants.rend() && points > no_points; ++at) {
      Json& grant = **at;
      const Points part = min(points, points_at(grant, "points") - points_at(grant, "reversed"));
      if (part > no_points) {
        reverse(text_at(grant, "transactionId"), part);
        grant["reversed"] = (points_at(grant, "reversed") + part).count();
        points -= part;
      }
    }
  }

  void add(Json& record, Points points, const Activity& activity) {
    const std::optional<store::EntryRow> first =
        call_.store.entry(text_at(record, "transactionId"));
    const std::optional<store::AccountRow> account =
        first ? account_now(call_, first->entry.account)
              : account_for_award(call_, activity.contact_id);
    if (!account) {
      return;
    }
    const Points room =
        max(no_points, Points::of(limits::points_max) - account->available - account->held);
    const Points granted = min(points, room);
    if (granted < points) {
      record["lost"] = (points_at(record, "lost") + points - granted).count();
      changed_ = true;
    }
    if (granted == no_points) {
      return;
    }
    Movement movement{.description = "Order changed"};
    movement.info = Json{{"earnInfo", earn_info(first, activity)}};
    const Moved moved = move(call_,
                             ledger::Earn{.account = account->id,
                                          .points = granted,
                                          .by_rule = true,
                                          .clamped = granted < points},
                             movement);
    record["added"].push_back(
        {{"transactionId", moved.transaction_id}, {"points", granted.count()}, {"reversed", 0}});
    settled_.granted += granted;
  }

  AwardsSettled finish() && {
    if (changed_ || settled_.granted > no_points || settled_.taken > no_points) {
      call_.store.change_claim(award_event_scope, event_id_, wire::text_of(records_));
    }
    return settled_;
  }

 private:
  void reverse(const std::string& transaction, Points points) {
    Movement movement{.description = "Order changed or refunded"};
    movement.info = Json{{"originatedFrom", "EARN_REVERT"}, {"revertedTransactionId", transaction}};
    move(call_, ledger::Reverse{.of = transaction, .points = points}, movement);
  }

  static Json earn_info(const std::optional<store::EntryRow>& first, const Activity& activity) {
    if (first) {
      return member(Json::parse(first->info), "earnInfo");
    }
    const std::string app{loyalty_app};
    Json info{{"appId", activity.trigger_app_id.empty() ? app : activity.trigger_app_id},
              {"activityType", activity.activity_type}};
    if (!activity.order_id.empty()) {
      info["orderId"] = activity.order_id;
    }
    return info;
  }

  Call& call_;
  const std::string_view event_id_;
  Json records_ = Json::array();
  AwardsSettled settled_;
  bool changed_ = false;
};

/// `remaining` tells what is left of the base of a record.
template <class Remaining>
Points take_back(Call& call, std::string_view event_id, Remaining remaining) {
  Settling settling{call, event_id};
  const Currency currency = program_of(call)->currency;
  for (Json& record : settling.records()) {
    settling.take_back(record,
                       standing_of(record) - award_for(record, remaining(record), currency));
  }
  return std::move(settling).finish().taken;
}

}  // namespace

Points award_for(const Json& record, std::optional<Money> base, Currency currency) {
  const EarningConfig config{.tier = {},
                             .points = points_at(record, "configPoints"),
                             .money_amount = integer_at(record, "moneyAmount")};
  EarningRule rule;
  if (const Points most = points_at(record, "maxPoints"); most > no_points) {
    rule.max_points = most;
  }
  return rule_points(rule, config, base.value_or(no_money), currency,
                     spelled::earn_rounding.of(text_at(record, "rounding")));
}

Points standing_of(const Json& record) {
  Points standing = points_at(record, "points") - points_at(record, "reversed");
  for (const Json& grant : member(record, "added")) {
    standing += points_at(grant, "points") - points_at(grant, "reversed");
  }
  return standing;
}

Points take_back_awards(Call& call, std::string_view event_id,
                        std::optional<Money> remaining_after_discounts,
                        std::optional<Money> remaining_subtotal,
                        std::optional<Money> remaining_total) {
  // In the order of EarnBase. What a payload said is not known any more in parts: the total's.
  const std::optional<Money> remaining[] = {remaining_after_discounts, remaining_subtotal,
                                            remaining_total};
  return take_back(call, event_id, [&remaining](const Json& record) {
    return remaining[static_cast<std::size_t>(
        record.contains("field") ? static_cast<int>(EarnBase::total) : record["base"].get<int>())];
  });
}

Points take_back_awards(Call& call, std::string_view event_id,
                        const std::vector<RuleBase>& remaining) {
  return take_back(call, event_id,
                   [&remaining](const Json& record) { return base_in(record, remaining); });
}

AwardsSettled settle_awards(Call& call, const Activity& activity) {
  Settling settling{call, activity.event_id};
  const std::shared_ptr<const ProgramState> program = program_of(call);
  const bool can_earn = program->ledger.settings.status == ledger::Status::active;
  for (Json& record : settling.records()) {
    const Points due =
        award_for(record, base_in(record, activity, program->currency), program->currency);
    const Points standing = standing_of(record);
    const Points missing = due - standing - points_at(record, "lost");
    if (missing > no_points && can_earn) {
      settling.add(record, missing, activity);
    } else {
      settling.take_back(record, standing - due);
    }
  }
  return std::move(settling).finish();
}

}  // namespace loyalty::service
