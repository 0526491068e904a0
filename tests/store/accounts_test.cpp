#include <string>

#include "tests/store/rows.h"
#include "tests/store/store_fixture.h"

namespace loyalty::store {
namespace {

class AccountsTest : public StoreTest {};
INSTANTIATE_TEST_SUITE_P(Stores, AccountsTest, testing::ValuesIn(all_stores()), name_of_store);

/// Every field with a value of its own.
AccountRow full_account() {
  AccountRow row = account(1);
  row.member_id = guid(2);
  row.revision = 5;
  row.sequence = 3;
  row.updated = at(60);
  row.earned = Points::of(100);
  row.adjusted = Points::of(-7);
  row.redeemed = Points::of(30);
  row.expired = Points::of(3);
  row.available = Points::of(60);
  row.held = Points::of(10);
  row.below_zero_allowed = true;
  row.tier_id = guid(3);
  row.tier_points = Points::of(93);
  row.tier_updated = at(61);
  row.last_activity = at(62);
  row.expires_at = at(63);
  row.expiring = Points::of(11);
  row.reward_available = true;
  row.due = at(64);
  row.contact_name = "Ann O'Neil";
  row.contact_email = "ann@example.com";
  row.contact_picture = "https://example.com/ann.png";
  row.state = R"({"lots":[]})";
  row.latest = R"({"id":"x"})";
  row.chain.fill(0xab);
  return row;
}

void expect_equal(const AccountRow& a, const AccountRow& b) {
  EXPECT_EQ(a.id, b.id);
  EXPECT_EQ(a.contact_id, b.contact_id);
  EXPECT_EQ(a.member_id, b.member_id);
  EXPECT_EQ(a.revision, b.revision);
  EXPECT_EQ(a.sequence, b.sequence);
  EXPECT_EQ(a.created, b.created);
  EXPECT_EQ(a.updated, b.updated);
  EXPECT_EQ(a.available, b.available);
  EXPECT_EQ(a.held, b.held);
  EXPECT_EQ(a.earned, b.earned);
  EXPECT_EQ(a.adjusted, b.adjusted);
  EXPECT_EQ(a.redeemed, b.redeemed);
  EXPECT_EQ(a.expired, b.expired);
  EXPECT_EQ(a.below_zero_allowed, b.below_zero_allowed);
  EXPECT_EQ(a.tier_id, b.tier_id);
  EXPECT_EQ(a.tier_points, b.tier_points);
  EXPECT_EQ(a.tier_updated, b.tier_updated);
  EXPECT_EQ(a.last_activity, b.last_activity);
  EXPECT_EQ(a.expires_at, b.expires_at);
  EXPECT_EQ(a.expiring, b.expiring);
  EXPECT_EQ(a.reward_available, b.reward_available);
  EXPECT_EQ(a.due, b.due);
  EXPECT_EQ(a.contact_name, b.contact_name);
  EXPECT_EQ(a.contact_email, b.contact_email);
  EXPECT_EQ(a.contact_picture, b.contact_picture);
  EXPECT_EQ(a.merged_into, b.merged_into);
  EXPECT_EQ(a.state, b.state);
  EXPECT_EQ(a.latest, b.latest);
  EXPECT_EQ(a.chain, b.chain);
}

std::string duplicate_of(const std::function<void()>& run) {
  try {
    run();
  } catch (const Duplicate& taken) {
    return taken.name();
  }
  return "nothing";
}

TEST_P(AccountsTest, AnAccountComesBackAsItWas) {
  for (const AccountRow& row : {full_account(), account(2)}) {
    write([&](Session& s) { s.insert(row); });
    read([&](Session& s) {
      expect_equal(s.account(row.id).value(), row);
      expect_equal(s.account_of_contact(row.contact_id).value(), row);
      return 0;
    });
  }
  read([](Session& s) {
    expect_equal(s.account_of_member(guid(2)).value(), full_account());
    EXPECT_FALSE(s.account_of_member(""));
    EXPECT_FALSE(s.account(guid(99)));
    return 0;
  });
}

TEST_P(AccountsTest, AnUpdateReplacesEveryFieldAndItsLookups) {
  AccountRow row = account(1);
  row.member_id = guid(77);
  write([&](Session& s) { s.insert(row); });
  AccountRow after = full_account();
  after.revision = 2;
  write([&](Session& s) { s.update(after, 1); });
  read([&](Session& s) {
    expect_equal(s.account(row.id).value(), after);
    EXPECT_FALSE(s.account_of_member(guid(77)));
    EXPECT_EQ(s.next_due(), at(64));
    return 0;
  });
  after.due.reset();
  after.member_id.clear();
  write([&](Session& s) { s.update(after, 2); });
  read([&](Session& s) {
    expect_equal(s.account(row.id).value(), after);
    EXPECT_FALSE(s.next_due());
    return 0;
  });
}

TEST_P(AccountsTest, AnUpdateOfAnotherRevisionIsAConflict) {
  AccountRow row = account(1);
  write([&](Session& s) { s.insert(row); });
  row.revision = 3;
  EXPECT_THROW(write([&](Session& s) { s.update(row, 2); }), Conflict);
  EXPECT_THROW(write([&](Session& s) { s.update(account(2), 1); }), Conflict);
  EXPECT_THROW(store::write(store(), other_site, [&](Session& s) { s.update(row, 1); }), Conflict);
  EXPECT_EQ(read([&](Session& s) { return s.account(row.id)->revision; }), 1);
}

TEST_P(AccountsTest, AnIdAContactAndAMemberHaveOneAccount) {
  AccountRow first = account(1);
  first.member_id = guid(500);
  write([&](Session& s) { s.insert(first); });
  const auto insert = [&](AccountRow row) {
    return duplicate_of([&] { write([&](Session& s) { s.insert(row); }); });
  };
  AccountRow same_id = account(1);
  same_id.contact_id = guid(600);
  EXPECT_EQ(insert(same_id), "id");
  AccountRow same_contact = account(2);
  same_contact.contact_id = first.contact_id;
  EXPECT_EQ(insert(same_contact), "contactId");
  AccountRow same_member = account(2);
  same_member.member_id = first.member_id;
  EXPECT_EQ(insert(same_member), "memberId");
  EXPECT_EQ(insert(account(2)), "nothing");
  same_member.revision = 2;
  EXPECT_EQ(duplicate_of([&] { write([&](Session& s) { s.update(same_member, 1); }); }),
            "memberId");
}

TEST_P(AccountsTest, ManyAccountsMayHaveNoMember) {
  write([](Session& s) {
    s.insert(account(1));
    s.insert(account(2));
  });
  EXPECT_EQ(read([](Session& s) { return s.count_accounts({}); }), 2);
}

TEST_P(AccountsTest, ImpossibleBalancesAreRefused) {
  AccountRow row = account(1);
  write([&](Session& s) { s.insert(row); });
  const auto refuses = [&](const std::function<void(AccountRow&)>& change) {
    AccountRow changed = row;
    changed.revision = 2;
    change(changed);
    EXPECT_THROW(write([&](Session& s) { s.update(changed, 1); }), Corrupt);
    changed.id = guid(9);
    changed.contact_id = guid(10);
    EXPECT_THROW(write([&](Session& s) { s.insert(changed); }), Corrupt);
  };
  refuses([](AccountRow& r) { r.held = Points::of(-1); });
  refuses([](AccountRow& r) { r.available = Points::of(1); });
  refuses([](AccountRow& r) { r.available = r.adjusted = Points::of(-1); });
  refuses([](AccountRow& r) { r.sequence = -1; });
  refuses([](AccountRow& r) { r.revision = 0; });
  AccountRow below = row;
  below.revision = 2;
  below.available = below.adjusted = Points::of(-1);
  below.below_zero_allowed = true;
  write([&](Session& s) { s.update(below, 1); });
  EXPECT_EQ(read([&](Session& s) { return s.account(row.id)->available; }), Points::of(-1));
}

TEST_P(AccountsTest, DueAccountsComeEarliestFirst) {
  write([](Session& s) {
    for (const int number : {1, 2, 3, 4}) {
      AccountRow row = account(number);
      if (number != 4) {
        row.due = at(100 - number);
      }
      s.insert(row);
    }
  });
  store::write(store(), other_site, [](Session& s) {
    AccountRow row = account(1);
    row.due = at(1);
    s.insert(row);
  });
  read([](Session& s) {
    EXPECT_EQ(s.due_accounts(at(98), 10), (std::vector<std::string>{guid(3), guid(2)}));
    EXPECT_EQ(s.due_accounts(at(200), 1), (std::vector<std::string>{guid(3)}));
    EXPECT_TRUE(s.due_accounts(at(96), 10).empty());
    EXPECT_EQ(s.next_due(), at(97));
    return 0;
  });
}

TEST_P(AccountsTest, MergedAccountsAreLeftOutOfListsButNotOfAudits) {
  write([](Session& s) {
    AccountRow merged = account(1);
    merged.merged_into = guid(2);
    s.insert(merged);
    s.insert(account(2));
    s.insert(account(3));
  });
  read([](Session& s) {
    EXPECT_EQ(s.count_accounts({}), 2);
    EXPECT_EQ(s.accounts({}).rows.size(), 2u);
    EXPECT_EQ(s.account(guid(1))->merged_into, guid(2));
    EXPECT_EQ(s.accounts_after("", 2).size(), 2u);
    EXPECT_EQ(s.accounts_after("", 2).front().id, guid(1));
    EXPECT_EQ(s.accounts_after(guid(2), 5).size(), 1u);
    return 0;
  });
}

TEST_P(AccountsTest, TotalsAreSumsAndTiersAreCounted) {
  write([](Session& s) {
    for (const int number : {1, 2, 3}) {
      AccountRow row = account(number);
      row.earned = Points::of(100 * number);
      row.redeemed = Points::of(10);
      row.held = Points::of(4);
      row.expired = Points::of(1);
      row.adjusted = Points::of(2);
      row.available = row.earned + row.adjusted - row.redeemed - row.expired;
      row.tier_id = number == 3 ? guid(50) : "";
      s.insert(row);
    }
  });
  const ProgramTotals totals = read([](Session& s) { return s.totals(); });
  EXPECT_EQ(totals.earned, Points::of(600));
  EXPECT_EQ(totals.redeemed, Points::of(30));
  EXPECT_EQ(totals.held, Points::of(12));
  EXPECT_EQ(totals.expired, Points::of(3));
  EXPECT_EQ(totals.adjusted, Points::of(6));
  EXPECT_EQ(totals.balance, Points::of(573));
  const std::vector<std::pair<std::string, std::int64_t>> tiers = {{"", 2}, {guid(50), 1}};
  EXPECT_EQ(totals.accounts_by_tier, tiers);
  const ProgramTotals none =
      store::read(store(), other_site, [](Session& s) { return s.totals(); });
  EXPECT_EQ(none.balance, no_points);
  EXPECT_TRUE(none.accounts_by_tier.empty());
}

TEST_P(AccountsTest, ValuesAreCountedMostFrequentFirst) {
  write([](Session& s) {
    for (const int number : {1, 2, 3, 4, 5, 6}) {
      AccountRow row = account(number);
      row.contact_name = number <= 3 ? "Ann" : number <= 5 ? "" : "Bob";
      row.last_activity = number == 1 ? std::optional{at(5)} : std::nullopt;
      row.reward_available = number == 1;
      s.insert(row);
    }
  });
  read([](Session& s) {
    const auto names = s.count_by({"contact.name", ValueType::text}, {}, 10);
    EXPECT_EQ(names.size(), 3u);
    EXPECT_EQ(names[0].value, "Ann");
    EXPECT_EQ(names[0].count, 3);
    EXPECT_FALSE(names[1].value);
    EXPECT_EQ(names[1].count, 2);
    EXPECT_EQ(s.count_by({"contact.name", ValueType::text}, {}, 1).size(), 1u);
    const auto times = s.count_by({"lastActivityDate", ValueType::instant}, {}, 10);
    EXPECT_EQ(times[1].value, "2025-10-09T08:53:25.000Z");
    const auto rewards = s.count_by({"rewardAvailable", ValueType::boolean}, {}, 10);
    EXPECT_EQ(rewards[0].value, "false");
    EXPECT_EQ(rewards[1].value, "true");
    const Filter only_ann{Filter::Op::eq, {"contact.name", ValueType::text}, {"Ann"}, {}};
    EXPECT_EQ(s.count_by({"contact.name", ValueType::text}, only_ann, 10).size(), 1u);
    EXPECT_EQ(s.count_accounts(only_ann), 3);
    return 0;
  });
}

TEST_P(AccountsTest, AFieldThatAccountsLackIsOurBug) {
  const Filter filter{Filter::Op::exists, {"state", ValueType::text}, {}, {}};
  EXPECT_THROW(read([&](Session& s) { return s.count_accounts(filter); }), std::logic_error);
}

}  // namespace
}  // namespace loyalty::store
