#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/json/decode.h"
#include "core/json/door.h"
#include "core/json/names.h"
#include "core/model/policy.h"

/// What core/PROFILES.md says of the profiles, checked against the profiles.
namespace loyalty {
namespace {

using nlohmann::json;

std::string text_of_file(const char* path) {
  std::ifstream in{path, std::ios::binary};
  EXPECT_TRUE(in) << path;
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

json all_cases() { return json::parse(text_of_file("tests/scenarios/profiles/cases.json")); }

json bare_catalog(json policy) {
  return {
      {"version", "1"},
      {"currency", "EUR"},
      {"timeZone", "Europe/Berlin"},
      {"program", {{"status", "ACTIVE"}, {"name", "Points"}, {"pointName", {{"en", "points"}}}}},
      {"policy", std::move(policy)},
      {"tiersActive", false},
      {"tiers", json::array()},
      {"rewards", json::array()},
      {"promotions", json::array()},
      {"earningRules", json::array()}};
}

json reward_of(const json& effects) {
  return {{"id", "points"},
          {"name", "points"},
          {"type", "DISCOUNT_AMOUNT"},
          {"revision", 1},
          {"active", true},
          {"configs", {{{"costInPoints", effects[0]["costInPoints"]}, {"effects", effects}}}}};
}

json automatic(const json& promotion) {
  json whole = promotion;
  whole["name"] = promotion["id"];
  whole["trigger"] = "automatic";
  return whole;
}

/// The request of a case (PROFILES.md, section 9), under one policy.
json request_of(const json& entry, const json& policy) {
  json catalog = bare_catalog(policy);
  json chosen = json::array();
  if (entry.contains("intentPoints")) {
    catalog["rewards"].push_back(reward_of(entry["effects"]));
    chosen.push_back({{"reward", {{"id", "points"}, {"points", entry["intentPoints"]}}}});
  } else if (entry.contains("promotions")) {
    for (const json& promotion : entry["promotions"]) {
      catalog["promotions"].push_back(automatic(promotion));
    }
  } else if (!entry["effects"].empty()) {
    catalog["promotions"].push_back(automatic({{"id", "discount"}, {"effects", entry["effects"]}}));
  }
  if (entry.contains("earning")) {
    catalog["earningRules"].push_back({{"id", "earn"},
                                       {"title", "earn"},
                                       {"trigger", "order"},
                                       {"status", "ACTIVE"},
                                       {"configs", {{{"conversion", entry["earning"]}}}}});
  }
  json cart = {{"currency", "EUR"}, {"lines", entry["lines"]}};
  for (const char* field : {"pricesIncludeTax", "shipping"}) {
    if (entry.contains(field)) {
      cart[field] = entry[field];
    }
  }
  return {{"catalog", catalog},
          {"account",
           {{"id", "member"},
            {"revision", 1},
            {"available", 1'000'000},
            {"held", 0},
            {"pending", 0},
            {"tierPoints", 0},
            {"coupons", json::array()},
            {"referralRewards", json::array()}}},
          {"cart", cart},
          {"intent", {{"chosen", chosen}}},
          {"now", "2025-03-01T00:00:00Z"}};
}

/// The part of an answer that a case judges, in the words of the case.
json judged(const json& expect, const json& quote) {
  json found;
  for (const auto& [field, value] : expect.items()) {
    if (field == "shares") {
      found[field] = json::object();
      for (const json& line : quote["lines"]) {
        found[field][line["id"].get<std::string>()] = line["discount"];
      }
    } else if (field == "points") {
      found[field] = quote["points"]["spent"];
    } else if (field == "earned") {
      found[field] = quote["points"]["earned"];
    } else if (field == "rejected") {
      found[field] = json::array();
      for (const json& rejection : quote["rejected"]) {
        found[field].push_back({{"id", rejection["id"]}, {"code", rejection["code"]}});
      }
    } else {
      found[field] = quote[field];
    }
  }
  return found;
}

json outcome_of(const json& entry, const json& policy) {
  Door door;
  const json answer = json::parse(door.quote_whole(request_of(entry, policy).dump()));
  return answer["ok"].get<bool>() ? judged(entry["expect"], answer["value"]) : answer["error"];
}

std::string label_of(const json& entry) {
  return entry["profile"].get<std::string>() + ": " + entry["name"].get<std::string>();
}

TEST(Profiles, GiveTheCentsOfTheirSystems) {
  std::map<std::string, int> cases;
  for (const json& entry : all_cases()) {
    EXPECT_EQ(outcome_of(entry, {{"profile", entry["profile"]}}), entry["expect"])
        << label_of(entry);
    ++cases[entry["profile"]];
  }
  for (const Profile& profile : profiles()) {
    EXPECT_GE(cases[std::string(profile.name)], 3) << profile.name;
  }
  EXPECT_EQ(cases.size(), profiles().size());
}

TEST(Profiles, DifferFromTheDefaultInSevenOfTheCases) {
  std::vector<std::string> different;
  for (const json& entry : all_cases()) {
    if (outcome_of(entry, json::object()) != entry["expect"]) {
      different.push_back(label_of(entry));
    }
  }
  EXPECT_EQ(different.size(), 7U) << testing::PrintToString(different);
}

std::map<std::string, std::string> switches_of(const Policy& policy) {
  const auto text = [](std::string_view name) { return std::string(name); };
  return {{"rounding", text(names::of(names::rounding, policy.rounding))},
          {"basis", text(names::of(names::rounding_basis, policy.basis))},
          {"split", text(names::of(names::split, policy.split))},
          {"conditionBasis", text(names::of(names::condition_basis, policy.condition_basis))},
          {"compounding", text(names::of(names::compounding, policy.compounding))},
          {"taxRounding", text(names::of(names::tax_rounding, policy.tax_rounding))},
          {"maxCoupons", std::to_string(policy.max_coupons)},
          {"maxCodes", std::to_string(policy.max_codes)},
          {"maxPointsRewards", std::to_string(policy.max_points_rewards)},
          {"minPayable", std::to_string(policy.min_payable.minor_units())},
          {"earnRounding", text(names::of(names::earn_rounding, policy.earn_rounding))},
          {"earnBase", text(names::of(names::earn_base, policy.earn_base))}};
}

/// The cells of a row of a markdown table, without emphasis, code marks and spaces.
std::vector<std::string> cells_of(const std::string& row) {
  std::vector<std::string> cells;
  std::istringstream in{row.substr(1)};
  for (std::string cell; std::getline(in, cell, '|');) {
    std::erase_if(cell, [](char c) { return c == ' ' || c == '*' || c == '`'; });
    cells.push_back(cell);
  }
  return cells;
}

/// The table whose head begins with `switch` and names all profiles: its rows by switch.
std::map<std::string, std::vector<std::string>> switch_table() {
  std::map<std::string, std::vector<std::string>> rows;
  std::istringstream page{text_of_file("core/PROFILES.md")};
  std::string line;
  while (std::getline(page, line) && line.rfind("| switch | default |", 0) != 0) {
  }
  for (; line.rfind('|', 0) == 0; std::getline(page, line)) {
    std::vector<std::string> cells = cells_of(line);
    const std::string name = cells.front();
    cells.erase(cells.begin());
    rows[name] = cells;
  }
  return rows;
}

TEST(Profiles, StandAsTheirPageSays) {
  std::map<std::string, std::vector<std::string>> table = switch_table();
  const std::vector<std::string> head = table["switch"];
  ASSERT_EQ(head.size(), profiles().size());
  table.erase("switch");
  table.erase("---");
  for (std::size_t i = 0; i < profiles().size(); ++i) {
    const Profile& profile = profiles()[i];
    EXPECT_EQ(head[i], profile.name);
    const std::map<std::string, std::string> switches = switches_of(profile.policy);
    ASSERT_EQ(table.size(), switches.size());
    for (const auto& [name, value] : switches) {
      ASSERT_TRUE(table.contains(name)) << name;
      EXPECT_EQ(table[name].at(i), value) << name << " of " << profile.name;
    }
  }
}

/// The policy that a catalog with these switches has.
Policy decoded(const json& policy) {
  auto document = CatalogDocument::from_json(bare_catalog(policy).dump());
  EXPECT_TRUE(document.ok()) << policy;
  return document.ok() ? document.value()->catalog().policy : Policy{};
}

TEST(Profiles, AreThePoliciesThatTheirPageWritesOut) {
  const std::string page = text_of_file("core/PROFILES.md");
  const std::size_t begin = page.find("```json\n");
  ASSERT_NE(begin, std::string::npos);
  const std::size_t end = page.find("```", begin + 8);
  const json written = json::parse(page.substr(begin + 8, end - begin - 8));
  ASSERT_EQ(written.size(), profiles().size());
  for (const Profile& profile : profiles()) {
    const std::string name{profile.name};
    ASSERT_TRUE(written.contains(name)) << name;
    EXPECT_EQ(switches_of(decoded(written[name])), switches_of(profile.policy)) << name;
    EXPECT_EQ(switches_of(decoded({{"profile", name}})), switches_of(profile.policy)) << name;
  }
}

TEST(Profiles, GiveWayToSwitchesNamedBesideThem) {
  const Policy policy = decoded({{"profile", "solidus"}, {"basis", "unit"}});
  EXPECT_EQ(policy.basis, RoundingBasis::unit);
  EXPECT_EQ(policy.split, Split::remainder_to_first);
}

TEST(Profiles, BeginWithTheDefault) {
  EXPECT_EQ(profiles().front().name, "default");
  EXPECT_EQ(switches_of(profiles().front().policy), switches_of(Policy{}));
  for (std::size_t i = 0; i < profiles().size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      EXPECT_NE(profiles()[i].name, profiles()[j].name);
    }
  }
}

}  // namespace
}  // namespace loyalty
