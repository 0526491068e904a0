#include "native/replay/replay.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/json/decode.h"
#include "tests/native/run_cli.h"

namespace loyalty::cli::testing {
namespace {

using nlohmann::json;

/// 10 % off everything, 1 point for each euro.
constexpr std::string_view old_catalog =
    R"({"version":"old","currency":"EUR","program":{"status":"ACTIVE"},
  "promotions":[{"id":"ten","name":"Ten","trigger":"automatic","effects":[{"kind":"percent","ratePpm":100000}]}],
  "earningRules":[{"id":"e","trigger":"order","status":"ACTIVE","configs":[{"conversion":{"moneyAmount":1,"points":1}}]}]})";

/// Free shipping from 50.00, 2 points for each euro.
constexpr std::string_view new_catalog =
    R"({"version":"new","currency":"EUR","program":{"status":"ACTIVE"},
  "promotions":[{"id":"ship","name":"Ship","trigger":"automatic","conditions":{"minSubtotal":5000},
                 "effects":[{"kind":"freeShipping"}]}],
  "earningRules":[{"id":"e","trigger":"order","status":"ACTIVE","configs":[{"conversion":{"moneyAmount":1,"points":2}}]}]})";

std::string cart(std::string_view id, int price, int shipping) {
  json request = {
      {"now", "2025-11-20T00:00:00Z"},
      {"intent", json::object()},
      {"cart",
       {{"id", id},
        {"currency", "EUR"},
        {"lines", json::array({{{"id", "x"}, {"unitPrice", price}, {"quantity", 1}}})}}}};
  if (shipping > 0) {
    request["cart"]["shipping"] = json::array({{{"id", "post"}, {"price", shipping}}});
  }
  return request.dump() + "\n";
}

/// Old: 20.00 − 2.00 + 5.00 = 23.00, 18 points.      New: 20.00 + 5.00 = 25.00, 40 points.
/// Old: 60.00 − 6.00 + 5.00 = 59.00, 54 points.      New: 60.00 + 5.00 − 5.00 = 60.00, 120 points.
/// Old: 0.05 − 0.01 (half up of 0.005) = 0.04, 0.    New: 0.05, 0.
std::string three_carts() { return cart("a", 2000, 500) + cart("b", 6000, 500) + cart("c", 5, 0); }

Ran replayed(std::string_view carts, std::string_view flag) {
  const std::string before = temporary_file(old_catalog);
  const std::string after = temporary_file(new_catalog);
  return run_cli({"replay", "--old", before, "--new", after, flag}, carts);
}

TEST(Replay, AddsUpWhatWouldHaveChanged) {
  const Ran run = replayed(three_carts(), "--json");
  EXPECT_EQ(run.exit, 0);
  const json sums = json::parse(run.out);
  EXPECT_EQ(sums["carts"], 3);
  EXPECT_EQ(sums["changed"], 3);
  EXPECT_EQ(sums["dearer"], 3);
  EXPECT_EQ(sums["cheaper"], 0);
  EXPECT_EQ(sums["payable"], json::parse(R"({"old":8204,"new":8505,"difference":301})"));
  EXPECT_EQ(sums["discounts"], json::parse(R"({"old":801,"new":500,"difference":-301})"));
  EXPECT_EQ(sums["pointsEarned"], json::parse(R"({"old":72,"new":160,"difference":88})"));
  EXPECT_EQ(sums["pointsSpent"], json::parse(R"({"old":0,"new":0,"difference":0})"));
  EXPECT_EQ(sums["discountsByName"], json::parse(R"([
    {"name":"Ship","source":"promotion","uses":{"old":0,"new":1,"difference":1},
     "amount":{"old":0,"new":500,"difference":500}},
    {"name":"Ten","source":"promotion","uses":{"old":3,"new":0,"difference":-3},
     "amount":{"old":801,"new":0,"difference":-801}}])"));
  EXPECT_EQ(sums["biggestChanges"][0]["cart"], "a");
  EXPECT_EQ(sums["biggestChanges"][0]["points"]["difference"], 22);
  EXPECT_EQ(sums["biggestChanges"][1]["cart"], "b");
  EXPECT_EQ(sums["biggestChanges"][2]["line"], 3);
}

TEST(Replay, CountsBadLinesAndSkipsEmptyOnes) {
  std::string carts = "\n" + three_carts() + "{\"cart\"\n";
  for (int i = 0; i < 20; ++i) {
    carts += "[]\n";
  }
  const Ran run = replayed(carts + cart("d", 100, 0), "--json");
  EXPECT_EQ(run.exit, 1);
  const json sums = json::parse(run.out);
  EXPECT_EQ(sums["carts"], 4);
  EXPECT_EQ(sums["bad"], 21);
  EXPECT_EQ(sums["badLines"].size(), 10U);
  EXPECT_EQ(sums["badLines"][0]["line"], 5);
  EXPECT_EQ(sums["badLines"][0]["error"]["code"], "INVALID_JSON");
  EXPECT_EQ(sums["badLines"][1]["error"]["code"], "WRONG_TYPE");
}

TEST(Replay, ReadsAsATable) {
  const Ran run = replayed(three_carts(), "--color=never");
  EXPECT_NE(run.out.find("payable         82.04   85.05        +3.01"), std::string::npos)
      << run.out;
  EXPECT_EQ(run.err, "") << "no progress bar where nobody watches";
}

TEST(Replay, SharedWorkGivesTheSameResult) {
  std::string carts;
  for (int i = 0; i < 6'000; ++i) {
    carts += i % 97 == 0 ? "bad\n" : cart(std::to_string(i), i * 7919 % 20'000, i % 3 * 250);
  }
  ASSERT_GT(carts.size(), std::size_t{3} << 18) << "several stretches";
  const std::string before = temporary_file(old_catalog);
  const std::string after = temporary_file(new_catalog);
  const auto with = [&](std::string_view threads) {
    return run_cli({"replay", "--old", before, "--new", after, "--json", "--threads", threads},
                   carts)
        .out;
  };
  EXPECT_EQ(with("1"), with("2"));
  EXPECT_EQ(with("1"), with("7"));
}

TEST(Replay, RefusesWhatCannotBeCompared) {
  const std::string before = temporary_file(old_catalog);
  json yen = json::parse(new_catalog);
  yen["currency"] = "JPY";
  EXPECT_EQ(run_cli({"replay", "--old", before, "--new", temporary_file(yen.dump())}).exit, 1);
  EXPECT_EQ(run_cli({"replay", "--old", before}).exit, 2);
  EXPECT_EQ(run_cli({"replay", "--old", before, "--new", "/does/not/exist"}).exit, 3);
  EXPECT_EQ(run_cli({"replay", "--old", before, "--new", before, "--threads", "0"}).exit, 2);
}

/// A member of a tier that one of the catalogs does not have is of the base tier there; gold earns
/// 5 points for each euro where it is known. 20.00 less 10 % is 18.00 under the old rules: 90
/// points of gold and 18 of the base tier; 20.00 under the new ones: 100 and 40.
TEST(Replay, TakesMembersOfTiersThatOneCatalogLacks) {
  const auto with_gold = [](std::string_view catalog) {
    json made = json::parse(catalog);
    made["tiersActive"] = true;
    made["tiers"] = json::array({{{"id", "gold"}, {"requiredPoints", 10}}});
    made["earningRules"][0]["configs"].push_back(
        {{"tierId", "gold"}, {"conversion", {{"moneyAmount", 1}, {"points", 5}}}});
    return made.dump();
  };
  json request = json::parse(cart("a", 2000, 0));
  request["account"] = {{"id", "m"},    {"revision", 1},    {"available", 0},  {"held", 0},
                        {"pending", 0}, {"tierId", "gold"}, {"tierPoints", 10}};
  const auto earned = [&](const std::string& before, const std::string& after) {
    const Ran run = run_cli(
        {"replay", "--json", "--old", temporary_file(before), "--new", temporary_file(after)},
        request.dump());
    EXPECT_EQ(run.exit, 0) << run.out;
    const json points = json::parse(run.out)["pointsEarned"];
    return std::pair<int, int>{points["old"], points["new"]};
  };
  const std::string before{old_catalog};
  const std::string after{new_catalog};
  EXPECT_EQ(earned(with_gold(before), after), (std::pair{90, 40}));
  EXPECT_EQ(earned(before, with_gold(after)), (std::pair{18, 100}));
}

TEST(Replay, NamesTiersThatNeitherCatalogHas) {
  json request = json::parse(cart("a", 100, 0));
  request["account"] = {{"id", "m"},    {"revision", 1},    {"available", 0},  {"held", 0},
                        {"pending", 0}, {"tierId", "gold"}, {"tierPoints", 10}};
  const Ran run = run_cli({"replay", "--json", "--old", temporary_file(old_catalog), "--new",
                           temporary_file(new_catalog)},
                          request.dump());
  EXPECT_EQ(json::parse(run.out)["badLines"][0]["error"]["path"], "/account/tierId");
}

TEST(Tally, StopsAtTheEndsOfTheRange) {
  Pair pair;
  for (int i = 0; i < 40; ++i) {
    pair.add(INT64_MAX / 8, -(INT64_MAX / 8));
  }
  EXPECT_GT(pair.before, 0);
  EXPECT_LT(pair.after, 0);
  EXPECT_LT(pair.difference(), 0);
}

}  // namespace
}  // namespace loyalty::cli::testing
