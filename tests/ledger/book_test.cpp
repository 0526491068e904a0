#include "core/ledger/book.h"

#include <gtest/gtest.h>

#include "core/base/limits.h"
#include "core/ledger/expiry.h"
#include "tests/ledger/ledger_helpers.h"

namespace loyalty::ledger {
namespace {

// --- accounts, earn, adjust

TEST(Book, CreatesAnAccountOnce) {
  Desk desk;
  EXPECT_TRUE(desk.done(CreateAccount{"ann"}).entries.empty());
  EXPECT_EQ(desk.refused(CreateAccount{"ann"}), "ACCOUNT_ALREADY_EXISTS");
  EXPECT_EQ(desk.account().revision, 1);
}

TEST(Book, EarnAddsPoints) {
  const Desk desk = desk_with(100);
  const Entry& entry = desk.book.log().front();
  EXPECT_EQ(entry.kind, EntryKind::earn);
  EXPECT_EQ(entry.sequence, 1);
  EXPECT_EQ(entry.amount, pts(100));
  EXPECT_EQ(entry.available_after, pts(100));
  EXPECT_EQ(entry.postings.on(LedgerAccount::program_issued), pts(-100));
  EXPECT_EQ(desk.account().balance.earned(), pts(100));
  EXPECT_EQ(desk.account().revision, 2);
}

TEST(Book, EarnNeedsAnAccountUnlessARuleGrants) {
  Desk desk;
  EXPECT_EQ(desk.refused(Earn{"bob", pts(5)}), "ACCOUNT_NOT_FOUND");
  desk.done(Earn{"bob", pts(5), true});
  EXPECT_EQ(desk.available("bob"), 5);
}

TEST(Book, ARuleCreatesNoAccountWhereTheProgramDoesNotWantIt) {
  Settings settings;
  settings.create_accounts = false;
  Desk desk(settings);
  EXPECT_EQ(desk.refused(Earn{"bob", pts(5), true}), "ACCOUNT_NOT_FOUND");
}

TEST(Book, EarnOfNothingWritesNoTransaction) {
  Desk desk = desk_with(100);
  EXPECT_TRUE(desk.done(Earn{"ann", pts(0), true}).entries.empty());
  EXPECT_EQ(desk.refused(Earn{"ann", pts(0), false}), "VALIDATION");
  EXPECT_EQ(desk.account().revision, 2);
}

TEST(Book, EarnSaysThatItWasClamped) {
  Desk desk = desk_with(1);
  const Outcome outcome = desk.done(Earn{"ann", pts(limits::points_per_call_max), true, true});
  EXPECT_TRUE(outcome.entries[0].clamped);
}

TEST(Book, BalanceHasALimit) {
  Desk desk = desk_with(1);
  desk.done(
      Adjust{.account = "ann", .points = {}, .balance = pts(limits::points_max), .revision = {}});
  EXPECT_EQ(desk.refused(Earn{"ann", pts(1)}), "BALANCE_LIMIT_EXCEEDED");
  desk.done(PlaceHold{"ann", pts(10), {}});
  EXPECT_EQ(desk.refused(Earn{"ann", pts(1)}), "BALANCE_LIMIT_EXCEEDED")
      << "a release would exceed it";
  EXPECT_EQ(desk.refused(Adjust{.account = "ann", .points = pts(1), .balance = {}, .revision = {}}),
            "BALANCE_LIMIT_EXCEEDED");
}

TEST(Book, AdjustByAmountIsSigned) {
  Desk desk = desk_with(100);
  const Outcome outcome =
      desk.done(Adjust{.account = "ann", .points = pts(-30), .balance = {}, .revision = {}});
  EXPECT_EQ(outcome.entries[0].amount, pts(-30));
  EXPECT_EQ(desk.available(), 70);
  EXPECT_EQ(desk.account().balance.adjusted(), pts(-30));
}

TEST(Book, AdjustNeverLeavesLessThanNothing) {
  Desk desk = desk_with(100);
  EXPECT_EQ(
      desk.refused(Adjust{.account = "ann", .points = pts(-101), .balance = {}, .revision = {}}),
      "NEGATIVE_BALANCE");
}

TEST(Book, AdjustToTheSameBalanceIsASuccessWithoutATransaction) {
  Desk desk = desk_with(100);
  const Outcome outcome =
      desk.done(Adjust{.account = "ann", .points = {}, .balance = pts(100), .revision = {}});
  EXPECT_TRUE(outcome.entries.empty());
  EXPECT_EQ(desk.account().revision, 2);
}

TEST(Book, AdjustChecksTheRevisionWhenItHasOne) {
  Desk desk = desk_with(100);
  EXPECT_EQ(desk.refused(Adjust{.account = "ann", .points = pts(1), .balance = {}, .revision = 1}),
            "REVISION_MISMATCH");
  desk.done(Adjust{.account = "ann", .points = pts(1), .balance = {}, .revision = 2});
  desk.done(Adjust{.account = "ann", .points = pts(1), .balance = {}, .revision = {}});
  EXPECT_EQ(desk.available(), 102);
}

// --- holds

TEST(Book, HoldSetsPointsAside) {
  Desk desk = desk_with(100);
  desk.done(PlaceHold{"ann", pts(60), {}}, "h1");
  EXPECT_EQ(desk.available(), 40);
  EXPECT_EQ(desk.held(), 60);
  EXPECT_EQ(desk.account().balance.redeemed(), pts(60)) << "held points count as redeemed (U95)";
  EXPECT_EQ(desk.refused(PlaceHold{"ann", pts(41), {}}), "INSUFFICIENT_POINTS");
}

TEST(Book, CaptureSpendsAndReturnsTheRest) {
  Desk desk = desk_with(100);
  desk.done(PlaceHold{"ann", pts(60), {}}, "h1");
  desk.done(Capture{"h1", pts(45)});
  EXPECT_EQ(desk.available(), 55);
  EXPECT_EQ(desk.held(), 0);
  EXPECT_EQ(desk.account().balance.redeemed(), pts(45));
}

TEST(Book, ReleaseReturnsEverything) {
  Desk desk = desk_with(100);
  desk.done(PlaceHold{"ann", pts(60), {}}, "h1");
  desk.done(Release{"h1"});
  EXPECT_EQ(desk.available(), 100);
  EXPECT_EQ(desk.account().balance.redeemed(), pts(0));
}

TEST(Book, AHoldEndsOnceAndSaysHow) {
  Desk desk = desk_with(100);
  desk.done(PlaceHold{"ann", pts(10), {}}, "captured");
  desk.done(Capture{"captured", {}});
  EXPECT_EQ(desk.refused(Capture{"captured", {}}), "ALREADY_CAPTURED");
  EXPECT_EQ(desk.refused(Release{"captured"}), "ALREADY_CAPTURED");

  desk.done(PlaceHold{"ann", pts(10), {}}, "released");
  desk.done(Release{"released"});
  EXPECT_EQ(desk.refused(Capture{"released", {}}), "ALREADY_RELEASED");
  EXPECT_EQ(desk.refused(Release{"released"}), "ALREADY_RELEASED");

  desk.done(PlaceHold{"ann", pts(10), {}}, "expired");
  desk.now = desk.now + Duration::minutes(61);
  desk.done(Expire{""});
  EXPECT_EQ(desk.refused(Capture{"expired", {}}), "HOLD_EXPIRED");
  EXPECT_EQ(desk.refused(Release{"expired"}), "HOLD_EXPIRED");
}

TEST(Book, CaptureTakesNoMoreThanIsHeld) {
  Desk desk = desk_with(100);
  desk.done(PlaceHold{"ann", pts(10), {}}, "h1");
  EXPECT_EQ(desk.refused(Capture{"h1", pts(11)}), "EXCEEDS_HOLD");
  EXPECT_EQ(desk.refused(Capture{"h1", pts(0)}), "VALIDATION");
}

TEST(Book, AHoldIsOverAtItsExpiryWhetherOrNotAnybodySwept) {
  Desk desk = desk_with(100);
  desk.done(PlaceHold{"ann", pts(10), Duration::minutes(5)}, "h1");
  const Instant expires_at = *desk.book.log().back().expires_at;
  Desk early = desk;
  early.now = expires_at - Duration::milliseconds(1);
  early.done(Capture{"h1", {}});
  desk.now = expires_at;
  EXPECT_EQ(desk.refused(Capture{"h1", {}}), "HOLD_EXPIRED");
  const Outcome swept = desk.done(Redeem{"ann", pts(100)});
  ASSERT_EQ(swept.entries.size(), 2U);
  EXPECT_EQ(swept.entries[0].kind, EntryKind::expire_hold);
  EXPECT_EQ(swept.entries[0].key, "expire:h1");
  EXPECT_EQ(swept.entries[0].at, expires_at);
}

TEST(Book, OnlyAHoldCanBeCapturedOrReleased) {
  Desk desk = desk_with(100);
  desk.done(Redeem{"ann", pts(10)}, "r1");
  desk.done(PlaceHold{"ann", pts(10), {}}, "h1");
  desk.done(Capture{"h1", {}}, "c1");
  for (const char* key : {"e1", "r1", "c1", "nobody"}) {
    EXPECT_EQ(desk.refused(Capture{key, {}}), "TRANSACTION_NOT_FOUND") << key;
    EXPECT_EQ(desk.refused(Release{key}), "TRANSACTION_NOT_FOUND") << key;
  }
}

// --- refunds

TEST(Book, RefundReturnsTheRedemptionOnce) {
  Desk desk = desk_with(100);
  desk.done(Redeem{"ann", pts(30)}, "r1");
  desk.done(Refund{"r1", {}});
  EXPECT_EQ(desk.available(), 100);
  EXPECT_EQ(desk.account().balance.redeemed(), pts(0));
  EXPECT_EQ(desk.refused(Refund{"r1", {}}), "TRANSACTION_ALREADY_REFUNDED");
}

TEST(Book, RefundsInPartsNeverExceedTheWhole) {
  Desk desk = desk_with(100);
  desk.done(PlaceHold{"ann", pts(30), {}}, "h1");
  desk.done(Capture{"h1", pts(20)}, "c1");
  desk.done(Refund{"h1", pts(15)});
  EXPECT_EQ(desk.refused(Refund{"h1", pts(6)}), "TRANSACTION_ALREADY_REFUNDED");
  desk.done(Refund{"c1", pts(5)});
  EXPECT_EQ(desk.available(), 100);
}

TEST(Book, OnlyWhatWasSpentCanBeRefunded) {
  Desk desk = desk_with(100);
  desk.done(PlaceHold{"ann", pts(10), {}}, "open");
  desk.done(PlaceHold{"ann", pts(10), {}}, "released");
  desk.done(Release{"released"});
  desk.done(Adjust{.account = "ann", .points = pts(1), .balance = {}, .revision = {}}, "a1");
  for (const char* key : {"open", "released", "e1", "a1"}) {
    EXPECT_EQ(desk.refused(Refund{key, {}}), "TRANSACTION_NOT_REFUNDABLE") << key;
  }
  EXPECT_EQ(desk.refused(Refund{"nobody", {}}), "TRANSACTION_NOT_FOUND");
}

TEST(Book, RefundGoesBackToTheLotsThatWereSpent) {
  Desk desk = desk_with(10, with_expiry(ExpiryModel::lots, 12));
  desk.now = desk.now + Duration::days(30);
  desk.done(Earn{"ann", pts(10)}, "e2");
  const Lots before = desk.account().lots;
  const Outcome spent = desk.done(Redeem{"ann", pts(15)}, "r1");
  EXPECT_EQ(spent.entries[0].lots, (std::vector<LotPart>{{"e1", pts(10)}, {"e2", pts(5)}}));
  desk.done(Refund{"r1", {}});
  EXPECT_EQ(desk.account().lots, before);
}

// --- reversals

TEST(Book, ReverseTakesTheEarnBack) {
  Desk desk = desk_with(100);
  desk.done(Reverse{"e1", {}});
  EXPECT_EQ(desk.available(), 0);
  EXPECT_EQ(desk.account().balance.earned(), pts(0));
  EXPECT_EQ(desk.refused(Reverse{"e1", {}}), "TRANSACTION_ALREADY_REFUNDED");
}

TEST(Book, ReverseKnowsItsOwnKind) {
  Desk desk = desk_with(100);
  desk.done(Redeem{"ann", pts(1)}, "r1");
  desk.done(Earn{"ann", pts(0), true}, "nothing");
  EXPECT_EQ(desk.refused(Reverse{"r1", {}}), "TRANSACTION_NOT_REFUNDABLE");
  EXPECT_EQ(desk.refused(Reverse{"nothing", {}}), "TRANSACTION_NOT_REFUNDABLE");
  EXPECT_EQ(desk.refused(Reverse{"nobody", {}}), "TRANSACTION_NOT_FOUND");
  EXPECT_EQ(desk.refused(Reverse{"e1", pts(101)}), "TRANSACTION_ALREADY_REFUNDED");
}

TEST(Book, ClampRemembersWhatIsMissingAndTakesItFromTheNextEarns) {
  Desk desk = desk_with(100);
  desk.done(Redeem{"ann", pts(70)});
  const Outcome reversal = desk.done(Reverse{"e1", {}});
  EXPECT_EQ(reversal.entries[0].amount, pts(30));
  EXPECT_EQ(reversal.entries[0].shortfall, pts(70));
  EXPECT_EQ(desk.account().debt(), pts(70));

  const Outcome first = desk.done(Earn{"ann", pts(50)}, "e2");
  ASSERT_EQ(first.entries.size(), 2U);
  EXPECT_EQ(first.entries[1].kind, EntryKind::reverse);
  EXPECT_EQ(first.entries[1].of, "e1");
  EXPECT_EQ(desk.available(), 0);
  EXPECT_EQ(desk.account().debt(), pts(20));

  desk.done(Earn{"ann", pts(50)}, "e3");
  EXPECT_EQ(desk.available(), 30);
  EXPECT_EQ(desk.account().debt(), pts(0));
  EXPECT_EQ(desk.account().balance.earned(), pts(100));
}

TEST(Book, AllowNegativeGoesBelowZero) {
  Settings settings;
  settings.reversal = ReversalPolicy::allow_negative;
  Desk desk = desk_with(100, settings);
  desk.done(Redeem{"ann", pts(70)}, "r1");
  desk.done(Reverse{"e1", {}});
  EXPECT_EQ(desk.available(), -70);
  EXPECT_EQ(desk.refused(Redeem{"ann", pts(1)}), "INSUFFICIENT_POINTS");
  desk.done(Earn{"ann", pts(100)});
  EXPECT_EQ(desk.available(), 30);
  EXPECT_EQ(total(desk.account().lots), pts(30));
  desk.done(Refund{"r1", {}});
  EXPECT_EQ(desk.available(), 100);
}

TEST(Book, ForgiveTakesWhatIsThere) {
  Settings settings;
  settings.reversal = ReversalPolicy::forgive;
  Desk desk = desk_with(100, settings);
  desk.done(Redeem{"ann", pts(70)});
  desk.done(Reverse{"e1", {}});
  EXPECT_EQ(desk.available(), 0);
  EXPECT_EQ(desk.account().debt(), pts(0));
  desk.done(Earn{"ann", pts(50)});
  EXPECT_EQ(desk.available(), 50);
}

TEST(Book, ReversalsInPartsAddUpToTheWhole) {
  for (const ReversalPolicy policy :
       {ReversalPolicy::clamp, ReversalPolicy::allow_negative, ReversalPolicy::forgive}) {
    for (std::int64_t spent = 0; spent <= 10; ++spent) {
      for (std::int64_t first = 1; first < 10; ++first) {
        Settings settings;
        settings.reversal = policy;
        Desk whole = desk_with(10, settings);
        if (spent > 0) {
          whole.done(Redeem{"ann", pts(spent)});
        }
        Desk parts = whole;
        whole.done(Reverse{"e1", {}});
        parts.done(Reverse{"e1", pts(first)});
        parts.done(Reverse{"e1", pts(10 - first)});
        EXPECT_EQ(whole.account().balance, parts.account().balance);
        EXPECT_EQ(whole.account().debt(), parts.account().debt());
      }
    }
  }
}

TEST(Book, ReversalTakesTheOrdersOwnPointsFirst) {
  Desk desk = desk_with(10, with_expiry(ExpiryModel::lots, 12));
  desk.done(Earn{"ann", pts(10)}, "e2");
  desk.done(Reverse{"e2", pts(4)});
  ASSERT_EQ(desk.account().lots.size(), 2U);
  EXPECT_EQ(desk.account().lots[0].points, pts(10));
  EXPECT_EQ(desk.account().lots[1].points, pts(6));
}

// --- keys

TEST(Book, TheSameKeyGetsTheFirstAnswerAgain) {
  Desk desk = desk_with(100);
  const Outcome first = desk.done(Redeem{"ann", pts(30)}, "r1");
  const Book before = desk.book;
  desk.now = desk.now + Duration::days(3);
  const Outcome again = desk.done(Redeem{"ann", pts(30)}, "r1");
  EXPECT_TRUE(again.replayed);
  EXPECT_EQ(again.entries, first.entries);
  EXPECT_TRUE(desk.book == before);
}

TEST(Book, TheSameKeyForSomethingElseIsRefusedAndSaysWhatDiffers) {
  Desk desk = desk_with(100);
  const auto difference = [&](Command command) {
    const Result<Outcome, Refusal> result = desk.tell(std::move(command), "e1");
    EXPECT_EQ(result.error().code, RefusalCode::idempotency_key_reused);
    return std::string(result.error().field);
  };
  EXPECT_EQ(difference(Earn{"ann", pts(99)}), "points");
  EXPECT_EQ(difference(Earn{"bob", pts(100)}), "account");
  EXPECT_EQ(difference(Earn{"ann", pts(100), true}), "byRule");
  EXPECT_EQ(difference(Redeem{"ann", pts(100)}), "op");
}

TEST(Book, ARefusalIsNotRemembered) {
  Desk desk = desk_with(10);
  EXPECT_FALSE(desk.tell(Redeem{"ann", pts(11)}, "r1").ok());
  desk.done(Earn{"ann", pts(1)});
  EXPECT_FALSE(desk.done(Redeem{"ann", pts(11)}, "r1").replayed);
}

TEST(Book, TheOriginIsEchoed) {
  Desk desk = desk_with(10);
  const Request request{"x", "crm", desk.now, Redeem{"ann", pts(1)}};
  EXPECT_EQ(desk.book.apply(request).value().entries[0].origin, "crm");
  const Result<Outcome, Refusal> other =
      desk.book.apply({"x", "pos", desk.now, Redeem{"ann", pts(1)}});
  EXPECT_EQ(other.error().field, "origin");
}

TEST(Book, RefusesValuesOutOfRange) {
  Desk desk = desk_with(10);
  const auto field = [&](Command command) {
    const Result<Outcome, Refusal> result = desk.tell(std::move(command));
    EXPECT_EQ(result.error().code, RefusalCode::validation);
    return std::string(result.error().field);
  };
  EXPECT_EQ(field(CreateAccount{""}), "account");
  EXPECT_EQ(field(CreateAccount{std::string(129, 'a')}), "account");
  EXPECT_EQ(field(Earn{"", pts(1)}), "account");
  EXPECT_EQ(field(Earn{"ann", pts(-1)}), "points");
  EXPECT_EQ(field(Earn{"ann", pts(10'000'000)}), "points");
  EXPECT_EQ(field(Adjust{.account = "", .points = pts(1), .balance = {}, .revision = {}}),
            "account");
  EXPECT_EQ(field(Adjust{.account = "ann", .points = {}, .balance = {}, .revision = {}}),
            "balance");
  EXPECT_EQ(field(Adjust{.account = "ann", .points = pts(1), .balance = pts(1), .revision = {}}),
            "balance");
  EXPECT_EQ(field(Adjust{.account = "ann", .points = pts(0), .balance = {}, .revision = {}}),
            "points");
  EXPECT_EQ(field(Adjust{.account = "ann", .points = {}, .balance = pts(-1), .revision = {}}),
            "balance");
  EXPECT_EQ(field(PlaceHold{"ann", pts(0), {}}), "points");
  EXPECT_EQ(field(PlaceHold{"", pts(1), {}}), "account");
  EXPECT_EQ(field(PlaceHold{"ann", pts(1), Duration::days(367)}), "lifetime");
  EXPECT_EQ(field(PlaceHold{"ann", pts(1), Duration::milliseconds(0)}), "lifetime");
  EXPECT_EQ(field(Capture{"", {}}), "hold");
  EXPECT_EQ(field(Release{""}), "hold");
  EXPECT_EQ(field(Redeem{"", pts(1)}), "account");
  EXPECT_EQ(field(Redeem{"ann", pts(0)}), "points");
  EXPECT_EQ(field(Refund{"", {}}), "of");
  EXPECT_EQ(field(Refund{"e1", pts(0)}), "points");
  EXPECT_EQ(field(Reverse{"\n", {}}), "of");
  EXPECT_EQ(field(Reverse{"e1", pts(0)}), "points");
  EXPECT_EQ(field(Merge{"", "ann"}), "from");
  EXPECT_EQ(field(Merge{"ann", "ann"}), "into");
  EXPECT_EQ(field(Expire{std::string(129, 'a')}), "account");
  EXPECT_EQ(field(SetExpiry{{.model = {}, .months = 0, .percentage = 1, .grain = {}}}), "months");
  EXPECT_EQ(field(SetExpiry{{.model = {}, .months = 1, .percentage = 101, .grain = {}}}),
            "percentage");
  EXPECT_EQ(desk.book.apply({"", {}, desk.now, Redeem{"ann", pts(1)}}).error().field, "key");
  EXPECT_EQ(
      desk.book.apply({std::string(257, 'k'), {}, desk.now, Redeem{"ann", pts(1)}}).error().field,
      "key");
  EXPECT_EQ(desk.book.apply({"k", std::string(65, 'o'), desk.now, Expire{""}}).error().field,
            "origin");
  EXPECT_EQ(desk.book.apply({"k", "", Instant::max(), Expire{""}}).error().field, "now");
}

TEST(Book, AHoldIsExtendedFromNowOnAndNeverShortened) {
  Desk desk = desk_with(100);
  desk.done(PlaceHold{"ann", pts(40), {}}, "h1");
  const Instant placed = desk.now;
  desk.now = desk.now + Duration::minutes(50);
  const Outcome extended = desk.done(ExtendHold{"h1", {}}, "x1");
  ASSERT_EQ(extended.entries.size(), 1U);
  EXPECT_EQ(extended.entries[0].kind, EntryKind::extend);
  EXPECT_EQ(extended.entries[0].of, "h1");
  EXPECT_EQ(extended.entries[0].amount, pts(40));
  EXPECT_EQ(extended.entries[0].expires_at, placed + Duration::minutes(110));
  EXPECT_TRUE(desk.done(ExtendHold{"h1", Duration::minutes(5)}).entries.empty());
  EXPECT_EQ(desk.account().holds[0].expires_at, placed + Duration::minutes(110));
  desk.now = placed + Duration::minutes(109);
  EXPECT_EQ(desk.held(), 40);
  desk.done(Capture{"h1", {}}, "c1");
  EXPECT_EQ(desk.refused(ExtendHold{"h1", {}}), "ALREADY_CAPTURED");
  EXPECT_EQ(desk.refused(ExtendHold{"e1", {}}), "TRANSACTION_NOT_FOUND");
  EXPECT_EQ(desk.refused(ExtendHold{"nobody", {}}), "TRANSACTION_NOT_FOUND");
}

TEST(Book, AHoldThatIsOverIsNotExtended) {
  Desk desk = desk_with(100);
  desk.done(PlaceHold{"ann", pts(40), {}}, "h1");
  desk.now = desk.account().holds[0].expires_at;
  EXPECT_EQ(desk.refused(ExtendHold{"h1", {}}), "HOLD_EXPIRED");
}

TEST(Book, AnotherZoneMovesWhatExpiresLaterAndNothingThatWas) {
  Desk desk = desk_with(100, with_expiry(ExpiryModel::lots, 1));
  desk.done(SetZone{ZoneTable::fixed(-10 * 3'600)});
  desk.now = at("2025-02-16T09:59:59.999Z");
  EXPECT_TRUE(desk.done(Expire{"ann"}).entries.empty());
  desk.now = at("2025-02-16T10:00:00Z");
  ASSERT_EQ(desk.done(Expire{"ann"}).entries.size(), 1U);
  desk.done(SetZone{ZoneTable::fixed(3'600)});
  EXPECT_EQ(desk.available(), 0);
}

TEST(Book, AnotherZoneComesAfterWhatWasOverByTheOldOne) {
  Desk desk = desk_with(100, with_expiry(ExpiryModel::lots, 1));
  desk.now = at("2025-02-16T00:00:00Z");
  const Outcome changed = desk.done(SetZone{ZoneTable::fixed(-10 * 3'600)});
  ASSERT_EQ(changed.entries.size(), 1U);
  EXPECT_EQ(changed.entries[0].kind, EntryKind::expire_points);
  EXPECT_TRUE(desk.done(SetZone{ZoneTable::fixed(-10 * 3'600)}).entries.empty());
}

TEST(Book, AnotherCommandUnderAKnownKeyNamesTheField) {
  const std::pair<Command, Command> pairs[] = {
      {Capture{"a", {}}, Capture{"b", {}}},
      {Capture{"a", {}}, Capture{"a", pts(1)}},
      {Release{"a"}, Release{"b"}},
      {CreateAccount{"a"}, CreateAccount{"b"}},
      {Expire{"a"}, Expire{"b"}},
      {Redeem{"a", pts(1)}, Redeem{"b", pts(1)}},
      {Redeem{"a", pts(1)}, Redeem{"a", pts(2)}},
      {Refund{"a", {}}, Refund{"b", {}}},
      {Refund{"a", {}}, Refund{"a", pts(1)}},
      {Reverse{"a", {}}, Reverse{"b", {}}},
      {Reverse{"a", {}}, Reverse{"a", pts(1)}},
      {Merge{"a", "b"}, Merge{"c", "b"}},
      {Merge{"a", "b"}, Merge{"a", "c"}},
      {SetStatus{Status::active}, SetStatus{Status::paused}},
      {SetExpiry{},
       SetExpiry{{.model = ExpiryModel::lots, .months = 1, .percentage = 1, .grain = {}}}},
      {PlaceHold{"a", pts(1), {}}, PlaceHold{"b", pts(1), {}}},
      {PlaceHold{"a", pts(1), {}}, PlaceHold{"a", pts(2), {}}},
      {PlaceHold{"a", pts(1), {}}, PlaceHold{"a", pts(1), Duration::minutes(1)}},
      {Earn{"a", pts(1), true}, Earn{"a", pts(1), true, true}},
      {Adjust{"a", pts(1), {}, {}}, Adjust{"b", pts(1), {}, {}}},
      {Adjust{"a", pts(1), {}, {}}, Adjust{"a", pts(2), {}, {}}},
      {Adjust{"a", {}, pts(1), {}}, Adjust{"a", {}, pts(2), {}}},
      {Adjust{"a", {}, pts(1), {}}, Adjust{"a", {}, pts(1), 3}},
      {Adjust{"a", pts(1), {}, {}}, Adjust{"a", pts(1), {}, {}, true}},
      {ExtendHold{"a", {}}, ExtendHold{"b", {}}},
      {ExtendHold{"a", {}}, ExtendHold{"a", Duration::minutes(1)}},
      {SetZone{}, SetZone{ZoneTable::fixed(60)}},
  };
  const char* fields[] = {
      "hold",    "points",   "hold",   "account", "account",  "account",
      "points",  "of",       "points", "of",      "points",   "from",
      "into",    "status",   "expiry", "account", "points",   "lifetime",
      "clamped", "account",  "points", "balance", "revision", "excludedFromTiers",
      "hold",    "lifetime", "zone"};
  for (std::size_t i = 0; i < std::size(pairs); ++i) {
    EXPECT_EQ(first_difference(pairs[i].first, pairs[i].second), fields[i]) << i;
    EXPECT_EQ(first_difference(pairs[i].first, pairs[i].first), "") << i;
  }
}

// --- time

TEST(Book, LedgerTimeIsStrictlyIncreasingPerAccount) {
  Desk desk = desk_with(10);
  desk.now = desk.now - Duration::days(1);
  desk.done(Redeem{"ann", pts(1)});
  const std::vector<Entry>& log = desk.book.log();
  EXPECT_EQ(log[1].at, log[0].at + Duration::milliseconds(1));
}

TEST(Book, SweepsInTheExactOrderOfInstants) {
  Desk desk;
  desk.done(CreateAccount{"zoe"});
  desk.done(CreateAccount{"ann"});
  desk.done(Earn{"ann", pts(10)});
  desk.done(Earn{"zoe", pts(10)});
  desk.done(PlaceHold{"ann", pts(1), Duration::minutes(30)}, "second");
  desk.done(PlaceHold{"zoe", pts(1), Duration::minutes(10)}, "first");
  desk.done(PlaceHold{"ann", pts(1), Duration::minutes(50)}, "third");
  desk.now = desk.now + Duration::days(1);
  const Outcome swept = desk.done(Expire{""});
  ASSERT_EQ(swept.entries.size(), 3U);
  EXPECT_EQ(swept.entries[0].of, "first");
  EXPECT_EQ(swept.entries[1].of, "second");
  EXPECT_EQ(swept.entries[2].of, "third");
  EXPECT_TRUE(desk.done(Expire{""}).entries.empty()) << "what has been swept is swept once";
}

TEST(Book, SweepsOneAccount) {
  Desk desk = desk_with(10);
  EXPECT_EQ(desk.refused(Expire{"bob"}), "ACCOUNT_NOT_FOUND");
  desk.done(PlaceHold{"ann", pts(1), {}});
  desk.now = desk.now + Duration::days(1);
  EXPECT_EQ(desk.done(Expire{"ann"}).entries.size(), 1U);
}

// --- expiry by inactivity

TEST(Book, InactivityTakesAPercentageAndStartsAgain) {
  Desk desk = desk_with(101, with_expiry(ExpiryModel::inactivity, 3, 50));
  desk.now = at("2025-04-15T23:59:59.999Z");
  EXPECT_TRUE(desk.done(Expire{""}).entries.empty()) << "valid through the last day";
  desk.now = at("2025-04-16T00:00:00Z");
  const Outcome first = desk.done(Expire{""});
  ASSERT_EQ(first.entries.size(), 1U);
  EXPECT_EQ(first.entries[0].kind, EntryKind::expire_points);
  EXPECT_EQ(first.entries[0].amount, pts(50)) << "floor of 101 x 50 % (U32)";
  EXPECT_EQ(desk.available(), 51);
  // The next run counts from the expiry (U33), and so is a day later in the month.
  EXPECT_EQ(next_expiry(desk.book.program(), desk.account(), desk.now),
            (NextExpiry{at("2025-07-17T00:00:00Z"), pts(25)}));
}

TEST(Book, EarnAndRedeemAreActivityAdjustIsNot) {
  Desk desk = desk_with(100, with_expiry(ExpiryModel::inactivity, 1));
  const auto expires = [&] {
    return next_expiry(desk.book.program(), desk.account(), desk.now)->at;
  };
  EXPECT_EQ(expires(), at("2025-02-16T00:00:00Z"));
  desk.now = at("2025-01-20T12:00:00Z");
  desk.done(Adjust{.account = "ann", .points = pts(5), .balance = {}, .revision = {}});
  EXPECT_EQ(expires(), at("2025-02-16T00:00:00Z"));
  desk.done(Redeem{"ann", pts(5)}, "r1");
  EXPECT_EQ(expires(), at("2025-02-21T00:00:00Z"));
  desk.now = at("2025-01-25T12:00:00Z");
  desk.done(Refund{"r1", {}});
  EXPECT_EQ(expires(), at("2025-02-21T00:00:00Z"));
  desk.done(PlaceHold{"ann", pts(5), {}});
  EXPECT_EQ(expires(), at("2025-02-26T00:00:00Z"));
}

TEST(Book, WhatIsActivityCanBeConfigured) {
  Settings settings = with_expiry(ExpiryModel::inactivity, 1);
  settings.activity = {.earn = false, .redeem = false, .adjust = true, .refund = true};
  Desk desk = desk_with(100, settings);
  desk.done(Redeem{"ann", pts(5)}, "r1");
  EXPECT_FALSE(desk.account().last_activity.has_value());
  desk.done(Refund{"r1", {}});
  EXPECT_TRUE(desk.account().last_activity.has_value());
  desk.now = at("2025-01-20T12:00:00Z");
  desk.done(Adjust{.account = "ann", .points = pts(5), .balance = {}, .revision = {}});
  EXPECT_EQ(*desk.account().last_activity, desk.now);
}

TEST(Book, ADormantAccountWithoutPointsDoesNotLoseALateGiftAtOnce) {
  Desk desk(with_expiry(ExpiryModel::inactivity, 1));
  desk.done(CreateAccount{"ann"});
  desk.now = at("2025-09-20T12:00:00Z");
  desk.done(Adjust{.account = "ann", .points = pts(5), .balance = {}, .revision = {}});
  EXPECT_TRUE(desk.done(Expire{""}).entries.empty());
  EXPECT_EQ(desk.available(), 5);
}

TEST(Book, RefundNeverExpiresWithinFourteenDays) {
  Desk desk = desk_with(100, with_expiry(ExpiryModel::inactivity, 1));
  desk.done(Redeem{"ann", pts(40)}, "r1");
  desk.now = at("2025-02-10T12:00:00Z");
  desk.done(Refund{"r1", {}});
  EXPECT_EQ(next_expiry(desk.book.program(), desk.account(), desk.now)->at,
            at("2025-02-25T00:00:00Z"));
}

// --- expiry of lots

TEST(Book, EachLotExpiresByItself) {
  Desk desk = desk_with(10, with_expiry(ExpiryModel::lots, 1));
  desk.now = at("2025-01-31T09:00:00Z");
  desk.done(Earn{"ann", pts(20)}, "e2");
  desk.now = at("2025-03-01T00:00:00Z");
  const Outcome swept = desk.done(Expire{""});
  ASSERT_EQ(swept.entries.size(), 2U);
  EXPECT_EQ(swept.entries[0].at, at("2025-02-16T00:00:00Z"));
  EXPECT_EQ(swept.entries[0].amount, pts(10));
  EXPECT_EQ(swept.entries[1].at, at("2025-03-01T00:00:00Z"))
      << "31 January and a month is 28 February";
  EXPECT_EQ(swept.entries[1].amount, pts(20));
}

TEST(Book, MonthGrainExpiresAtTheEndOfTheMonth) {
  Settings settings = with_expiry(ExpiryModel::lots, 12);
  settings.expiry.grain = ExpiryGrain::month;
  Desk desk(settings);
  desk.now = at("2020-07-06T10:00:00Z");
  desk.done(Earn{"ann", pts(10), true});
  EXPECT_EQ(next_expiry(desk.book.program(), desk.account(), desk.now),
            (NextExpiry{at("2021-08-01T00:00:00Z"), pts(10)}));
}

TEST(Book, FirstExpiringIsFirstSpent) {
  Desk desk = desk_with(10, with_expiry(ExpiryModel::lots, 12));
  desk.now = desk.now + Duration::days(40);
  desk.done(Earn{"ann", pts(10)}, "e2");
  desk.done(Redeem{"ann", pts(12)});
  ASSERT_EQ(desk.account().lots.size(), 1U);
  EXPECT_EQ(desk.account().lots[0].key, "e2");
  EXPECT_EQ(desk.account().lots[0].points, pts(8));
}

TEST(Book, RefundToAnExpiredLotLastsFourteenDaysAndSpendsByThatDate) {
  Desk desk = desk_with(10, with_expiry(ExpiryModel::lots, 1));
  desk.done(Redeem{"ann", pts(10)}, "r1");
  desk.now = at("2025-03-10T12:00:00Z");
  desk.done(Refund{"r1", {}});
  EXPECT_EQ(desk.available(), 10);
  EXPECT_EQ(next_expiry(desk.book.program(), desk.account(), desk.now),
            (NextExpiry{at("2025-03-25T00:00:00Z"), pts(10)}));
}

TEST(Book, RefundToALivingLotKeepsItsDate) {
  Desk desk = desk_with(10, with_expiry(ExpiryModel::lots, 12));
  desk.done(Redeem{"ann", pts(10)}, "r1");
  desk.now = at("2025-03-10T12:00:00Z");
  desk.done(Refund{"r1", {}});
  EXPECT_EQ(next_expiry(desk.book.program(), desk.account(), desk.now)->at,
            at("2026-01-16T00:00:00Z"));
}

TEST(Book, AReleaseBringsPointsBackAsIfTheyHadNeverBeenHeld) {
  Desk desk = desk_with(10, with_expiry(ExpiryModel::lots, 1));
  desk.now = at("2025-02-15T23:30:00Z");
  desk.done(PlaceHold{"ann", pts(10), {}}, "h1");
  desk.now = at("2025-02-16T00:10:00Z");
  desk.done(Release{"h1"});
  const Outcome swept = desk.done(Expire{""});
  ASSERT_EQ(swept.entries.size(), 1U);
  EXPECT_EQ(swept.entries[0].amount, pts(10));
}

TEST(Book, CapturedAfterTheLotExpiredIsSpentAllTheSame) {
  Desk desk = desk_with(10, with_expiry(ExpiryModel::lots, 1));
  desk.now = at("2025-02-15T23:30:00Z");
  desk.done(PlaceHold{"ann", pts(10), {}}, "h1");
  desk.now = at("2025-02-16T00:10:00Z");
  desk.done(Capture{"h1", {}});
  EXPECT_EQ(desk.account().balance.redeemed(), pts(10));
  EXPECT_EQ(desk.account().balance.expired(), pts(0));
}

// --- the program

TEST(Book, AProgramThatIsNotActiveGrantsAndSpendsNothing) {
  Desk desk = desk_with(100);
  desk.done(PlaceHold{"ann", pts(10), {}}, "h1");
  desk.done(PlaceHold{"ann", pts(10), {}}, "h2");
  desk.done(Redeem{"ann", pts(10)}, "r1");
  desk.done(SetStatus{Status::paused});
  EXPECT_EQ(desk.refused(CreateAccount{"bob"}), "PROGRAM_NOT_ACTIVE");
  EXPECT_EQ(desk.refused(Earn{"ann", pts(1)}), "PROGRAM_NOT_ACTIVE");
  EXPECT_EQ(desk.refused(PlaceHold{"ann", pts(1), {}}), "PROGRAM_NOT_ACTIVE");
  EXPECT_EQ(desk.refused(Redeem{"ann", pts(1)}), "PROGRAM_NOT_ACTIVE");
  desk.done(Adjust{.account = "ann", .points = pts(1), .balance = {}, .revision = {}});
  desk.done(Capture{"h1", {}});
  desk.done(Release{"h2"});
  desk.done(Refund{"r1", {}});
  desk.done(Reverse{"e1", pts(1)});
  desk.done(Expire{""});
}

TEST(Book, StatusGoesOnlyWhereItMay) {
  Settings draft;
  draft.status = Status::draft;
  Desk desk(draft);
  EXPECT_EQ(desk.refused(SetStatus{Status::paused}), "INVALID_PROGRAM_TRANSITION");
  desk.done(SetStatus{Status::draft});
  desk.done(SetStatus{Status::active});
  EXPECT_EQ(desk.refused(SetStatus{Status::draft}), "INVALID_PROGRAM_TRANSITION");
  desk.done(SetStatus{Status::paused});
  desk.done(SetStatus{Status::paused});
  desk.done(SetStatus{Status::active});
  EXPECT_EQ(desk.book.program().pauses.size(), 1U);
}

TEST(Book, APauseStopsTheExpiryClock) {
  Desk desk = desk_with(10, with_expiry(ExpiryModel::lots, 1));
  desk.now = at("2025-02-01T00:00:00Z");
  desk.done(SetStatus{Status::paused});
  desk.now = at("2025-06-01T00:00:00Z");
  EXPECT_TRUE(desk.done(Expire{""}).entries.empty());
  desk.done(SetStatus{Status::active});
  EXPECT_EQ(next_expiry(desk.book.program(), desk.account(), desk.now)->at,
            at("2025-02-16T00:00:00Z") + Duration::days(120));
}

TEST(Book, WhatFellDueBeforeAPauseIsPostedDuringIt) {
  Desk desk = desk_with(10, with_expiry(ExpiryModel::lots, 1));
  desk.now = at("2025-02-20T00:00:00Z");
  desk.done(SetStatus{Status::paused});
  const Outcome swept = desk.done(Expire{""});
  ASSERT_EQ(swept.entries.size(), 1U);
  EXPECT_EQ(swept.entries[0].at, at("2025-02-16T00:00:00Z"));
}

TEST(Book, ABookMayBeginPaused) {
  Settings settings = with_expiry(ExpiryModel::lots, 1);
  settings.status = Status::paused;
  Desk desk(settings);
  EXPECT_EQ(desk.refused(CreateAccount{"ann"}), "PROGRAM_NOT_ACTIVE");
  desk.done(SetStatus{Status::active});
  desk.done(CreateAccount{"ann"});
}

TEST(Book, NewExpiryRulesLeaveFourteenDays) {
  Desk desk = desk_with(10);
  desk.now = at("2026-01-10T12:00:00Z");
  const ExpiryRules rules{
      .model = ExpiryModel::inactivity, .months = 1, .percentage = 100, .grain = {}};
  desk.done(SetExpiry{rules});
  EXPECT_EQ(next_expiry(desk.book.program(), desk.account(), desk.now)->at,
            at("2026-01-25T00:00:00Z"));
  desk.now = at("2026-01-12T12:00:00Z");
  desk.done(SetExpiry{rules});
  EXPECT_EQ(next_expiry(desk.book.program(), desk.account(), desk.now)->at,
            at("2026-01-25T00:00:00Z"))
      << "no change, no grace";
}

TEST(Book, NewExpiryRulesComeAfterWhatTheOldOnesMadeDue) {
  Desk desk = desk_with(10, with_expiry(ExpiryModel::lots, 1));
  desk.now = at("2025-06-01T00:00:00Z");
  const Outcome changed = desk.done(
      SetExpiry{{.model = ExpiryModel::none, .months = 1, .percentage = 100, .grain = {}}});
  ASSERT_EQ(changed.entries.size(), 1U);
  EXPECT_EQ(desk.available(), 0);
}

// --- merge

TEST(Book, MergeMovesEverythingAndKeepsTheTotals) {
  Desk desk = desk_with(100);
  desk.done(CreateAccount{"bob"});
  desk.done(Earn{"bob", pts(50)}, "e2");
  desk.done(Redeem{"ann", pts(30)}, "r1");
  desk.done(PlaceHold{"ann", pts(20), {}}, "h1");
  desk.done(Merge{"ann", "bob"});
  EXPECT_EQ(desk.book.find("ann"), nullptr);
  EXPECT_EQ(desk.available("bob"), 100);
  EXPECT_EQ(desk.held("bob"), 20);
  EXPECT_EQ(desk.account("bob").balance.earned(), pts(150));
  EXPECT_EQ(desk.account("bob").balance.redeemed(), pts(50));
  EXPECT_EQ(desk.account("bob").tier_events.size(), 2U);
  desk.done(Capture{"h1", {}});
  desk.done(Refund{"r1", {}});
  desk.done(Reverse{"e1", {}});
  EXPECT_EQ(desk.available("bob"), 30);
  EXPECT_EQ(desk.refused(Earn{"ann", pts(1)}), "ACCOUNT_NOT_FOUND");
  EXPECT_EQ(desk.refused(CreateAccount{"ann"}), "ACCOUNT_ALREADY_EXISTS");
  EXPECT_EQ(desk.refused(Merge{"ann", "bob"}), "ACCOUNT_NOT_FOUND");
  EXPECT_EQ(desk.refused(Merge{"bob", "ann"}), "ACCOUNT_NOT_FOUND");
}

TEST(Book, MergeSettlesABalanceBelowZero) {
  Settings settings;
  settings.reversal = ReversalPolicy::allow_negative;
  Desk desk = desk_with(100, settings);
  desk.done(Redeem{"ann", pts(100)});
  desk.done(Reverse{"e1", pts(40)});
  desk.done(CreateAccount{"bob"});
  desk.done(Earn{"bob", pts(50)});
  desk.done(Merge{"ann", "bob"});
  EXPECT_EQ(desk.available("bob"), 10);
  EXPECT_EQ(total(desk.account("bob").lots), pts(10));
}

TEST(Book, MergeRespectsTheLimit) {
  Desk desk = desk_with(1);
  desk.done(CreateAccount{"bob"});
  desk.done(
      Adjust{.account = "bob", .points = {}, .balance = pts(limits::points_max), .revision = {}});
  EXPECT_EQ(desk.refused(Merge{"ann", "bob"}), "BALANCE_LIMIT_EXCEEDED");
}

TEST(Book, RefundRespectsTheLimit) {
  Desk desk = desk_with(10);
  desk.done(Redeem{"ann", pts(10)}, "r1");
  desk.done(
      Adjust{.account = "ann", .points = {}, .balance = pts(limits::points_max), .revision = {}});
  EXPECT_EQ(desk.refused(Refund{"r1", {}}), "BALANCE_LIMIT_EXCEEDED");
}

TEST(Book, MergeKeepsTheLaterGraceOfRefunds) {
  for (const bool later_first : {false, true}) {
    Desk desk = desk_with(50, with_expiry(ExpiryModel::inactivity, 1));
    desk.done(CreateAccount{"bob"});
    desk.done(Earn{"bob", pts(50)});
    desk.done(Redeem{"ann", pts(1)}, "r-ann");
    desk.done(Redeem{"bob", pts(1)}, "r-bob");
    desk.now = at("2025-02-10T12:00:00Z");
    desk.done(Refund{later_first ? "r-bob" : "r-ann", {}});
    desk.now = at("2025-02-12T12:00:00Z");
    desk.done(Refund{later_first ? "r-ann" : "r-bob", {}});
    desk.done(Merge{"ann", "bob"});
    EXPECT_EQ(next_expiry(desk.book.program(), desk.account("bob"), desk.now)->at,
              at("2025-02-27T00:00:00Z"));
  }
}

TEST(Book, AChainOfMergesLeadsToTheLast) {
  Desk desk = desk_with(10);
  desk.done(Redeem{"ann", pts(5)}, "r1");
  desk.done(CreateAccount{"bob"});
  desk.done(CreateAccount{"cid"});
  desk.done(Merge{"ann", "bob"});
  desk.done(Merge{"bob", "cid"});
  desk.done(Refund{"r1", {}});
  EXPECT_EQ(desk.available("cid"), 10);
  EXPECT_EQ(desk.book.remaining("ann").id, "cid");
}

// --- what counts toward tiers

TEST(Book, EarnAdjustAndReverseCountTowardTiers) {
  Desk desk = desk_with(100);
  desk.done(Adjust{.account = "ann", .points = pts(-10), .balance = {}, .revision = {}});
  desk.done(Adjust{.account = "ann",
                   .points = pts(500),
                   .balance = {},
                   .revision = {},
                   .excluded_from_tiers = true});
  desk.done(Redeem{"ann", pts(50)}, "r1");
  desk.done(Refund{"r1", {}});
  desk.done(Reverse{"e1", pts(30)});
  std::vector<Points> events;
  for (const TierEvent& event : desk.account().tier_events) {
    events.push_back(event.points);
  }
  EXPECT_EQ(events, (std::vector<Points>{pts(100), pts(-10), pts(-30)}));
}

// --- commands on different accounts

TEST(Book, CommandsOnDifferentAccountsCommute) {
  const auto run = [](bool swapped) {
    Desk desk = desk_with(10);
    desk.done(CreateAccount{"bob"}, "create-bob");
    const Command a = Redeem{"ann", pts(3)};
    const Command b = Earn{"bob", pts(4)};
    desk.done(swapped ? b : a, swapped ? "b" : "a");
    desk.done(swapped ? a : b, swapped ? "a" : "b");
    return desk.book.accounts();
  };
  EXPECT_TRUE(run(false) == run(true));
}

}  // namespace
}  // namespace loyalty::ledger
