// What the desk does beyond the ledger: events, types, tiers, rewards, dates.
#include "native/service/accounts/desk.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "native/service/events.h"
#include "native/store/chain.h"
#include "tests/service_accounts/fixture.h"

namespace loyalty::service {
namespace {

using Slugs = std::vector<std::string>;

const std::string silver = "0190a0a0-0000-7000-8000-0000000000a1";

class Desk : public AccountsTest {
 protected:
  std::string refused_move(const ledger::Command& command) {
    try {
      do_move(command);
    } catch (const wire::Refused& refusal) {
      return std::string{wire::name_of(refusal.code())};
    }
    return "";
  }
  std::vector<std::string> types(const std::string& account) {
    std::vector<std::string> all;
    for (const store::EntryRow& entry : entries(account)) {
      all.push_back(entry.transaction_type);
    }
    return all;
  }
  Json transaction(const std::string& id) {
    return ask("transactions.get", {{"loyaltyTransactionId", id}})["loyaltyTransaction"];
  }
  /// The bodies of all events with the slug.
  std::vector<Json> bodies(const std::string& slug) {
    std::vector<Json> found;
    read([&](Call& call) {
      for (const store::EventRow& event : call.store.events(0, 10'000)) {
        if (event.slug == slug) {
          const Json envelope = event_json(event);
          const Json& wrapped = envelope.contains("actionEvent") ? envelope["actionEvent"]["body"]
                                : envelope.contains("updatedEvent")
                                    ? envelope["updatedEvent"]["currentEntity"]
                                    : envelope["createdEvent"]["entity"];
          found.push_back(Json::parse(wrapped.get<std::string>()));
        }
      }
    });
    return found;
  }
  void recalculate_now(const std::string& account, const std::string& trigger) {
    write([&](Call& call) { recalculate(call, account, trigger); });
  }
};

TEST_F(Desk, OpensAccountsWithNothingInThem) {
  const std::string contact = new_contact("ann@example.com");
  const Json account = ask("accounts.create", {{"contactId", contact}})["account"];
  EXPECT_EQ(account["contactId"], contact);
  EXPECT_EQ(account["revision"], "1");
  EXPECT_EQ(account["points"], (Json{{"balance", 0},
                                     {"earned", 0},
                                     {"adjusted", 0},
                                     {"redeemed", 0},
                                     {"expired", 0},
                                     {"held", 0}}));
  EXPECT_EQ(account["contact"]["email"], "ann@example.com");
  EXPECT_EQ(account["contact"]["displayName"], "Ann ann@example.com");
  EXPECT_FALSE(account["rewardAvailable"]);
  EXPECT_FALSE(account.contains("latestTransaction"));
  EXPECT_EQ(new_events(), (Slugs{"created"}));
  EXPECT_EQ(refused("accounts.create", {{"contactId", contact}}), "ACCOUNT_ALREADY_EXISTS");
  EXPECT_EQ(refused("accounts.create", {{"contactId", account["id"]}}), "CONTACT_NOT_FOUND");
}

TEST_F(Desk, OpensNoAccountsWhileTheProgramStandsStill) {
  const std::string contact = new_contact("ann@example.com");
  program_state().ledger.settings.status = ledger::Status::draft;
  EXPECT_EQ(refused("accounts.create", {{"contactId", contact}}), "PROGRAM_NOT_ACTIVE");
  write([&](Call& call) { EXPECT_FALSE(open_account(call, contact, true).id.empty()); });
}

TEST_F(Desk, OpensAnAccountForAnAwardWhereTheProgramLetsIt) {
  const std::string contact = new_contact("ann@example.com");
  program_state().ledger.settings.create_accounts = false;
  write([&](Call& call) { EXPECT_FALSE(account_for_award(call, contact).has_value()); });
  program_state().ledger.settings.create_accounts = true;
  std::string id;
  write([&](Call& call) { id = account_for_award(call, contact)->id; });
  write([&](Call& call) { EXPECT_EQ(account_for_award(call, contact)->id, id); });
}

TEST_F(Desk, TellsOfEveryMovement) {
  const std::string ann = new_account();
  new_events();
  const std::string earned = earn(ann, 100);
  EXPECT_EQ(new_events(), (Slugs{"transaction", "updated", "points_updated"}));
  const Json account = bodies("points_updated").back()["account"];
  EXPECT_EQ(account["points"]["balance"], 100);
  EXPECT_EQ(account["latestTransaction"]["id"], earned);
  EXPECT_EQ(account["latestTransaction"]["amount"], 100);
  EXPECT_EQ(account["latestTransaction"]["type"], "EARN");
  EXPECT_EQ(account["latestTransaction"]["appId"], "till");
  EXPECT_EQ(account, bodies("updated").back());
  EXPECT_EQ(account, this->account(ann));
}

TEST_F(Desk, ARefusedMovementLeavesNothingBehind) {
  const std::string ann = new_account();
  earn(ann, 10);
  const store::AccountRow before = row(ann);
  new_events();
  EXPECT_EQ(refused_move(ledger::Redeem{ann, pts(11)}), "INSUFFICIENT_POINTS");
  EXPECT_TRUE(new_events().empty());
  EXPECT_EQ(row(ann).revision, before.revision);
  EXPECT_EQ(entries(ann).size(), 1U);
}

TEST_F(Desk, TellsHowManyPointsAreMissing) {
  const std::string ann = new_account();
  earn(ann, 30);
  do_move(ledger::PlaceHold{.account = ann, .points = pts(20), .lifetime = {}});
  const auto data = [&](const ledger::Command& command) {
    try {
      do_move(command);
    } catch (const wire::Refused& refusal) {
      return refusal.body()["details"]["applicationError"]["data"];
    }
    return Json();
  };
  const Json missing{{"required", 25}, {"available", 10}, {"missing", 15}};
  EXPECT_EQ(data(ledger::Redeem{ann, pts(25)}), missing);
  EXPECT_EQ(data(ledger::PlaceHold{.account = ann, .points = pts(25), .lifetime = {}}), missing);
  ledger::Adjust down;
  down.account = ann;
  down.points = pts(-25);
  EXPECT_EQ(data(down), missing);
  now = now + Duration::minutes(120);  // the hold has ended, which nobody has posted yet
  const Json later{{"required", 31}, {"available", 30}, {"missing", 1}};
  EXPECT_EQ(data(ledger::Redeem{ann, pts(31)}), later);
}

TEST_F(Desk, ShowsAHoldAsSpentAndItsReleaseAsARefund) {
  const std::string ann = new_account();
  earn(ann, 100);
  const std::string hold =
      do_move(ledger::PlaceHold{.account = ann, .points = pts(40), .lifetime = {}}).transaction_id;
  const std::string released = do_move(ledger::Release{hold}).transaction_id;
  EXPECT_EQ(types(ann), (Slugs{"EARN", "REDEEM", "REFUND"}));
  const Json spent = transaction(hold);
  EXPECT_EQ(spent["amount"], 40);
  EXPECT_EQ(spent["balanceDelta"], -40);
  EXPECT_EQ(spent["balanceAfter"], 60);
  const Json back = transaction(released);
  EXPECT_EQ(back["refundInfo"]["refundedTransactionId"], hold);
  EXPECT_EQ(back["balanceDelta"], 40);
}

TEST_F(Desk, ShowsACaptureOfAllAsNothingAndOfLessAsARefund) {
  const std::string ann = new_account();
  earn(ann, 100);
  const auto hold = [&] {
    return do_move(ledger::PlaceHold{.account = ann, .points = pts(40), .lifetime = {}})
        .transaction_id;
  };
  const std::string all = do_move(ledger::Capture{.hold = hold(), .points = {}}).transaction_id;
  EXPECT_EQ(refused("transactions.get", {{"loyaltyTransactionId", all}}), "TRANSACTION_NOT_FOUND");
  const std::string less =
      do_move(ledger::Capture{.hold = hold(), .points = pts(30)}).transaction_id;
  EXPECT_EQ(types(ann), (Slugs{"EARN", "REDEEM", "", "REDEEM", "REFUND"}));
  EXPECT_EQ(transaction(less)["amount"], 10);
  EXPECT_EQ(account(ann)["points"]["redeemed"], 70);
}

TEST_F(Desk, ShowsAReversalAsAnAdjustmentThatNamesTheEarn) {
  const std::string ann = new_account();
  const std::string earned = earn(ann, 100);
  do_move(ledger::Redeem{ann, pts(70)});
  const std::string reversed = do_move(ledger::Reverse{.of = earned, .points = {}}).transaction_id;
  const Json shown = transaction(reversed);
  EXPECT_EQ(shown["transactionType"], "ADJUST");
  EXPECT_EQ(shown["amount"], -30);
  EXPECT_EQ(shown["shortfall"], 70);
  EXPECT_EQ(shown["originatedFrom"], "EARN_REVERT");
  EXPECT_EQ(shown["revertedTransactionId"], earned);
  EXPECT_EQ(shown["adjustInfo"],
            (Json{{"appId", "till"}, {"amountBefore", 30}, {"amountAfter", 0}}));
  earn(ann, 100);  // the debt is paid first
  EXPECT_EQ(account(ann)["points"]["balance"], 30);
  EXPECT_EQ(types(ann), (Slugs{"EARN", "REDEEM", "ADJUST", "EARN", "ADJUST"}));
}

TEST_F(Desk, EchoesWhoCausedIt) {
  const std::string ann = new_account();
  origin = "crm";
  const std::string earned = earn(ann, 5);
  EXPECT_EQ(transaction(earned)["originatedFrom"], "crm");
  std::string echoed;
  read(
      [&](Call& call) { echoed = event_json(call.store.events(0, 100).back())["originatedFrom"]; });
  EXPECT_EQ(echoed, "crm");
}

TEST_F(Desk, ChainsTheEntriesOfAnAccount) {
  const std::string ann = new_account();
  for (int i = 0; i < 5; ++i) {
    earn(ann, 7);
  }
  const std::vector<store::EntryRow> rows = entries(ann);
  EXPECT_EQ(store::verify_chain(rows), std::nullopt);
  EXPECT_EQ(rows.back().hash, row(ann).chain);
}

TEST_F(Desk, MembersRiseAndFallThroughTheTiers) {
  add_tier(silver, 100);
  const std::string ann = new_account();
  new_events();
  earn(ann, 100);
  EXPECT_EQ(new_events(), (Slugs{"transaction", "updated", "points_updated", "tier_changed"}));
  EXPECT_EQ(bodies("tier_changed").back(), (Json{{"to", silver}}));
  EXPECT_EQ(row(ann).tier_id, silver);
  EXPECT_EQ(row(ann).tier_points, pts(100));
  const Instant leaves = *row(ann).due;
  EXPECT_GT(leaves, *parse_instant("2027-01-15T12:00:00Z"));
  now = leaves - Duration::milliseconds(1);
  EXPECT_EQ(settle(), 0U);
  EXPECT_EQ(account(ann)["tier"]["points"], 100);
  now = leaves;
  const std::int64_t revision = row(ann).revision;
  EXPECT_EQ(settle(), 1U);
  EXPECT_EQ(new_events(), (Slugs{"updated", "tier_changed"}));
  EXPECT_EQ(row(ann).tier_id, "");
  EXPECT_EQ(row(ann).revision, revision + 1);
  EXPECT_EQ(settle(), 0U);
}

TEST_F(Desk, TellsOnlyWhenARewardComesIntoReachOrLeavesIt) {
  publish_rewards({{"tea", 50}});
  const std::string ann = new_account();
  earn(ann, 49);
  EXPECT_TRUE(bodies("reward_availability_updated").empty());
  earn(ann, 1);
  earn(ann, 1);
  ASSERT_EQ(bodies("reward_availability_updated").size(), 1U);
  EXPECT_EQ(bodies("reward_availability_updated")[0],
            (Json{{"rewardAvailable", true}, {"updateTrigger", "BALANCE_UPDATED"}}));
  EXPECT_TRUE(account(ann)["rewardAvailable"]);
  publish_rewards({{"tea", 60}});
  recalculate_now(ann, "REWARD_UPDATED");
  recalculate_now(ann, "REWARD_UPDATED");
  ASSERT_EQ(bodies("reward_availability_updated").size(), 2U);
  EXPECT_EQ(bodies("reward_availability_updated")[1],
            (Json{{"rewardAvailable", false}, {"updateTrigger", "REWARD_UPDATED"}}));
}

TEST_F(Desk, RecalculatingWithoutAVisibleChangeIsNoRevision) {
  const std::string ann = new_account();
  earn(ann, 49);
  const store::AccountRow before = row(ann);
  new_events();
  now = now + Duration::days(1);
  recalculate_now(ann, "TIERS_RECALCULATED");
  EXPECT_EQ(row(ann).revision, before.revision);
  EXPECT_EQ(row(ann).updated, before.updated);
  EXPECT_TRUE(new_events().empty());
}

TEST_F(Desk, PointsExpireAtTheirInstantAndMembersAreToldBefore) {
  program_state().ledger.settings.expiry = {
      .model = ledger::ExpiryModel::inactivity, .months = 3, .percentage = 50, .grain = {}};
  const std::string ann = new_account();
  earn(ann, 101);
  const Json shown = account(ann);
  EXPECT_EQ(shown["pointsExpiration"]["expirationDate"], "2026-04-16T00:00:00.000Z");
  EXPECT_EQ(shown["pointsExpiration"]["expiringPointsAmount"], 50);
  now = *parse_instant("2026-04-01T23:59:59.999Z");
  EXPECT_EQ(settle(), 0U);
  now = *parse_instant("2026-04-02T00:00:00Z");
  EXPECT_EQ(settle(), 1U);
  EXPECT_EQ(settle(), 0U);
  ASSERT_EQ(bodies("points_about_to_expire").size(), 1U);
  EXPECT_EQ(bodies("points_about_to_expire")[0]["expiringPointsAmount"], 50);
  EXPECT_EQ(bodies("points_about_to_expire")[0]["expirationDate"], "2026-04-16T00:00:00.000Z");
  EXPECT_EQ(bodies("points_about_to_expire")[0]["account"]["id"], ann);
  now = *parse_instant("2026-04-16T00:00:00Z");
  EXPECT_EQ(account(ann)["points"]["balance"], 51);  // shown before it is posted
  EXPECT_EQ(row(ann).available, pts(101));
  EXPECT_EQ(settle(), 1U);
  EXPECT_EQ(row(ann).available, pts(51));
  EXPECT_EQ(types(ann), (Slugs{"EARN", "EXPIRE"}));
  const Json expired = transaction(entries(ann).back().id);
  EXPECT_EQ(expired["amount"], 50);
  EXPECT_EQ(expired["expireInfo"], (Json{{"amountBefore", 101}, {"amountAfter", 51}}));
  EXPECT_EQ(account(ann)["pointsExpiration"]["expirationDate"], "2026-07-17T00:00:00.000Z");
  EXPECT_EQ(account(ann)["points"]["expired"], 50);
}

TEST_F(Desk, AHoldThatNobodyEndsComesBackByItself) {
  const std::string ann = new_account();
  earn(ann, 100);
  const std::string hold =
      do_move(ledger::PlaceHold{.account = ann, .points = pts(40), .lifetime = {}}).transaction_id;
  EXPECT_EQ(account(ann)["points"]["held"], 40);
  const Instant expires = *row(ann).due;
  now = expires;
  EXPECT_EQ(ask("holds.get", {{"id", hold}})["hold"]["state"], "EXPIRED");
  EXPECT_EQ(refused("holds.capture", {{"id", hold}}), "HOLD_EXPIRED");
  EXPECT_EQ(settle(), 1U);
  EXPECT_EQ(types(ann), (Slugs{"EARN", "REDEEM", "REFUND"}));
  EXPECT_EQ(ask("holds.get", {{"id", hold}})["hold"]["state"], "EXPIRED");
  EXPECT_EQ(row(ann).due, std::nullopt);
}

TEST_F(Desk, RefundsLongAfterTheHoldWasForgottenByTheAccount) {
  const std::string ann = new_account();
  earn(ann, 100);
  const std::string spent = do_move(ledger::Redeem{ann, pts(60)}).transaction_id;
  const std::string hold =
      do_move(ledger::PlaceHold{.account = ann, .points = pts(40), .lifetime = {}}).transaction_id;
  const std::string captured = do_move(ledger::Capture{.hold = hold, .points = {}}).transaction_id;
  now = now + Duration::days(400);
  do_move(ledger::Refund{.of = spent, .points = pts(10)});
  do_move(ledger::Refund{.of = spent, .points = {}});
  EXPECT_EQ(refused_move(ledger::Refund{.of = spent, .points = {}}),
            "TRANSACTION_ALREADY_REFUNDED");
  do_move(ledger::Refund{.of = captured, .points = {}});
  EXPECT_EQ(row(ann).available, pts(100));
  EXPECT_EQ(row(ann).redeemed, pts(0));
  EXPECT_EQ(refused_move(ledger::Refund{.of = entries(ann)[0].id, .points = {}}),
            "TRANSACTION_NOT_REFUNDABLE");
  EXPECT_EQ(
      refused_move(ledger::Refund{.of = "0190a0a0-0000-7000-8000-000000000000", .points = {}}),
      "TRANSACTION_NOT_FOUND");
}

TEST_F(Desk, MergesEverythingIntoTheAccountThatRemains) {
  const std::string ann = new_account();
  const std::string bob = new_account();
  const std::string earned = earn(ann, 100);
  const std::string spent = do_move(ledger::Redeem{ann, pts(10)}).transaction_id;
  const std::string hold =
      do_move(ledger::PlaceHold{.account = ann, .points = pts(20), .lifetime = {}}).transaction_id;
  earn(bob, 5);
  const Moved merged = do_move(ledger::Merge{ann, bob});
  EXPECT_EQ(merged.account.id, bob);
  EXPECT_EQ(row(bob).available, pts(75));
  EXPECT_EQ(row(bob).held, pts(20));
  EXPECT_EQ(row(ann).available, pts(0));
  EXPECT_EQ(row(ann).merged_into, bob);
  EXPECT_EQ(account(ann)["id"], bob);
  EXPECT_EQ(refused_move(ledger::Redeem{ann, pts(1)}), "ACCOUNT_NOT_FOUND");
  const Json told = bodies("accounts_merged").back();
  EXPECT_EQ(told["sourceAccounts"], (Json{ann, bob}));
  EXPECT_EQ(told["updatedAccount"]["points"]["balance"], 75);
  // What ann's transactions were about is bob's now.
  EXPECT_EQ(ask("holds.get", {{"id", hold}})["hold"]["accountId"], bob);
  do_move(ledger::Capture{.hold = hold, .points = {}});
  do_move(ledger::Refund{.of = spent, .points = {}});
  do_move(ledger::Reverse{.of = earned, .points = {}});
  EXPECT_EQ(row(bob).available, pts(0));
  EXPECT_EQ(ask("ledger.audit", Json::object())["findings"], Json::array());
}

TEST_F(Desk, CopiesWhatTheContactSays) {
  const std::string contact = new_contact("ann@example.com");
  const std::string ann = ask("accounts.create", {{"contactId", contact}})["account"]["id"];
  new_events();
  write([&](Call& call) {
    store::Document document = *call.store.get(store::Kind::contact, contact);
    ++document.revision;
    document.body = Json{{"email", "new@example.com"}}.dump();
    call.store.update(store::Kind::contact, document);
    contact_changed(call, contact);
    contact_changed(call, contact);
  });
  EXPECT_EQ(new_events(), (Slugs{"updated"}));
  EXPECT_EQ(account(ann)["contact"]["displayName"], "new@example.com");
  EXPECT_EQ(account(ann)["revision"], "2");
}

TEST_F(Desk, ShowsTheOwnAccountToMembersOnly) {
  const std::string contact = new_contact("ann@example.com");
  ask("accounts.create", {{"contactId", contact}});
  EXPECT_EQ(refused("accounts.mine", Json::object()), "MEMBER_REQUIRED");
  caller.identity = Caller::Identity::member;
  caller.member_id = contact;
  caller.contact_id = contact;
  EXPECT_EQ(ask("accounts.mine", Json::object())["account"]["contactId"], contact);
  caller.contact_id = caller.member_id = "0190a0a0-0000-7000-8000-000000000000";
  EXPECT_EQ(refused("accounts.mine", Json::object()), "ACCOUNT_NOT_FOUND");
}

TEST_F(Desk, PausedProgramsKeepWhatIsHeldButSpendNothing) {
  const std::string ann = new_account();
  earn(ann, 100);
  const std::string hold =
      do_move(ledger::PlaceHold{.account = ann, .points = pts(40), .lifetime = {}}).transaction_id;
  program_state().ledger.settings.status = ledger::Status::paused;
  program_state().ledger.pauses = {{now, {}}};
  EXPECT_EQ(refused_move(ledger::Redeem{ann, pts(1)}), "PROGRAM_NOT_ACTIVE");
  EXPECT_EQ(refused_move(ledger::Earn{.account = ann, .points = pts(1)}), "PROGRAM_NOT_ACTIVE");
  do_move(ledger::Capture{.hold = hold, .points = {}});
  EXPECT_EQ(row(ann).redeemed, pts(40));
}

}  // namespace
}  // namespace loyalty::service
