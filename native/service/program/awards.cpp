#include "native/service/program/awards.h"

#include <algorithm>
#include <utility>

#include "core/ledger/command.h"
#include "core/rules/earning.h"
#include "native/service/accounts/desk.h"
#include "native/service/program/award_records.h"
#include "native/service/program/catalogs.h"
#include "native/service/program/payload.h"
#include "native/service/program/spelled.h"
#include "native/wire/refused.h"

namespace loyalty::service {
namespace {

using wire::integer_at;
using wire::member;
using wire::text_at;

constexpr std::string_view once_scope = "earn-once";  ///< rule and person
constexpr std::string_view earn_scope = "earn";       ///< rule and event, for ever (U6)

std::string pair_key(std::string_view a, std::string_view b) {
  return std::string{a}.append(":").append(b);
}

/// The amount that a rule converts; nothing where the activity has no money at all.
std::optional<Money> base_of(const Activity& activity, const EarningRule& rule,
                             const RuleFacts& facts, const Catalog& catalog) {
  if (activity.rule_bases) {
    const auto at =
        std::find_if(activity.rule_bases->begin(), activity.rule_bases->end(),
                     [&rule](const RuleBase& one) { return one.rule_id == rule.id.text(); });
    return at == activity.rule_bases->end() ? no_money : at->base;
  }
  if (!facts.payload_field.empty()) {
    return amount_in(activity.payload, facts.payload_field, catalog.currency);
  }
  switch (rule.base.value_or(catalog.policy.earn_base)) {
    case EarnBase::after_discounts:
      return activity.after_discounts;
    case EarnBase::subtotal:
      return activity.subtotal;
    case EarnBase::total:
      return activity.total;
  }
  return std::nullopt;
}

/// Whether the activity happened with money: then fixed points too need a base above zero (U5).
bool has_money(const Activity& activity) {
  return activity.after_discounts || activity.subtotal || activity.total;
}

Award award_of(const Activity& activity, const EarningRule& rule, const EarningConfig& config,
               const RuleFacts& facts, const Catalog& catalog) {
  const std::optional<Money> base = base_of(activity, rule, facts, catalog);
  if (base) {
    return rule_award(rule, config, *base, catalog.currency, catalog.policy.earn_rounding);
  }
  return has_money(activity) ? Award{} : activity_award(rule, config);
}

/// What must be known of an award to take some of it back, whatever becomes of the rule.
Json record_of(const EarningRule& rule, const EarningConfig& config, const RuleFacts& facts,
               const Catalog& catalog, const Awarded& awarded, Points lost) {
  Json record{{"ruleId", awarded.rule_id},
              {"points", awarded.points.count()},
              {"reversed", 0},
              {"transactionId", awarded.transaction_id},
              {"configPoints", config.points.count()},
              {"moneyAmount", config.money_amount},
              {"rounding", spelled::earn_rounding.name(catalog.policy.earn_rounding)},
              {"base", static_cast<int>(rule.base.value_or(catalog.policy.earn_base))}};
  if (!facts.payload_field.empty()) {
    record["field"] = facts.payload_field;
  }
  if (rule.max_points) {
    record["maxPoints"] = rule.max_points->count();
  }
  if (lost > no_points) {
    record["lost"] = lost.count();
  }
  return record;
}

Json earn_info(const Activity& activity, const RuleFacts& facts) {
  Json info{{"appId", facts.trigger_app_id}, {"activityType", activity.activity_type}};
  if (!activity.order_id.empty()) {
    info["orderId"] = activity.order_id;
  }
  if (!activity.channel.empty()) {
    info["followedSocialMedia"] = {{"channel", activity.channel}};
  }
  return info;
}

/// An account takes so many more; what a rule gives beyond is lost rather than the whole activity.
Award within_balance(Award award, const store::AccountRow& account) {
  const Points room =
      max(no_points, Points::of(limits::points_max) - account.available - account.held);
  return {min(award.points, room), award.clamped || award.points > room};
}

/// One activity of one member, rule by rule.
class Awarding {
 public:
  Awarding(Call& call, const Activity& activity, const PublishedCatalog& published,
           store::AccountRow account)
      : call_{call},
        activity_{activity},
        published_{published},
        catalog_{published.document->catalog()},
        account_{std::move(account)},
        tier_{account_.tier_id} {}

  void apply(std::size_t index) {
    const EarningRule& rule = catalog_.earning_rules[index];
    const RuleFacts& facts = published_.rule_facts[index];
    const EarningConfig* config = config_for(rule, TierId{tier_}, catalog_.tiers_active);
    if (config == nullptr) {
      return;
    }
    Awarded awarded{.rule_id = std::string{rule.id.text()}, .points = {}, .transaction_id = {}};
    if (const auto before = before_now(awarded.rule_id, facts)) {
      awarded.transaction_id = *before;
      awarded.repeated = true;
      awarded_.push_back(std::move(awarded));
      return;
    }
    const Award whole = award_of(activity_, rule, *config, facts, catalog_);
    const Award award = within_balance(whole, account_);
    awarded.points = award.points;
    if (award.points > no_points) {
      grant(rule, facts, award, awarded);
    }
    remember(facts, awarded);
    records_.push_back(
        record_of(rule, *config, facts, catalog_, awarded, whole.points - award.points));
    awarded_.push_back(std::move(awarded));
  }

  std::vector<Awarded> finish() && {
    if (!records_.empty()) {
      const auto before = call_.store.claimed(award_event_scope, activity_.event_id);
      Json all = before ? Json::parse(*before) : Json::array();
      for (Json& record : records_) {
        all.push_back(std::move(record));
      }
      const std::string text = wire::text_of(all);
      if (!call_.store.claim(award_event_scope, activity_.event_id, text)) {
        call_.store.change_claim(award_event_scope, activity_.event_id, text);
      }
    }
    return std::move(awarded_);
  }

 private:
  /// The transaction of the same award made before; empty where that gave nothing.
  std::optional<std::string> before_now(const std::string& rule, const RuleFacts& facts) {
    if (auto earned = call_.store.claimed(earn_scope, pair_key(rule, activity_.event_id))) {
      return earned;
    }
    return facts.once_per_person
               ? call_.store.claimed(once_scope, pair_key(rule, activity_.contact_id))
               : std::nullopt;
  }

  void grant(const EarningRule& rule, const RuleFacts& facts, const Award& award,
             Awarded& awarded) {
    const ledger::Earn earn{
        .account = account_.id, .points = award.points, .by_rule = true, .clamped = award.clamped};
    Movement movement{.description = std::string{rule.title}};
    movement.info = Json{{"earnInfo", earn_info(activity_, facts)}};
    Moved moved = move(call_, earn, movement);
    awarded.transaction_id = moved.transaction_id;
    account_ = std::move(moved.account);
  }

  void remember(const RuleFacts& facts, const Awarded& awarded) {
    call_.store.claim(earn_scope, pair_key(awarded.rule_id, activity_.event_id),
                      awarded.transaction_id);
    if (facts.once_per_person) {
      call_.store.claim(once_scope, pair_key(awarded.rule_id, activity_.contact_id),
                        awarded.transaction_id);
    }
  }

  Call& call_;
  const Activity& activity_;
  const PublishedCatalog& published_;
  const Catalog& catalog_;
  store::AccountRow account_;
  std::string tier_;  ///< before anything was granted (U7)
  std::vector<Awarded> awarded_;
  std::vector<Json> records_;
};

bool matches(const EarningRule& rule, const RuleFacts& facts, const Activity& activity) {
  return rule.status == RuleStatus::active && rule.trigger == activity.activity_type &&
         (activity.trigger_app_id.empty() || activity.trigger_app_id == facts.trigger_app_id);
}

}  // namespace

std::vector<Awarded> award(Call& call, const Activity& activity) {
  const std::shared_ptr<const ProgramState> state = program_of(call);
  if (state->ledger.settings.status != ledger::Status::active) {
    return {};
  }
  const std::shared_ptr<const PublishedCatalog> published = call.catalogs.catalog(call.store);
  const std::span<const EarningRule> rules = published->document->catalog().earning_rules;
  const auto matching = [&](std::size_t i) {
    return matches(rules[i], published->rule_facts[i], activity);
  };
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (matching(i)) {
      found.push_back(i);
    }
  }
  if (found.empty()) {
    return {};
  }
  const std::optional<store::AccountRow> opened = account_for_award(call, activity.contact_id);
  if (!opened) {
    return {};
  }
  const std::optional<store::AccountRow> account = account_now(call, opened->id);
  Awarding awarding{call, activity, *published, account.value_or(*opened)};
  for (const std::size_t index : found) {
    awarding.apply(index);
  }
  return std::move(awarding).finish();
}

bool awarded_once(Call& call, std::string_view rule_id, std::string_view contact_id) {
  return call.store.claimed(once_scope, pair_key(rule_id, contact_id)).has_value();
}

void awards_merged(Call& call, std::string_view from_contact, std::string_view into_contact) {
  for (const store::Document& rule : call.store.all(store::Kind::earning_rule)) {
    if (const auto earned = call.store.claimed(once_scope, pair_key(rule.id, from_contact))) {
      call.store.claim(once_scope, pair_key(rule.id, into_contact), *earned);
    }
  }
}

}  // namespace loyalty::service
