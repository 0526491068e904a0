#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "native/service/checkout/pending_points.h"
#include "native/service/program/catalogs.h"
#include "native/service/program/points_worth.h"
#include "native/service/program/program.h"
#include "native/service/query/dates.h"
#include "native/service/reports/expiry_forecast.h"
#include "native/service/reports/reports.h"
#include "native/wire/money_text.h"

namespace loyalty::service::reports {
namespace {

struct Sum {
  std::int64_t members = 0;
  Points points;
  Money amount;
};

/// The first of a month; absent: never.
using Month = std::optional<Date>;

/// What is owed, by who has it and by when it would be gone.
class Owed {
 public:
  Owed(const ProgramState& program, const Catalog& catalog, Instant now)
      : zone_{program.ledger.settings.zone},
        worth_{catalog},
        forecast_{
            program.ledger, now,
            start_of_day(zone_, loyalty::add_months(local_day(zone_, now), forecast_months))} {}

  bool needs_state() const { return forecast_.needs_state(); }
  const PointsWorth& worth() const { return worth_; }
  const Sum& all() const { return all_; }

  Sum of_tier(const std::string& id) const {
    const auto at = by_tier_.find(id);
    return at == by_tier_.end() ? Sum{} : at->second;
  }

  void add(const store::AccountPoints& account) {
    const Exchange* exchange = worth_.best_for(account.tier_id, account.available);
    const Money amount = exchange == nullptr ? no_money : exchange->value_of(account.available);
    for (Sum* sum : {&all_, &tier(account.tier_id)}) {
      ++sum->members;
      sum->points += account.available;
      sum->amount += amount;
    }
    if (exchange != nullptr) {
      by_reward_[exchange->reward] += amount;
    }
    add_losses(account, amount);
  }

  /// The reward by which most of the amount is counted; null where there is none.
  const Reward* main_reward() const {
    const Reward* main = nullptr;
    Money most;
    for (const auto& [reward, amount] : by_reward_) {
      if (amount > most) {
        main = reward;
        most = amount;
      }
    }
    return main;
  }

  Json months_json() const {
    Json months = Json::array();
    const auto add = [&months](const Json& month, const Sum& sum) {
      months.push_back({{"month", month},
                        {"points", sum.points.count()},
                        {"amountMinor", sum.amount.minor_units()}});
    };
    for (const auto& [month, sum] : by_month_) {
      if (month) {
        add(month_text(*month), sum);
      }
    }
    if (const auto never = by_month_.find(Month{}); never != by_month_.end()) {
      add(nullptr, never->second);
    }
    return months;
  }

 private:
  Sum& tier(std::string_view id) {
    const auto known = by_tier_.find(id);
    return known == by_tier_.end() ? by_tier_[std::string{id}] : known->second;
  }

  /// Each month gets what the account's points are worth less without those that go then, so that
  /// the months sum to the whole.
  void add_losses(const store::AccountPoints& account, Money amount) {
    Points left = account.available;
    for (const Loss& loss : forecast_.losses(account)) {
      Date month = local_day(zone_, loss.at);
      month.day = 1;
      left -= loss.points;
      const Money after = worth_.value_of(account.tier_id, left);
      put(month, loss.points, amount - after);
      amount = after;
    }
    if (left != no_points || amount != no_money) {
      put({}, left, amount);
    }
  }

  void put(const Month& month, Points points, Money amount) {
    Sum& sum = by_month_[month];
    sum.points += points;
    sum.amount += amount;
  }

  const ZoneTable& zone_;
  PointsWorth worth_;
  ExpiryForecast forecast_;
  Sum all_;
  std::map<std::string, Sum, std::less<>> by_tier_;
  std::map<const Reward*, Money> by_reward_;
  std::map<Month, Sum> by_month_;
};

/// Points that orders without money yet will bring.
Points pending_of(Call& call) {
  constexpr std::size_t page_size = 500;
  store::Query query;
  query.filter = {store::Filter::Op::eq,
                  {"paymentStatus", store::ValueType::text},
                  {std::string{"NOT_PAID"}},
                  {}};
  query.limit = page_size;
  Points pending;
  for (;;) {
    const store::Page<store::Document> page = call.store.page(store::Kind::order, query);
    for (const store::Document& order : page.rows) {
      pending += points_when_paid(call, Json::parse(order.body));
    }
    if (!page.more) {
      return pending;
    }
    query.after = page.places.back();
  }
}

std::string rate_text(const Exchange& exchange, Currency currency) {
  return std::to_string(exchange.cost.count()) + " points for " +
         wire::price_text(exchange.amount, currency);
}

Json basis_of(const Owed& owed, const ProgramState& program) {
  const Reward* reward = owed.main_reward();
  if (reward == nullptr) {
    const bool priced = owed.worth().best_rate("") != nullptr;
    return {
        {"text", priced ? "No member has enough points for a reward, so they are worth nothing yet."
                        : "No active reward turns points into money, so they have no amount."}};
  }
  const std::string name{reward->name};
  std::string text;
  if (reward->type == RewardType::discount_amount) {
    text = "Each balance is counted as the most that it buys with \"" + name +
           "\", in whole steps, rounded down";
  } else {
    text =
        "There is no reward that takes points as money, so each balance is counted in whole "
        "coupons of \"" +
        name + "\"";
  }
  if (const Exchange* base = owed.worth().best_rate("");
      base != nullptr && base->reward == reward) {
    text += ": " + rate_text(*base, program.currency);
  }
  text +=
      program.tiers_active && !program.tiers.empty() ? "; tiers count by rates of their own." : ".";
  return {{"rewardId", reward->id.text()}, {"rewardName", name}, {"text", std::move(text)}};
}

Json tier_json(const Owed& owed, const std::string& id, const std::string& name) {
  const Sum sum = owed.of_tier(id);
  Json row{{"name", name},
           {"members", sum.members},
           {"points", sum.points.count()},
           {"amountMinor", sum.amount.minor_units()}};
  if (!id.empty()) {
    row["tierId"] = id;
  }
  if (const Exchange* rate = owed.worth().best_rate(id)) {
    row["perCost"] = {{"points", rate->cost.count()}, {"amountMinor", rate->amount.minor_units()}};
  }
  return row;
}

}  // namespace

Json liability(Call& call, const Json&) {
  const std::shared_ptr<const ProgramState> program = program_of(call);
  const std::shared_ptr<const PublishedCatalog> catalog = call.catalogs.catalog(call.store);
  Owed owed{*program, catalog->document->catalog(), call.now};
  call.store.each_account(owed.needs_state(),
                          [&owed](const store::AccountPoints& account) { owed.add(account); });
  Json tiers = Json::array({tier_json(owed, "", base_tier_name(call.store))});
  for (const TierRow& tier : program->tiers) {
    tiers.push_back(tier_json(owed, tier.id, tier.name));
  }
  return {{"asOf", wire::time_text(call.now)},
          {"currency", program->currency.code()},
          {"points", owed.all().points.count()},
          {"amountMinor", owed.all().amount.minor_units()},
          {"heldPoints", call.store.totals().held.count()},
          {"pendingPoints", pending_of(call).count()},
          {"basis", basis_of(owed, *program)},
          {"byTier", std::move(tiers)},
          {"byExpiryMonth", owed.months_json()}};
}

}  // namespace loyalty::service::reports
