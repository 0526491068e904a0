#include "core/ledger/command.h"

#include <cstdint>
#include <string>

#include <gtest/gtest.h>

#include "tests/ledger/ledger_helpers.h"

namespace loyalty::ledger {
namespace {

const std::string longest_id(128, 'i');
const std::string too_long_id(129, 'i');

std::string invalid(Command command) {
  Request request{.key = "key", .origin = {}, .now = at("2025-03-01T00:00:00Z"), .command = {}};
  request.command = std::move(command);
  return std::string(first_invalid_field(request));
}

std::string invalid_request(std::string key, std::string origin, Instant now) {
  const Request request{.key = std::move(key),
                        .origin = std::move(origin),
                        .now = now,
                        .command = CreateAccount{"ann"}};
  return std::string(first_invalid_field(request));
}

TEST(Command, HasAKeyOfPrintableAscii) {
  const Instant now = at("2025-03-01T00:00:00Z");
  for (const std::string& good : {std::string("k"), std::string(" ~"), std::string(256, 'k')}) {
    EXPECT_EQ(invalid_request(good, "", now), "") << good;
  }
  for (const std::string& bad : {std::string(), std::string(257, 'k'), std::string("a\x1F"),
                                 std::string("a\x7F"), std::string("\xC3\xA4")}) {
    EXPECT_EQ(invalid_request(bad, "", now), "key") << bad;
  }
}

TEST(Command, HasAnOriginOfAtMost64Bytes) {
  const Instant now = at("2025-03-01T00:00:00Z");
  EXPECT_EQ(invalid_request("k", std::string(64, 'o'), now), "");
  EXPECT_EQ(invalid_request("k", std::string(65, 'o'), now), "origin");
}

TEST(Command, ComesBetween1970And2199) {
  EXPECT_EQ(invalid_request("k", "", Instant::min()), "");
  EXPECT_EQ(invalid_request("k", "", Instant::max() - Duration::milliseconds(1)), "");
  EXPECT_EQ(invalid_request("k", "", Instant::max()), "now");
  EXPECT_EQ(invalid_request("k", "", Instant::from_ms(-1)), "now");
}

TEST(Command, NamesItsFirstFieldOutOfRange) {
  EXPECT_EQ(invalid(CreateAccount{longest_id}), "");
  EXPECT_EQ(invalid(CreateAccount{too_long_id}), "account");
  EXPECT_EQ(invalid(CreateAccount{""}), "account");
  EXPECT_EQ(invalid(Earn{.account = "", .points = pts(0)}), "account");
  EXPECT_EQ(invalid(Earn{.account = "ann", .points = pts(0)}), "points");
  EXPECT_EQ(invalid(Earn{.account = "ann", .points = pts(0), .by_rule = true}), "");
  EXPECT_EQ(invalid(Earn{.account = "ann", .points = pts(-1), .by_rule = true}), "points");
  EXPECT_EQ(invalid(Earn{.account = "ann", .points = pts(9'999'999)}), "");
  EXPECT_EQ(invalid(Earn{.account = "ann", .points = pts(10'000'000)}), "points");
  EXPECT_EQ(invalid(Redeem{.account = "", .points = pts(1)}), "account");
  EXPECT_EQ(invalid(Redeem{.account = "ann", .points = pts(0)}), "points");
  EXPECT_EQ(invalid(Capture{.hold = "", .points = {}}), "hold");
  EXPECT_EQ(invalid(Capture{.hold = "h", .points = pts(0)}), "points");
  EXPECT_EQ(invalid(Capture{.hold = "h", .points = {}}), "");
  EXPECT_EQ(invalid(Release{""}), "hold");
  EXPECT_EQ(invalid(Expire{""}), "");
  EXPECT_EQ(invalid(Expire{too_long_id}), "account");
  EXPECT_EQ(invalid(Refund{.of = "", .points = {}}), "of");
  EXPECT_EQ(invalid(Refund{.of = "r", .points = pts(-1)}), "points");
  EXPECT_EQ(invalid(Reverse{.of = "", .points = {}}), "of");
  EXPECT_EQ(invalid(Reverse{.of = "e", .points = pts(0)}), "points");
  EXPECT_EQ(invalid(SetStatus{}), "");
}

Adjust adjust(std::optional<Points> points, std::optional<Points> balance) {
  Adjust command;
  command.account = "ann";
  command.points = points;
  command.balance = balance;
  return command;
}

TEST(Command, AdjustsByPointsOrToABalance) {
  EXPECT_EQ(invalid(Adjust{}), "account");
  EXPECT_EQ(invalid(adjust({}, {})), "balance");
  EXPECT_EQ(invalid(adjust(pts(1), pts(1))), "balance");
  EXPECT_EQ(invalid(adjust(pts(0), {})), "points");
  EXPECT_EQ(invalid(adjust(pts(-9'999'999), {})), "");
  EXPECT_EQ(invalid(adjust(pts(-10'000'000), {})), "points");
  EXPECT_EQ(invalid(adjust(pts(INT64_MIN), {})), "points");
  EXPECT_EQ(invalid(adjust({}, pts(0))), "");
  EXPECT_EQ(invalid(adjust({}, pts(999'999'999))), "");
  EXPECT_EQ(invalid(adjust({}, pts(1'000'000'000))), "balance");
  EXPECT_EQ(invalid(adjust({}, pts(-1))), "balance");
}

PlaceHold hold_for(std::optional<Duration> lifetime) {
  return {.account = "ann", .points = pts(1), .lifetime = lifetime};
}

TEST(Command, HoldsForAMillisecondUpToAYear) {
  EXPECT_EQ(invalid(hold_for({})), "");
  EXPECT_EQ(invalid(hold_for(Duration::milliseconds(1))), "");
  EXPECT_EQ(invalid(hold_for(Duration::milliseconds(0))), "lifetime");
  EXPECT_EQ(invalid(hold_for(Duration::days(366))), "");
  EXPECT_EQ(invalid(hold_for(Duration::days(366) + Duration::milliseconds(1))), "lifetime");
}

TEST(Command, ExtendsAHoldLikewise) {
  EXPECT_EQ(invalid(ExtendHold{.hold = "h", .lifetime = {}}), "");
  EXPECT_EQ(invalid(ExtendHold{.hold = "", .lifetime = {}}), "hold");
  EXPECT_EQ(invalid(ExtendHold{.hold = "h", .lifetime = Duration::milliseconds(0)}), "lifetime");
  EXPECT_EQ(invalid(ExtendHold{.hold = "h", .lifetime = Duration::days(366)}), "");
  EXPECT_EQ(invalid(ExtendHold{.hold = "h", .lifetime = Duration::days(367)}), "lifetime");
  EXPECT_EQ(invalid(SetZone{}), "");
}

TEST(Command, MergesTwoDifferentAccounts) {
  EXPECT_EQ(invalid(Merge{.from = "a", .into = "b"}), "");
  EXPECT_EQ(invalid(Merge{.from = "", .into = "b"}), "from");
  EXPECT_EQ(invalid(Merge{.from = "a", .into = ""}), "into");
  EXPECT_EQ(invalid(Merge{.from = "a", .into = "a"}), "into");
  EXPECT_EQ(invalid(Merge{.from = too_long_id, .into = too_long_id}), "from");
}

std::string invalid_expiry(std::int64_t months, std::int64_t percentage) {
  SetExpiry command;
  command.expiry.months = months;
  command.expiry.percentage = percentage;
  return invalid(command);
}

TEST(Command, SetsExpiryWithinItsBounds) {
  EXPECT_EQ(invalid_expiry(1, 1), "");
  EXPECT_EQ(invalid_expiry(120, 100), "");
  EXPECT_EQ(invalid_expiry(0, 1), "months");
  EXPECT_EQ(invalid_expiry(121, 0), "months");
  EXPECT_EQ(invalid_expiry(1, 0), "percentage");
  EXPECT_EQ(invalid_expiry(1, 101), "percentage");
}

}  // namespace
}  // namespace loyalty::ledger
