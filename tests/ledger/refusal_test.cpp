#include "core/ledger/refusal.h"

#include <set>
#include <string>

#include <gtest/gtest.h>

#include "core/ledger/audit.h"
#include "core/ledger/command.h"
#include "core/ledger/entry.h"
#include "core/ledger/holds.h"

namespace loyalty::ledger {
namespace {

TEST(Refusal, EveryCodeHasANameAStatusAndASentence) {
  std::set<std::string_view> names;
  for (int i = 0; i < refusal_codes; ++i) {
    const auto code = static_cast<RefusalCode>(i);
    EXPECT_TRUE(names.insert(name_of(code)).second);
    EXPECT_EQ(sentence_of(code).back(), '.');
    EXPECT_GE(http_status_of(code), 400);
    EXPECT_LT(http_status_of(code), 500);
  }
}

TEST(Refusal, NamesAreThePublicOnes) {
  EXPECT_EQ(name_of(RefusalCode::insufficient_points), "INSUFFICIENT_POINTS");
  EXPECT_EQ(http_status_of(RefusalCode::insufficient_points), 428);
  EXPECT_EQ(name_of(RefusalCode::exceeds_hold), "EXCEEDS_HOLD");
  EXPECT_EQ(http_status_of(RefusalCode::exceeds_hold), 400);
  EXPECT_EQ(name_of(RefusalCode::idempotency_key_reused), "IDEMPOTENCY_KEY_REUSED");
  EXPECT_EQ(http_status_of(RefusalCode::idempotency_key_reused), 422);
  EXPECT_EQ(name_of(RefusalCode::discount_not_applied), "DISCOUNT_NOT_APPLIED");
}

TEST(Names, StandInTheOrderOfTheirEnums) {
  EXPECT_EQ(name_of(EntryKind::earn), "EARN");
  EXPECT_EQ(name_of(EntryKind::merge_in), "MERGE_IN");
  EXPECT_EQ(name_of(EntryKind::extend), "EXTEND");
  EXPECT_EQ(name_of(LedgerAccount::member_available), "member:available");
  EXPECT_EQ(name_of(LedgerAccount::program_reversed), "program:reversed");
  EXPECT_EQ(name_of(HoldState::expired), "EXPIRED");
  EXPECT_EQ(name_of(Invariant::reversals_in_range), "REVERSALS_IN_RANGE");
  EXPECT_EQ(name_of(Command{CreateAccount{}}), "create");
  EXPECT_EQ(name_of(Command{SetExpiry{}}), "setExpiry");
  EXPECT_EQ(name_of(Command{PlaceHold{}}), "hold");
}

TEST(Postings, SumToZeroByConstruction) {
  Postings postings;
  postings.move(Points::of(7), LedgerAccount::program_issued, LedgerAccount::member_available);
  EXPECT_EQ(postings.sum(), no_points);
  Postings both = postings;
  both += -postings;
  EXPECT_EQ(both, Postings{});
}

}  // namespace
}  // namespace loyalty::ledger
