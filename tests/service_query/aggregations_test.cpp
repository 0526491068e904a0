#include "native/service/query/aggregations.h"

#include <gtest/gtest.h>

#include "native/service/query/collections.h"
#include "native/service/query/filters.h"
#include "tests/service_query/site_of_accounts.h"

namespace loyalty::service {
namespace {

using wire::Json;

class Aggregations : public testing::Test {
 protected:
  void SetUp() override {
    site.add({{"anna", "", 5, "2026-01-01T00:00:00Z", "gold", "2026-01-31T23:30:00Z"},
              {"bert", "", 10, "2026-01-02T00:00:00Z", "gold", "2026-02-10T00:00:00Z"},
              {"cleo", "", 20, "2026-01-03T00:00:00Z", "", "2026-02-20T00:00:00Z"},
              {"dora", "", 20, "2026-01-04T00:00:00Z", "silver"}});
  }

  /// The first result of one aggregation over what the filter finds.
  Json result(const char* aggregation, const char* filter = "{}", const ZoneTable& zone = {}) {
    const Json list = wire::accept(aggregations_schema(), Json::array({Json::parse(aggregation)}));
    Json data;
    site.read([&](store::Session& session) {
      data =
          aggregate(session, collections::account_search, list,
                    read_filter(collections::account_search, Json::parse(filter), "filter"), zone);
    });
    return data["results"][0];
  }

  std::string faults(const char* aggregation) {
    return faults_of([&] { result(aggregation); });
  }

  SiteOfAccounts site;
};

TEST_F(Aggregations, CountAccountsByValueMostFrequentFirst) {
  EXPECT_EQ(result(R"({"name":"tiers","fieldPath":"tier.id","type":"VALUE"})"),
            Json::parse(R"({"name":"tiers","fieldPath":"tier.id","type":"VALUE",
        "values":{"results":[{"value":"gold","count":2},{"value":"silver","count":1}]}})"));
  EXPECT_EQ(
      result(R"({"name":"b","fieldPath":"points.balance","type":"VALUE","value":{"limit":1}})")
          ["values"]["results"],
      Json::parse(R"([{"value":"20","count":2}])"));
}

TEST_F(Aggregations, SortValuesAsAsked) {
  EXPECT_EQ(result(R"({"name":"b","fieldPath":"points.balance","type":"VALUE",
                       "value":{"sortType":"VALUE"}})")["values"]["results"],
            Json::parse(
                R"([{"value":"5","count":1},{"value":"10","count":1},{"value":"20","count":2}])"));
  EXPECT_EQ(result(R"({"name":"b","fieldPath":"points.balance","type":"VALUE",
                       "value":{"sortType":"VALUE","sortDirection":"DESC","limit":2}})")["values"]
                                                                                        ["results"],
            Json::parse(R"([{"value":"20","count":2},{"value":"10","count":1}])"));
  EXPECT_EQ(result(R"({"name":"b","fieldPath":"tier.id","type":"VALUE",
                       "value":{"sortType":"COUNT","sortDirection":"ASC"}})")["values"]["results"],
            Json::parse(R"([{"value":"silver","count":1},{"value":"gold","count":2}])"));
}

TEST_F(Aggregations, MissingValuesAreLeftOutOrNamed) {
  EXPECT_EQ(result(R"({"name":"t","fieldPath":"tier.id","type":"VALUE",
                       "value":{"missingValues":"INCLUDE"}})")["values"]["results"],
            Json::parse(R"([{"value":"gold","count":2},{"value":"silver","count":1},
                            {"value":"N/A","count":1}])"));
  EXPECT_EQ(result(R"({"name":"t","fieldPath":"tier.id","type":"VALUE","value":{
                "missingValues":"INCLUDE","includeOptions":{"addToBucket":"silver"}}})")["values"]
                                                                                        ["results"],
            Json::parse(R"([{"value":"gold","count":2},{"value":"silver","count":2}])"));
}

TEST_F(Aggregations, CountByRangeInTheirOrderEachAccountOnce) {
  EXPECT_EQ(result(R"({"name":"r","fieldPath":"points.balance","type":"RANGE","range":{"buckets":[
                {"from":10,"to":20},{"to":10.5},{"from":20},{"from":0}]}})")["ranges"]["results"],
            Json::parse(R"([{"from":10,"to":20,"count":1},{"to":10.5,"count":1},
                            {"from":20,"count":2},{"from":0,"count":0}])"));
  EXPECT_EQ(result(R"({"name":"r","fieldPath":"points.balance","type":"RANGE",
                       "range":{"buckets":[{"from":5.5},{"from":"-3.2","to":5.001}]}})")["ranges"]
                                                                                        ["results"],
            Json::parse(R"([{"from":5.5,"count":3},{"from":-3.2,"to":5.001,"count":1}])"));
}

TEST_F(Aggregations, KnowExtremesAndHowManyDiffer) {
  const auto scalar = [this](const char* field, const char* type) {
    const std::string text = std::string{R"({"name":"s","fieldPath":")"} + field +
                             R"(","type":"SCALAR","scalar":{"type":")" + type + R"("}})";
    return result(text.c_str());
  };
  EXPECT_EQ(scalar("points.balance", "MIN")["scalar"], Json::parse(R"({"type":"MIN","value":5})"));
  EXPECT_EQ(scalar("points.balance", "MAX")["scalar"], Json::parse(R"({"type":"MAX","value":20})"));
  EXPECT_EQ(scalar("points.balance", "COUNT_DISTINCT")["scalar"]["value"], Json(3));
  EXPECT_EQ(scalar("tier.id", "COUNT_DISTINCT")["scalar"]["value"], Json(2));
  EXPECT_EQ(scalar("lastActivityDate", "MAX")["scalarDate"],
            Json::parse(R"({"type":"MAX","value":"2026-02-20T00:00:00.000Z"})"));
  EXPECT_EQ(result(R"({"name":"s","fieldPath":"points.balance","type":"SCALAR",
                       "scalar":{"type":"MAX"}})",
                   R"({"id":"nobody"})")["scalar"],
            Json::parse(R"({"type":"MAX"})"));
}

TEST_F(Aggregations, CountByPeriodOfTheZone) {
  const char* by_month = R"({"name":"m","fieldPath":"lastActivityDate","type":"DATE_HISTOGRAM",
                             "dateHistogram":{"interval":"MONTH"}})";
  EXPECT_EQ(result(by_month)["dateHistogram"]["results"],
            Json::parse(R"([{"value":"2026-01-01T00:00:00.000Z","count":1},
                            {"value":"2026-02-01T00:00:00.000Z","count":2}])"));
  EXPECT_EQ(result(by_month, "{}", ZoneTable::fixed(3'600))["dateHistogram"]["results"],
            Json::parse(R"([{"value":"2026-01-31T23:00:00.000Z","count":3}])"));
}

TEST_F(Aggregations, NestOneInAnother) {
  EXPECT_EQ(result(R"({"name":"n","type":"NESTED","nested":{"nestedAggregations":[
      {"name":"tier","fieldPath":"tier.id","type":"VALUE","value":{"missingValues":"INCLUDE"}},
      {"name":"low","fieldPath":"points.balance","type":"RANGE","range":{"buckets":[{"to":10}]}},
      {"name":"top","fieldPath":"points.balance","type":"SCALAR","scalar":{"type":"MAX"}}]}})",
                   R"({"tier.id":{"$ne":"silver"}})")["nested"]["results"],
            Json::parse(R"([
      {"results":{"tier":{"value":{"value":"gold","count":2}},
                  "low":{"range":{"to":10,"count":1}},"top":{"scalar":{"type":"MAX","value":5}}}},
      {"results":{"tier":{"value":{"value":"N/A","count":1}},
                  "low":{"range":{"to":10,"count":0}},"top":{"scalar":{"type":"MAX"}}}}])"));
  EXPECT_EQ(result(R"({"name":"n","type":"NESTED","nested":{"nestedAggregations":[
      {"name":"month","fieldPath":"lastActivityDate","type":"DATE_HISTOGRAM",
       "dateHistogram":{"interval":"MONTH"}},
      {"name":"tier","fieldPath":"tier.id","type":"VALUE"}]}})")["nested"]["results"],
            Json::parse(R"([
      {"results":{"month":{"dateHistogram":{"value":"2026-01-01T00:00:00.000Z","count":1}},
                  "tier":{"value":{"value":"gold","count":1}}}},
      {"results":{"month":{"dateHistogram":{"value":"2026-02-01T00:00:00.000Z","count":2}},
                  "tier":{"value":{"value":"gold","count":1}}}}])"));
}

TEST_F(Aggregations, AreOfWhatTheFilterFinds) {
  EXPECT_EQ(result(R"({"name":"t","fieldPath":"tier.id","type":"VALUE"})",
                   R"({"points.balance":{"$gte":10}})")["values"]["results"],
            Json::parse(R"([{"value":"gold","count":1},{"value":"silver","count":1}])"));
}

TEST_F(Aggregations, TellWhatIsWrongWithItsPlace) {
  const std::string place = "search.aggregations[0]";
  EXPECT_EQ(faults(R"({"name":"x","fieldPath":"contact.email","type":"VALUE"})"),
            place + ".fieldPath UNKNOWN_FIELD");
  EXPECT_EQ(
      faults(R"({"name":"x","fieldPath":"tier.id","type":"RANGE","range":{"buckets":[{"to":1}]}})"),
      place + ".type ENUM");
  EXPECT_EQ(faults(R"({"name":"x","fieldPath":"points.balance","type":"DATE_HISTOGRAM",
                       "dateHistogram":{"interval":"DAY"}})"),
            place + ".type ENUM");
  EXPECT_EQ(faults(R"({"name":"x","fieldPath":"points.balance","type":"SCALAR"})"),
            place + ".scalar REQUIRED");
  EXPECT_EQ(
      faults(
          R"({"name":"x","fieldPath":"points.balance","type":"RANGE","range":{"buckets":[{}]}})"),
      place + ".range.buckets[0].from REQUIRED");
  EXPECT_EQ(faults(R"({"name":"x","type":"NESTED"})"), place + ".nested REQUIRED");
  EXPECT_EQ(faults(R"({"name":"x","type":"NESTED","nested":{"nestedAggregations":[
                {"name":"a","fieldPath":"points.balance","type":"SCALAR","scalar":{"type":"MAX"}},
                {"name":"a","fieldPath":"tier.id","type":"VALUE"}]}})"),
            place + ".nested.nestedAggregations[0].type ENUM; " + place +
                ".nested.nestedAggregations[1].name FORMAT");
}

TEST_F(Aggregations, HaveLimits) {
  EXPECT_EQ(faults(R"({"name":"x","fieldPath":"tier.id","type":"VALUE","value":{"limit":251}})"),
            "[0].value.limit MAX");
  EXPECT_EQ(faults(R"({"name":"x","type":"NESTED","nested":{"nestedAggregations":[
                {"name":"a","fieldPath":"tier.id","type":"VALUE"}]}})"),
            "[0].nested.nestedAggregations MIN_SIZE");
}

}  // namespace
}  // namespace loyalty::service
