#include "core/ledger/deadline.h"

#include <gtest/gtest.h>

#include "tests/ledger/ledger_helpers.h"

namespace loyalty::ledger {
namespace {

const Deadline march_31{{2025, 3, 31}, at("2025-01-01T10:00:00Z")};

Instant expiry(std::vector<Pause> pauses, const char* now) {
  return expiry_of(march_31, ZoneTable{}, pauses, at(now));
}

TEST(Deadline, IsTheEndOfItsDay) {
  EXPECT_EQ(expiry({}, "2025-03-01T00:00:00Z"), at("2025-04-01T00:00:00Z"));
}

TEST(Deadline, APauseMovesItByItsLengthToTheEndOfTheDay) {
  EXPECT_EQ(
      expiry({{at("2025-02-01T00:00:00Z"), at("2025-02-11T00:00:00Z")}}, "2025-03-01T00:00:00Z"),
      at("2025-04-11T00:00:00Z"));
  EXPECT_EQ(
      expiry({{at("2025-02-01T00:00:00Z"), at("2025-02-11T00:00:01Z")}}, "2025-03-01T00:00:00Z"),
      at("2025-04-12T00:00:00Z"));
}

TEST(Deadline, ManyShortPausesCostOneDayAtMost) {
  EXPECT_EQ(expiry({{at("2025-02-01T00:00:00Z"), at("2025-02-01T01:00:00Z")},
                    {at("2025-02-02T00:00:00Z"), at("2025-02-02T01:00:00Z")},
                    {at("2025-02-03T00:00:00Z"), at("2025-02-03T01:00:00Z")}},
                   "2025-03-01T00:00:00Z"),
            at("2025-04-02T00:00:00Z"));
}

TEST(Deadline, APauseBeforeThePromiseOrAfterTheExpiryDoesNotCount) {
  EXPECT_EQ(
      expiry({{at("2024-11-01T00:00:00Z"), at("2024-12-01T00:00:00Z")}}, "2025-03-01T00:00:00Z"),
      at("2025-04-01T00:00:00Z"));
  EXPECT_EQ(
      expiry({{at("2025-04-01T00:00:00Z"), at("2025-05-01T00:00:00Z")}}, "2025-06-01T00:00:00Z"),
      at("2025-04-01T00:00:00Z"));
}

TEST(Deadline, OfAPauseThatBeganBeforeThePromiseOnlyTheRestCounts) {
  EXPECT_EQ(
      expiry({{at("2024-12-01T00:00:00Z"), at("2025-01-02T10:00:00Z")}}, "2025-03-01T00:00:00Z"),
      at("2025-04-02T00:00:00Z"));
}

TEST(Deadline, NothingExpiresWhileAPauseLasts) {
  const std::vector<Pause> pauses = {{at("2025-03-31T23:59:59.999Z"), {}}};
  for (const char* now : {"2025-04-01T00:00:00Z", "2025-09-01T00:00:00Z", "2031-01-01T12:00:00Z"}) {
    EXPECT_GT(expiry(pauses, now), at(now));
  }
}

TEST(Deadline, APromiseRoundedUpByOnePauseHoldsThroughTheNext) {
  // After the first pause valid through 1 April; the second begins on that day's evening.
  const std::vector<Pause> pauses = {{at("2025-02-01T00:00:00Z"), at("2025-02-01T01:00:00Z")},
                                     {at("2025-04-01T20:00:00Z"), at("2025-04-03T12:00:00Z")}};
  EXPECT_EQ(expiry(pauses, "2025-04-03T12:00:00Z"), at("2025-04-04T00:00:00Z"));
  const std::vector<Pause> open = {pauses[0], {at("2025-04-01T20:00:00Z"), {}}};
  for (const char* now : {"2025-04-02T00:00:00Z", "2025-04-02T21:00:00Z", "2025-04-03T00:00:00Z"}) {
    EXPECT_GT(expiry(open, now), at(now));
  }
}

TEST(Deadline, IsOverExactlyFromItsInstantOn) {
  const std::vector<Pause> pauses = {{at("2025-02-01T00:00:00Z"), at("2025-02-03T05:00:00Z")},
                                     {at("2025-03-01T00:00:00Z"), at("2025-03-01T20:00:00Z")}};
  const Instant known = expiry(pauses, "2026-01-01T00:00:00Z");
  for (Instant now = at("2025-03-02T00:00:00Z"); now < at("2025-05-01T00:00:00Z");
       now = now + Duration::minutes(30)) {
    EXPECT_EQ(expiry_of(march_31, ZoneTable{}, pauses, now), known);
  }
}

}  // namespace
}  // namespace loyalty::ledger
