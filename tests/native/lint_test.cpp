#include "native/lint/lint.h"

#include <algorithm>
#include <cctype>
#include <set>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/json/decode.h"
#include "tests/native/run_cli.h"

namespace loyalty::cli {
namespace {

using nlohmann::json;

const Instant now = *parse_instant("2025-11-20T00:00:00Z");

/// A catalog in which nothing is to be found.
json clean() {
  return json::parse(R"({
    "version": "1", "currency": "EUR", "program": {"status": "ACTIVE"}, "tiersActive": true,
    "tiers": [{"id": "gold", "name": "Gold", "requiredPoints": 1000}],
    "rewards": [
      {"id": "r", "name": "Points", "type": "DISCOUNT_AMOUNT", "active": true, "configs": [
        {"costInPoints": 500, "effects": [{"kind": "pointsAsMoney", "amount": 500}]},
        {"tierId": "gold", "costInPoints": 400, "effects": [{"kind": "pointsAsMoney", "amount": 500}]}]}],
    "promotions": [
      {"id": "p", "name": "Shoes", "trigger": "automatic", "effects": [
        {"kind": "percent", "ratePpm": 100000, "target": "lines", "scope": {"include": ["shoes"]}}]},
      {"id": "q", "name": "Code", "trigger": "code", "codes": ["TEN"], "conditions": {"minSubtotal": 5000},
       "effects": [{"kind": "fixedAmount", "amount": 1000}]}],
    "earningRules": [
      {"id": "e", "title": "Spend", "trigger": "order", "status": "ACTIVE", "configs": [
        {"conversion": {"moneyAmount": 1, "points": 5}},
        {"tierId": "gold", "conversion": {"moneyAmount": 1, "points": 8}}]}]
  })");
}

std::vector<Finding> lint_of(const json& catalog) {
  auto document = CatalogDocument::from_json(catalog.dump());
  EXPECT_TRUE(document.ok()) << (document.ok() ? "" : document.error().path);
  return document.ok() ? lint(document.value()->catalog(), now) : std::vector<Finding>{};
}

struct Case {
  FindingCode code;
  std::string_view path;    ///< where it must be found
  std::vector<json> patch;  ///< RFC 6902, on top of the clean catalog
};

/// Sets a member, replaces an entry of a list, or appends one (`-`).
json put(std::string path, json value) {
  const bool entry = std::isdigit(static_cast<unsigned char>(path.back())) != 0;
  return {
      {"op", entry ? "replace" : "add"}, {"path", std::move(path)}, {"value", std::move(value)}};
}

/// A second promotion, exclusive or with other effects.
json promotion(std::string id, json more = json::object()) {
  json made = {{"id", std::move(id)},
               {"trigger", "automatic"},
               {"effects", json::array({{{"kind", "percent"}, {"ratePpm", 50000}}})}};
  made.update(more);
  return made;
}

std::vector<Case> cases() {
  using enum FindingCode;
  const json none = json::array();
  const std::string p = "/promotions/0";
  const std::string effect = p + "/effects/0";
  const json sale = {{"include", {"sale"}}, {"exclude", {"sale", "old"}}};
  const auto window = [&](const char* from, const char* to) {
    return put(p + "/conditions", {{"startsAt", from}, {"endsAt", to}});
  };
  const auto percent = [](int rate) { return json{{"kind", "percent"}, {"ratePpm", rate}}; };
  return {
      {window_empty,
       "/promotions/0/conditions/endsAt",
       {window("2025-12-02T00:00:00Z", "2025-12-01T00:00:00Z")}},
      {window_over,
       "/promotions/0/conditions/endsAt",
       {window("2025-10-01T00:00:00Z", "2025-11-20T00:00:00Z")}},
      {scope_empty, "/promotions/0/effects/0/scope", {put(effect + "/scope", sale)}},
      {scope_empty,
       "/promotions/0/effects/0/scope",
       {put(effect + "/scope", {{"minUnitPrice", 200}, {"maxUnitPrice", 100}})}},
      {scope_empty,
       "/promotions/0/conditions/minSubtotalOf/scope",
       {put(p + "/conditions", {{"minSubtotalOf", {{"scope", sale}, {"amount", 1}}}})}},
      {scope_empty,
       "/promotions/0/conditions/minQuantityOf/scope",
       {put(p + "/conditions", {{"minQuantityOf", {{"scope", sale}, {"quantity", 1}}}})}},
      {condition_impossible,
       "/promotions/0/conditions/minSubtotalOf",
       {put(p + "/conditions",
            {{"minSubtotalOf", {{"scope", {{"maxUnitPrice", 0}}}, {"amount", 1}}}})}},
      {condition_impossible,
       "/promotions/0/effects/0/steps/0/from",
       {put(effect, {{"kind", "tieredPercent"},
                     {"by", "quantity"},
                     {"steps", json::array({{{"from", 1'000'000'001}, {"ratePpm", 1}}})}})}},
      {nobody_eligible,
       "/promotions/0/conditions/tierIds",
       {put(p + "/conditions", {{"tierIds", {"platinum"}}})}},
      {nobody_eligible,
       "/promotions/0/conditions/tierIds",
       {put(p + "/conditions", {{"tierIds", {"gold"}}}), put("/tiersActive", false)}},
      {used_up, "/promotions/0/limits/usesLeft", {put(p + "/limits", {{"usesLeft", 0}})}},
      {used_up,
       "/promotions/0/limits/usesLeftForCustomer",
       {put(p + "/limits", {{"usesLeftForCustomer", 0}})}},
      {used_up, "/promotions/0/limits/budgetLeft", {put(p + "/limits", {{"budgetLeft", 0}})}},
      {limit_zero, "/policy/maxCodes", {put("/policy", {{"maxCodes", 0}})}},
      {limit_zero, "/policy/maxCoupons", {put("/policy", {{"maxCoupons", 0}})}},
      {limit_zero, "/policy/maxPointsRewards", {put("/policy", {{"maxPointsRewards", 0}})}},
      {no_effect, "/promotions/0/effects/0/ratePpm", {put(effect + "/ratePpm", 0)}},
      {no_effect, "/promotions/0/effects/0/maxDiscount", {put(effect + "/maxDiscount", 0)}},
      {no_effect, "/promotions/1/effects/0/amount", {put("/promotions/1/effects/0/amount", 0)}},
      {no_effect, "/promotions/0", {put(p + "/effects", none)}},
      {program_not_active, "/program/status", {put("/program/status", "PAUSED")}},
      {nothing_earned, "/earningRules", {put("/earningRules/0/status", "PAUSED")}},
      {tiers_not_active, "/tiersActive", {put("/tiersActive", false)}},
      {tier_unknown, "/rewards/0/configs/1/tierId", {put("/rewards/0/configs/1/tierId", "golden")}},
      {tier_unknown,
       "/promotions/0/conditions/tierIds/1",
       {put(p + "/conditions", {{"tierIds", {"gold", "golden"}}})}},
      {tier_unused, "/tiers/1", {put("/tiers/-", {{"id", "new"}, {"requiredPoints", 5000}})}},
      {tier_left_out,
       "/earningRules/0/configs",
       {{{"op", "remove"}, {"path", "/earningRules/0/configs/1"}}}},
      {tier_left_out, "/rewards/0/configs", {{{"op", "remove"}, {"path", "/rewards/0/configs/0"}}}},
      {shadowed, "/promotions/0", {put("/promotions/-", promotion("x", {{"exclusive", true}}))}},
      {exclusive_tie,
       "/promotions/3/priority",
       {put("/promotions/-",
            promotion("x", {{"exclusive", true}, {"priority", 5}, {"limits", {{"usesLeft", 9}}}})),
        put("/promotions/-",
            promotion("y",
                      {{"exclusive", true}, {"priority", 5}, {"limits", {{"usesLeft", 9}}}}))}},
      {duplicate,
       "/promotions/3",
       {put("/promotions/-", promotion("x")), put("/promotions/-", promotion("y"))}},
      {exclusive_may_fail,
       "/promotions/0/limits/budgetLeft",
       {put(p + "/exclusive", true), put(p + "/limits", {{"budgetLeft", 5000}})}},
      {group_price,
       "/promotions/0/effects/0/groupSize",
       {put(effect, {{"kind", "fixedPrice"}, {"amount", 500}, {"groupSize", 3}})}},
      {step_gives_less,
       "/promotions/0/effects/0/steps/1/ratePpm",
       {put(effect, {{"kind", "tieredPercent"},
                     {"by", "subtotal"},
                     {"steps", json::array({{{"from", 0}, {"ratePpm", 200}},
                                            {{"from", 9}, {"ratePpm", 100}}})}})}},
      {gives_all, "/promotions/0/effects/0", {put(effect, percent(1'000'000))}},
      {gives_all,
       "/promotions/0/effects/0",
       {put(effect, {{"kind", "fixedPrice"}, {"amount", 0}})}},
      {amount_without_minimum,
       "/promotions/1/effects/0/amount",
       {put("/promotions/1/conditions/minSubtotal", 999)}},
      // Gold: 80 points for 1 EUR, 400 points are 5 EUR: exactly 1 EUR comes back.
      {loyalty_loop,
       "/rewards/0/configs/1",
       {put("/earningRules/0/configs/1/conversion/points", 80)}},
      {earn_without_minimum,
       "/earningRules/0",
       {put("/earningRules/0/configs/0", {{"points", 100}})}},
  };
}

TEST(Lint, FindsNothingInACleanCatalog) {
  for (const Finding& finding : lint_of(clean())) {
    ADD_FAILURE() << kind_of(finding.code).name << " " << finding.path << " " << finding.message;
  }
}

TEST(Lint, FindsEachMistakeWhereItIs) {
  for (const Case& c : cases()) {
    const std::vector<Finding> findings = lint_of(clean().patch(json(c.patch)));
    const bool found = std::any_of(findings.begin(), findings.end(), [&](const Finding& finding) {
      return finding.code == c.code && finding.path == c.path && !finding.message.empty();
    });
    EXPECT_TRUE(found) << kind_of(c.code).name << " at " << c.path << " after " << json(c.patch);
  }
}

bool finds(FindingCode code, const std::vector<json>& patch) {
  const std::vector<Finding> findings = lint_of(clean().patch(json(patch)));
  return std::any_of(findings.begin(), findings.end(),
                     [&](const Finding& finding) { return finding.code == code; });
}

TEST(Lint, ABudgetThatIsSurelyEnoughIsNoRisk) {
  const json exclusive = put("/promotions/1/exclusive", true);  // it takes 10.00 off
  const auto budget = [](int left) { return put("/promotions/1/limits", {{"budgetLeft", left}}); };
  EXPECT_TRUE(finds(FindingCode::exclusive_may_fail, {exclusive, budget(999)}));
  EXPECT_FALSE(finds(FindingCode::exclusive_may_fail, {exclusive, budget(1000)}));
  EXPECT_FALSE(finds(FindingCode::exclusive_may_fail, {budget(999)}));
}

TEST(Lint, ThePriceOfOneGroupIsClear) {
  const auto effect = [](json more) {
    json made = {{"kind", "fixedPrice"}, {"amount", 500}, {"groupSize", 3}};
    made.update(more);
    return put("/promotions/0/effects/0", made);
  };
  EXPECT_TRUE(finds(FindingCode::group_price, {effect({{"maxUnits", 6}})}));
  EXPECT_FALSE(finds(FindingCode::group_price, {effect({{"maxUnits", 3}})}));
  EXPECT_FALSE(
      finds(FindingCode::group_price, {effect({{"target", "lines"}, {"apply", "eachUnit"}})}));
}

TEST(Lint, HasATestForEveryCode) {
  std::set<FindingCode> tested;
  for (const Case& c : cases()) {
    tested.insert(c.code);
  }
  EXPECT_EQ(tested.size(), static_cast<std::size_t>(finding_codes));
}

TEST(Lint, PathsLeadIntoTheCatalog) {
  for (const Case& c : cases()) {
    const json catalog = clean().patch(json(c.patch));
    if (c.path.starts_with("/policy") || c.path == "/tiersActive") {
      continue;  // a default may be at fault
    }
    for (const Finding& finding : lint_of(catalog)) {
      const json::json_pointer at{finding.path};
      const json::json_pointer parent = at.parent_pointer();
      EXPECT_TRUE(catalog.contains(parent)) << finding.path;
    }
  }
}

/// 7 points for 1 EUR at 5 EUR for 35 points is exactly 100 %; at 36 points it is 97.2 %.
TEST(Lint, ALoopBeginsExactlyWhereAllComesBack) {
  const auto loops = [](int cost) {
    const std::vector<json> patch = {
        put("/rewards/0/configs/0/costInPoints", cost),
        put("/earningRules/0/configs/0/conversion", {{"moneyAmount", 1}, {"points", 7}})};
    const std::vector<Finding> findings = lint_of(clean().patch(json(patch)));
    return std::any_of(findings.begin(), findings.end(),
                       [](const Finding& f) { return f.code == FindingCode::loyalty_loop; });
  };
  EXPECT_TRUE(loops(35));
  EXPECT_FALSE(loops(36));
}

/// Three rules of 1 point for 3 EUR are worth as much as one of 1 for 1: thirds add up exactly.
TEST(Lint, RulesAddUpExactly) {
  json catalog = clean();
  catalog["earningRules"] = json::array();
  for (const char* id : {"a", "b", "c"}) {
    catalog["earningRules"].push_back(
        {{"id", id},
         {"trigger", "order"},
         {"status", "ACTIVE"},
         {"configs", json::array({{{"conversion", {{"moneyAmount", 3}, {"points", 1}}}}})}});
  }
  catalog["rewards"][0]["configs"][0] = {
      {"costInPoints", 1},
      {"effects", json::array({{{"kind", "pointsAsMoney"}, {"amount", 100}}})}};
  const std::vector<Finding> findings = lint_of(catalog);
  EXPECT_TRUE(std::any_of(findings.begin(), findings.end(),
                          [](const Finding& f) { return f.code == FindingCode::loyalty_loop; }));
}

TEST(Lint, AnExclusiveOneWithConditionsOfItsOwnShadowsNothing) {
  const std::vector<json> patch = {
      put("/promotions/-",
          promotion("x", {{"exclusive", true}, {"conditions", {{"customerTags", {"vip"}}}}}))};
  for (const Finding& finding : lint_of(clean().patch(json(patch)))) {
    EXPECT_NE(finding.code, FindingCode::shadowed);
  }
}

TEST(LintCommand, ExitCodesFollowSeverity) {
  using testing::run_cli;
  json warns = clean();
  warns["promotions"][0]["limits"] = {{"usesLeft", 0}};
  EXPECT_EQ(run_cli({"lint"}, clean().dump()).exit, 0);
  EXPECT_EQ(run_cli({"lint"}, clean().dump()).out, "Nothing found.\n");
  EXPECT_EQ(run_cli({"lint"}, warns.dump()).exit, 0);
  EXPECT_EQ(run_cli({"lint", "--strict"}, warns.dump()).exit, 4);
  EXPECT_EQ(run_cli({"lint", "native/examples/catalog-new.json"}).exit, 4);
  EXPECT_EQ(run_cli({"lint"}, "{}").exit, 1);
  EXPECT_EQ(run_cli({"lint", "--now", "tomorrow"}, clean().dump()).exit, 2);
}

TEST(LintCommand, JudgesWindowsAtTheGivenTime) {
  json ends = clean();
  ends["promotions"][0]["conditions"] = {{"endsAt", "2025-12-01T00:00:00Z"}};
  EXPECT_EQ(testing::run_cli({"lint", "--strict"}, ends.dump()).exit, 0);
  EXPECT_EQ(testing::run_cli({"lint", "--strict", "--now=2025-12-01T00:00:00Z"}, ends.dump()).exit,
            4);
}

TEST(LintCommand, JsonHasCountsAndPointers) {
  const auto run = testing::run_cli({"lint", "--json", "native/examples/catalog-new.json"});
  const json answer = json::parse(run.out);
  EXPECT_EQ(answer["errors"], 1);
  EXPECT_EQ(answer["warnings"], 1);
  EXPECT_EQ(answer["findings"][0]["code"], "WINDOW_EMPTY");
  EXPECT_EQ(answer["findings"][0]["path"], "/promotions/2/conditions/endsAt");
  EXPECT_EQ(answer["findings"][1]["code"], "TIER_LEFT_OUT");
}

}  // namespace
}  // namespace loyalty::cli
