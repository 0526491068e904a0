// Every sequence of up to six commands out of a small alphabet: what must hold, holds after each.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/ledger/ledger_helpers.h"

namespace loyalty::ledger {
namespace {

struct Step {
  Command command;
  Duration later = Duration::milliseconds(1);
};

/// Two accounts, one of which has earned; a hold and a redemption that the commands can be about.
/// What follows on a refused command is not tried: the book is the same, which is checked (L6).
std::vector<Step> alphabet() {
  return {
      {Earn{"a", pts(2)}},
      {Earn{"b", pts(3)}},
      {Adjust{.account = "a", .points = pts(-1), .balance = {}, .revision = {}}},
      {PlaceHold{"a", pts(2), {}}},
      {Capture{"hold", pts(1)}},
      {Release{"hold"}},
      {Redeem{"a", pts(2)}},
      {Refund{"redeem", pts(1)}},
      {Refund{"hold", {}}},
      {Reverse{"earn", pts(1)}},
      {Reverse{"earn", {}}},
      {Merge{"a", "b"}},
      {Expire{""}, Duration::days(20)},
  };
}

/// The first hold and redemption of a sequence get the names by which others call them.
std::string key_for(const Book& book, const Command& command, std::size_t depth) {
  const std::string name(name_of(command));
  const bool named = name == "earn" || name == "hold" || name == "redeem";
  return named && book.answer(name) == nullptr ? name : "k" + std::to_string(depth);
}

Balance sum_of(const Book& book) {
  Balance sum;
  for (const auto& [id, account] : book.accounts()) {
    sum.post(account.balance.sums());
  }
  return sum;
}

/// What members and merchants see; the places behind it only ever grow.
struct Sums {
  Points available;
  Points held;
  Points earned;
  Points adjusted;
  Points redeemed;
  Points expired;
  Points debt;
  friend bool operator==(const Sums&, const Sums&) = default;
};

Sums sums_of(const Book& book) {
  const Balance balance = sum_of(book);
  Sums sums{balance.available(),
            balance.held(),
            balance.earned(),
            balance.adjusted(),
            balance.redeemed(),
            balance.expired(),
            {}};
  for (const auto& [id, account] : book.accounts()) {
    sums.debt += account.debt();
  }
  return sums;
}

bool run(Book& book, Instant now, const std::string& key, Command command) {
  return book.apply({.key = key, .origin = {}, .now = now, .command = std::move(command)}).ok();
}

class SmallScope {
 public:
  explicit SmallScope(Settings settings, std::size_t depth) : depth_{depth} {
    Book book(std::move(settings));
    EXPECT_TRUE(run(book, start_, "create-a", CreateAccount{"a"}));
    EXPECT_TRUE(run(book, start_, "create-b", CreateAccount{"b"}));
    EXPECT_TRUE(run(book, start_, "earn", Earn{"a", pts(4)}));
    visit(book, start_, 0);
  }

  std::int64_t visited = 0;

 private:
  void visit(const Book& book, Instant now, std::size_t depth) {
    ++visited;
    if (depth + 1 < depth_) {
      check_round_trips(book, now);
      check_split_reversals(book, now);
    }
    if (depth == depth_) {
      return;
    }
    for (const Step& step : letters_) {
      Book next = book;
      const Instant later = now + step.later;
      const std::string key = key_for(book, step.command, depth);
      const bool done = run(next, later, key, step.command);
      ASSERT_EQ(audit(next), std::vector<Finding>{}) << key;  // L1 to L5, L7
      if (done) {
        ASSERT_LE(book.log().size(), next.log().size());
        check_replay(next, later, key, step.command);
      } else {
        ASSERT_TRUE(next == book) << "L6";
      }
      if (done && !::testing::Test::HasFatalFailure()) {
        visit(next, later, depth + 1);
      }
    }
  }

  void check_replay(const Book& book, Instant now, const std::string& key, const Command& command) {
    Book again = book;
    ASSERT_TRUE(run(again, now + Duration::days(1), key, command));
    ASSERT_TRUE(again == book) << "L5";
  }

  /// L9: there and back leaves the same sums.
  void check_round_trips(const Book& book, Instant now) {
    Book swept = book;
    ASSERT_TRUE(run(swept, now, "sweep", Expire{""}));
    const Sums before = sums_of(swept);
    Book earned = swept;
    if (run(earned, now, "there", Earn{"a", pts(3)})) {
      ASSERT_TRUE(run(earned, now, "back", Reverse{"there", {}}));
      const Sums after = sums_of(earned);
      // Where a debt was open, the earn paid for it, and taking the earn back moved it elsewhere.
      ASSERT_EQ(after.available - after.debt, before.available - before.debt);
      ASSERT_TRUE(before.debt != no_points || after == before);
    }
    Book held = swept;
    if (run(held, now, "there", PlaceHold{"a", pts(1), {}})) {
      ASSERT_TRUE(run(held, now, "back", Release{"there"}));
      ASSERT_TRUE(sums_of(held) == before);
    }
    Book redeemed = swept;
    if (run(redeemed, now, "there", Redeem{"a", pts(1)})) {
      ASSERT_TRUE(run(redeemed, now, "back", Refund{"there", {}}));
      ASSERT_TRUE(sums_of(redeemed) == before);
    }
  }

  /// L10: in two parts as in one.
  void check_split_reversals(const Book& book, Instant now) {
    Book whole = book;
    if (!run(whole, now, "whole", Reverse{"earn", {}})) {
      return;
    }
    Book parts = book;
    ASSERT_TRUE(run(parts, now, "part", Reverse{"earn", pts(1)}));
    run(parts, now, "rest", Reverse{"earn", {}});  // refused where one point was all
    ASSERT_TRUE(sums_of(parts) == sums_of(whole));
  }

  const Instant start_ = at("2025-01-15T12:00:00Z");
  const std::size_t depth_;
  const std::vector<Step> letters_ = alphabet();
};

Settings settings_of(ExpiryModel model, ReversalPolicy policy) {
  Settings settings = with_expiry(model, 1);
  settings.reversal = policy;
  return settings;
}

TEST(SmallScope, EverySequenceOfSixCommands) {
  const SmallScope scope(settings_of(ExpiryModel::lots, ReversalPolicy::clamp), 6);
  EXPECT_GT(scope.visited, 100'000);
}

TEST(SmallScope, EverySequenceOfFourCommandsUnderEveryPolicy) {
  for (const ExpiryModel model : {ExpiryModel::none, ExpiryModel::inactivity, ExpiryModel::lots}) {
    for (const ReversalPolicy policy :
         {ReversalPolicy::clamp, ReversalPolicy::allow_negative, ReversalPolicy::forgive}) {
      const SmallScope scope(settings_of(model, policy), 4);
      EXPECT_GT(scope.visited, 1'000);
    }
  }
}

}  // namespace
}  // namespace loyalty::ledger
