#include "native/service/query/filters.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "native/service/query/collections.h"
#include "tests/service_query/site_of_accounts.h"

namespace loyalty::service {
namespace {

using wire::Json;

class Filters : public testing::Test {
 protected:
  void SetUp() override {
    site.add(
        {{"anna", "anna@shop.de", 5, "2026-01-01T10:00:00Z", "gold", "2026-02-01T00:00:00Z", "m1"},
         {"bert", "bert@shop.de", 10, "2026-01-02T10:00:00Z", "gold", "2026-03-01T00:00:00Z"},
         {"cleo", "CLEO@mail.fr", 20, "2026-01-03T10:00:00Z", "", nullptr, "m3"},
         {"dora", "", 40, "2026-01-04T10:00:00Z", "silver", "2026-02-01T00:00:00Z"}});
  }

  std::string names(const store::Filter& filter) {
    std::string all;
    site.read([&](store::Session& session) {
      store::Query query;
      query.filter = filter;
      query.sort.push_back({{"id", store::ValueType::text}, false});
      for (const auto& row : session.accounts(query).rows) {
        all += row.id.front();
      }
    });
    return all;
  }

  /// First letters of the accounts that a filter finds.
  std::string found(const char* json) {
    return names(read_filter(collections::accounts, Json::parse(json), "filter"));
  }

  std::string searched(const char* json) {
    return names(search_filter(collections::account_search, Json::parse(json), "search"));
  }

  static std::string faults(const char* json,
                            const Collection& collection = collections::accounts) {
    return faults_of([&] { read_filter(collection, Json::parse(json), "query.filter"); });
  }

  SiteOfAccounts site;
};

TEST_F(Filters, FindEverythingWithoutConditions) {
  EXPECT_EQ(found("{}"), "abcd");
  EXPECT_EQ(found("null"), "abcd");
}

TEST_F(Filters, CompareNumbers) {
  EXPECT_EQ(found(R"({"points.balance":10})"), "b");
  EXPECT_EQ(found(R"({"points.balance":{"$eq":10}})"), "b");
  EXPECT_EQ(found(R"({"points.balance":{"$ne":10}})"), "acd");
  EXPECT_EQ(found(R"({"points.balance":{"$lt":10}})"), "a");
  EXPECT_EQ(found(R"({"points.balance":{"$lte":10}})"), "ab");
  EXPECT_EQ(found(R"({"points.balance":{"$gt":10}})"), "cd");
  EXPECT_EQ(found(R"({"points.balance":{"$gte":"10"}})"), "bcd");
  EXPECT_EQ(found(R"({"points.balance":{"$gt":5,"$lt":40}})"), "bc");
}

TEST_F(Filters, CompareTextsAndLists) {
  EXPECT_EQ(found(R"({"id":{"$in":["anna","dora","nobody"]}})"), "ad");
  EXPECT_EQ(found(R"({"id":{"$nin":["anna","dora"]}})"), "bc");
  EXPECT_EQ(found(R"({"id":{"$hasSome":["bert"]}})"), "b");
  EXPECT_EQ(found(R"({"id":{"$hasAll":["bert"]}})"), "b");
  EXPECT_EQ(found(R"({"id":{"$hasAll":["bert","anna"]}})"), "");
  EXPECT_EQ(found(R"({"id":{"$in":[]}})"), "");
  EXPECT_EQ(found(R"({"contact.email":{"$startsWith":"cleo@"}})"), "c");
  EXPECT_EQ(found(R"({"contact.email":{"$endsWith":"shop.de"}})"), "ab");
  EXPECT_EQ(found(R"({"contact.email":{"$contains":"MAIL"}})"), "c");
}

TEST_F(Filters, KnowMissingValues) {
  EXPECT_EQ(found(R"({"memberId":null})"), "bd");
  EXPECT_EQ(found(R"({"memberId":{"$ne":null}})"), "ac");
  EXPECT_EQ(found(R"({"memberId":{"$exists":true}})"), "ac");
  EXPECT_EQ(found(R"({"memberId":{"$exists":false}})"), "bd");
  EXPECT_EQ(found(R"({"memberId":{"$in":["m1",null]}})"), "abd");
  EXPECT_EQ(found(R"({"memberId":{"$nin":["m1",null]}})"), "c");
  EXPECT_EQ(found(R"({"tier.id":{"$exists":false}})"), "c");
}

TEST_F(Filters, CompareTimes) {
  EXPECT_EQ(found(R"({"createdDate":{"$gte":"2026-01-03T10:00:00.000Z"}})"), "cd");
  EXPECT_EQ(found(R"({"createdDate":{"$lt":{"$date":"2026-01-02T12:00:00+02:00"}}})"), "a");
  EXPECT_EQ(found(R"({"lastActivityDate":"2026-02-01T00:00:00Z"})"), "ad");
}

TEST_F(Filters, JoinConditions) {
  EXPECT_EQ(found(R"({"tier.id":"gold","points.balance":{"$gt":5}})"), "b");
  EXPECT_EQ(found(R"({"$and":[{"tier.id":"gold"},{"points.balance":{"$gt":5}}]})"), "b");
  EXPECT_EQ(found(R"({"$or":[{"tier.id":"silver"},{"points.balance":5}]})"), "ad");
  EXPECT_EQ(found(R"({"$not":{"tier.id":"gold"}})"), "cd");
  EXPECT_EQ(found(R"({"$not":[{"points.balance":5},{"points.balance":10}]})"), "cd");
  EXPECT_EQ(found(R"({"points.balance":{"$not":{"$gt":10}}})"), "ab");
  EXPECT_EQ(found(R"({"$or":[{"$and":[{"tier.id":"gold"},{"points.balance":10}]},{"id":"cleo"}]})"),
            "bc");
}

TEST_F(Filters, LocalTimesAreOfTheZone) {
  const ZoneTable ahead = ZoneTable::fixed(11 * 3'600);
  const auto day = [&](const char* json) {
    return names(read_filter(collections::accounts, Json::parse(json), "filter", ahead));
  };
  EXPECT_EQ(day(R"({"createdDate":{"$lt":"2026-01-02"}})"), "a");
  EXPECT_EQ(day(R"({"createdDate":{"$lt":"2026-01-01"}})"), "");
  EXPECT_EQ(day(R"({"createdDate":{"$lt":"2026-01-02T21:00:00"}})"), "a");
  EXPECT_EQ(day(R"({"createdDate":{"$lte":"2026-01-02T21:00:00"}})"), "ab");
}

TEST_F(Filters, TellWhatIsWrongWithItsPlace) {
  EXPECT_EQ(faults(R"({"nobody":1})"), "query.filter.nobody UNKNOWN_FIELD");
  EXPECT_EQ(faults(R"({"points.balance":{"$near":1}})"),
            "query.filter.points.balance.$near UNKNOWN_FIELD");
  EXPECT_EQ(faults(R"({"points.balance":4.5})"), "query.filter.points.balance TYPE");
  EXPECT_EQ(faults(R"({"points.balance":{"$in":[1,"x"]}})"),
            "query.filter.points.balance.$in[1] TYPE");
  EXPECT_EQ(faults(R"({"points.balance":{"$in":1}})"), "query.filter.points.balance.$in TYPE");
  EXPECT_EQ(faults(R"({"createdDate":{"$gt":"soon"}})"), "query.filter.createdDate.$gt TYPE");
  EXPECT_EQ(faults(R"({"id":{"$exists":"yes"}})"), "query.filter.id.$exists TYPE");
  EXPECT_EQ(faults(R"({"id":{"$lt":null}})"), "query.filter.id.$lt TYPE");
  EXPECT_EQ(faults(R"({"$or":[{"id":1},{"x":1}]})"),
            "query.filter.$or[0].id TYPE; query.filter.$or[1].x UNKNOWN_FIELD");
  EXPECT_EQ(faults(R"({"$or":["x"]})"), "query.filter.$or[0] TYPE");
  EXPECT_EQ(faults("[]"), "query.filter TYPE");
}

TEST_F(Filters, OperatorsBelongToFields) {
  EXPECT_EQ(faults(R"({"points.balance":{"$startsWith":"1"}})"),
            "query.filter.points.balance.$startsWith ENUM");
  EXPECT_EQ(faults(R"({"status":{"$startsWith":"A"}})", collections::coupons),
            "query.filter.status.$startsWith ENUM");
  EXPECT_EQ(faults(R"({"status":{"$lt":"A"}})", collections::coupons),
            "query.filter.status.$lt ENUM");
  EXPECT_EQ(faults(R"({"status":{"$in":["ACTIVE"]}})", collections::coupons), "");
  EXPECT_EQ(faults(R"({"couponReference":{"$exists":true}})", collections::coupons), "");
  EXPECT_EQ(faults(R"({"couponReference":"x"})", collections::coupons),
            "query.filter.couponReference ENUM");
}

TEST_F(Filters, HaveLimits) {
  Json many = Json::array();
  for (int i = 0; i < 101; ++i) {
    many.push_back(Json{{"id", "x"}});
  }
  EXPECT_EQ(faults(Json{{"$or", many}}.dump().c_str()), "query.filter.$or[100].id MAX_SIZE");
  EXPECT_EQ(faults(Json{{"id", std::string(9'000, 'x')}}.dump().c_str()),
            "query.filter MAX_LENGTH");
  Json values = Json::array();
  for (int i = 0; i < 501; ++i) {
    values.push_back(1);
  }
  EXPECT_EQ(faults(Json{{"points.balance", Json{{"$in", values}}}}.dump().c_str()),
            "query.filter.points.balance.$in TYPE");
}

TEST_F(Filters, SearchForWordsInNamesAndAddresses) {
  EXPECT_EQ(searched(R"({"expression":"shop"})"), "ab");
  EXPECT_EQ(searched(R"({"expression":"ANNA cleo"})"), "ac");
  EXPECT_EQ(searched(R"({"expression":" anna  shop ","mode":"AND"})"), "a");
  EXPECT_EQ(searched(R"({"expression":"anna cleo","mode":"AND"})"), "");
  EXPECT_EQ(searched(R"({"expression":""})"), "abcd");
  EXPECT_EQ(searched("{}"), "abcd");
}

TEST_F(Filters, SearchInTheFieldsNamed) {
  EXPECT_EQ(searched(R"({"expression":"de","fields":["contact.name"]})"), "");
  EXPECT_EQ(searched(R"({"expression":"de","fields":["contact.email"]})"), "ab");
  EXPECT_EQ(faults_of([] {
              search_filter(collections::account_search,
                            Json::parse(R"({"fields":["contact.name","memberId"]})"),
                            "search.search");
            }),
            "search.search.fields[1] UNKNOWN_FIELD");
}

TEST_F(Filters, SearchForgivesALetterWhereItMay) {
  EXPECT_EQ(searched(R"({"expression":"anma","fuzzy":true})"), "a");
  EXPECT_EQ(searched(R"({"expression":"anma"})"), "");
  EXPECT_EQ(searched(R"({"expression":"axa","fuzzy":true})"), "");
}

}  // namespace
}  // namespace loyalty::service
