#include "native/service/reports/reports.h"

#include <map>
#include <random>
#include <set>
#include <string>

#include "native/service/accounts/shown.h"
#include "native/service/program/program.h"
#include "native/service/query/dates.h"
#include "tests/service_checkout/fixture.h"

namespace loyalty::service {
namespace {

/// A shop in which members do anything in any order for some weeks, over a change of the clocks.
class Reports : public CheckoutTest {
 protected:
  Reports() {
    now = *parse_instant("2026-03-20T09:00:00Z");
    program_settings({{"timeZone", "Europe/Berlin"}, {"reversalPolicy", "ALLOW_NEGATIVE"}});
    new_earning_rule(3);
    reward_ = new_flexible_reward();
    for (int i = 0; i < 6; ++i) {
      members_.push_back(new_member(50 * i));
    }
  }

  Json ask_report(Json (*report)(Call&, const Json&), const Json& request = Json::object()) {
    Json answer;
    read([&](Call& call) { answer = report(call, request); });
    return answer;
  }

  void live(unsigned seed, int steps) {
    std::mt19937 random{seed};
    const auto below = [&random](int n) {
      return static_cast<int>(random() % static_cast<unsigned>(n));
    };
    for (int i = 0; i < steps; ++i) {
      now = now + Duration::minutes(below(900));
      const Member& member = members_[static_cast<std::size_t>(below(6))];
      try {
        act(below(6), member, below(400) + 1);
      } catch (const wire::Refused&) {
        // Not enough points, an order that cannot come back: part of life.
      }
      time_out();
      settle();
    }
  }

  /// All entries that the API shows.
  std::vector<store::EntryRow> entries() {
    std::vector<store::EntryRow> all;
    read([&](Call& call) {
      for (const Member& member : members_) {
        for (store::EntryRow& row : call.store.entries(member.account, 0, 10'000)) {
          if (!row.transaction_type.empty()) {
            all.push_back(std::move(row));
          }
        }
      }
    });
    return all;
  }

  const ZoneTable& zone() {
    read([&](Call& call) { zone_ = program_of(call)->ledger.settings.zone; });
    return zone_;
  }

  std::vector<Member> members_;

 private:
  void act(int what, const Member& member, std::int64_t points) {
    if (what == 0) {
      ledger::Adjust adjust;
      adjust.account = member.account;
      adjust.points = Points::of(200 - points);
      write([&](Call& call) { move(call, adjust, {}); });
    } else if (what == 1 && !orders_.empty()) {
      refused("orders.cancel", {{"id", orders_.back()}});
      orders_.pop_back();
    } else {
      const std::string checkout = id_of(new_checkout(member, cart(points * 10)));
      if (what > 2) {
        spend(checkout, points);
      }
      if (what != 5) {  // else the shopper goes away, and the hold runs out
        orders_.push_back(complete(checkout, what == 3 ? "NOT_PAID" : "PAID")["id"]);
      }
    }
  }

  void spend(const std::string& checkout, std::int64_t points) {
    refused("storefront.apply",
            {{"id", checkout},
             {"intent", {{"chosen", Json::array({reward_choice(reward_, points / 10 * 10)})}}}});
  }

  Json reward_;
  std::vector<std::string> orders_;
  ZoneTable zone_;
};

struct Expected {
  std::int64_t change = 0;
  std::int64_t earned = 0;
  std::set<std::string> active;
};

TEST_F(Reports, EveryBucketIsTheSumOfItsEntriesByTheLocalDay) {
  for (const unsigned seed : {1U, 2U, 3U}) {
    live(seed, 60);
  }
  std::map<std::string, Expected> days;
  std::int64_t change = 0;
  for (const store::EntryRow& row : entries()) {
    Expected& day = days[date_text(local_day(zone(), row.entry.at))];
    const std::int64_t delta = balance_delta(row.entry).count();
    day.change += delta;
    change += delta;
    day.earned += row.transaction_type == "EARN" ? delta : 0;
    if (row.transaction_type == "EARN" || row.transaction_type == "REDEEM") {
      day.active.insert(row.entry.account);
    }
  }
  const Json report =
      ask_report(reports::point_flows, {{"from", "2026-03-19"}, {"to", "2026-12-31"}});
  std::int64_t reported = 0;
  const auto change_of = [](const Json& row) {
    return row["earned"].get<std::int64_t>() - row["redeemed"].get<std::int64_t>() +
           row["refunded"].get<std::int64_t>() + row["adjusted"].get<std::int64_t>() -
           row["reversed"].get<std::int64_t>() - row["expired"].get<std::int64_t>();
  };
  for (const Json& row : report["buckets"]) {
    const Expected& day = days[row["start"]];
    EXPECT_EQ(change_of(row), day.change) << row;
    EXPECT_EQ(row["earned"], day.earned) << row;
    EXPECT_EQ(row["activeMembers"], day.active.size()) << row;
    reported += change_of(row);
  }
  EXPECT_EQ(reported, change);
  EXPECT_GT(days.size(), 20u);
  std::int64_t balances = 0;
  for (const Member& member : members_) {
    balances += account(member)["points"]["balance"].get<std::int64_t>();
  }
  EXPECT_EQ(change_of(report["totals"]), balances);
}

TEST_F(Reports, WhatIsOwedIsTheSameByAccountByTierAndByMonth) {
  ask("program.update",
      {{"loyaltyProgram",
        {{"pointsExpiration", {{"monthsOfInactivity", 4}, {"expiringPointsPercentage", 30}}}}}});
  ask("program.enablePointsExpiration", Json::object());
  live(7, 50);
  for (const char* model : {"inactivity", "lots"}) {
    program_settings({{"expiryModel", model}});
    write([](Call& call) {
      while (recalculate_accounts(call, 1'000) > 0) {
      }
    });
    std::int64_t points = 0;
    std::int64_t cents = 0;
    for (const Member& member : members_) {
      const std::int64_t balance = account(member)["points"]["balance"];
      points += balance;
      cents += balance >= 10 ? balance * 10 : 0;  // 10 points are a dollar, from 10 on
    }
    const Json report = ask_report(reports::liability);
    EXPECT_EQ(report["points"], points) << model;
    EXPECT_EQ(report["amountMinor"], cents) << model;
    for (const char* rows : {"byTier", "byExpiryMonth"}) {
      std::int64_t sum = 0;
      std::int64_t money = 0;
      for (const Json& row : report[rows]) {
        sum += row["points"].get<std::int64_t>();
        money += row["amountMinor"].get<std::int64_t>();
      }
      EXPECT_EQ(sum, points) << model << " " << rows;
      EXPECT_EQ(money, cents) << model << " " << rows;
    }
    EXPECT_GT(report["byExpiryMonth"].size(), 1u) << report;
  }
}

TEST_F(Reports, AnotherWindowIsCountedFromTheTierPointsOfThen) {
  const Member& ann = members_.front();
  write([&](Call& call) {
    move(call, ledger::Earn{.account = ann.account, .points = Points::of(500)}, {});
  });
  now = now + Duration::days(100);
  const Json tiers = Json::array({{{"name", "Gold"}, {"requiredPoints", 400}}});
  const auto up = [&](std::int64_t months) {
    return ask_report(reports::preview_tiers, {{"tiers", tiers}, {"windowMonths", months}})["up"]
        .get<std::int64_t>();
  };
  EXPECT_EQ(up(12), 1);
  EXPECT_EQ(up(2), 0);
}

}  // namespace
}  // namespace loyalty::service
