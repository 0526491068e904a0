#include "native/service/query/query_reader.h"

#include <gtest/gtest.h>

#include "native/service/query/collections.h"
#include "tests/service_query/site_of_accounts.h"

namespace loyalty::service {
namespace {

using wire::Json;

class Queries : public testing::Test {
 protected:
  void SetUp() override {
    site.add({{"anna", "", 5, "2026-01-01T00:00:00Z"},
              {"bert", "", 7, "2026-01-02T00:00:00Z"},
              {"cleo", "", 5, "2026-01-03T00:00:00Z"},
              {"dora", "", 9, "2026-01-04T00:00:00Z"},
              {"emil", "", 5, "2026-01-04T00:00:00Z"}});
  }

  struct Answer {
    std::string names;  ///< first letters
    Json metadata;
  };

  Answer answer(const Listing& listing) {
    Answer made;
    site.read([&](store::Session& session) {
      const auto page = session.accounts(listing.query);
      for (const auto& row : page.rows) {
        made.names += row.id.front();
      }
      made.metadata = paging_metadata(listing, page, context);
    });
    return made;
  }

  /// As it comes through the door: checked by the schema, then read.
  Answer ask(const Json& query) {
    const Json request =
        wire::accept(wire::object({wire::optional("query", query_schema(collections::accounts))}),
                     Json{{"query", query}});
    return answer(read_query(collections::accounts, request["query"], context));
  }

  std::string faults(const char* query) {
    return faults_of([&] { ask(Json::parse(query)); });
  }

  static Json next_of(const Answer& answer, int limit) {
    return Json{
        {"cursorPaging", Json{{"cursor", answer.metadata["cursors"]["next"]}, {"limit", limit}}}};
  }
  static Json prev_of(const Answer& answer, int limit) {
    return Json{
        {"cursorPaging", Json{{"cursor", answer.metadata["cursors"]["prev"]}, {"limit", limit}}}};
  }

  SiteOfAccounts site;
  QueryContext context{"secret", Instant::from_ms(1'800'000'000'000), {}};
};

TEST_F(Queries, WithoutWordsAreForTheNewestFirst) {
  const Answer all = ask(Json::object());
  EXPECT_EQ(all.names, "edcba");
  EXPECT_EQ(all.metadata, Json::parse(R"({"count":5,"cursors":{},"hasNext":false})"));
  EXPECT_EQ(answer(read_query(collections::accounts, Json{}, context)).names, "edcba");
}

TEST_F(Queries, HaveAnOrder) {
  EXPECT_EQ(ask(Json::parse(R"({"sort":[{"fieldName":"points.balance","order":"DESC"},
                                        {"fieldName":"id","order":"ASC"}]})"))
                .names,
            "dbace");
  EXPECT_EQ(ask(Json::parse(R"({"sort":[{"fieldName":"createdDate"}]})")).names, "abcde");
}

TEST_F(Queries, AreAnsweredPageByPageForthAndBack) {
  const Answer first = ask(Json::parse(
      R"({"sort":[{"fieldName":"points.balance","order":"ASC"}],"cursorPaging":{"limit":2},
          "filter":{"id":{"$ne":"bert"}}})"));
  EXPECT_EQ(first.names, "ac");
  EXPECT_TRUE(first.metadata["hasNext"].get<bool>());
  EXPECT_FALSE(first.metadata["cursors"].contains("prev"));
  const Answer second = ask(next_of(first, 2));
  EXPECT_EQ(second.names, "ed");
  EXPECT_FALSE(second.metadata["hasNext"].get<bool>());
  EXPECT_FALSE(second.metadata["cursors"].contains("next"));
  const Answer back = ask(prev_of(second, 2));
  EXPECT_EQ(back.names, "ac");
  EXPECT_FALSE(back.metadata["cursors"].contains("prev"));
  EXPECT_EQ(ask(next_of(back, 2)).names, "ed");
}

TEST_F(Queries, GoingBackThereMayBeMoreBefore) {
  const Answer first = ask(Json::parse(R"({"cursorPaging":{"limit":2}})"));
  const Answer second = ask(next_of(first, 2));
  const Answer third = ask(next_of(second, 2));
  EXPECT_EQ(first.names + second.names + third.names, "edcba");
  const Answer back = ask(prev_of(third, 1));
  EXPECT_EQ(back.names, "b");
  EXPECT_EQ(ask(prev_of(back, 9)).names, "edc");
}

TEST_F(Queries, CursorsKeepTheirQuestion) {
  const Answer first =
      ask(Json::parse(R"({"filter":{"points.balance":5},"cursorPaging":{"limit":1}})"));
  Json again = next_of(first, 9);
  EXPECT_EQ(ask(again).names, "ca");
  again["filter"] = Json::object();
  EXPECT_EQ(ask(again).names, "ca");
  again["filter"] = Json::parse(R"({"points.balance":5})");
  EXPECT_EQ(ask(again).names, "ca");
  again["filter"] = Json::parse(R"({"points.balance":6})");
  EXPECT_EQ(faults(again.dump().c_str()), "query.cursorPaging.cursor ONE_OF");
}

TEST_F(Queries, StrangeOrOldCursorsAreRefused) {
  EXPECT_EQ(faults(R"({"cursorPaging":{"cursor":"abc"}})"), "query.cursorPaging.cursor FORMAT");
  const Json later = next_of(ask(Json::parse(R"({"cursorPaging":{"limit":1}})")), 1);
  context.now = context.now + Duration::days(2);
  EXPECT_EQ(faults(later.dump().c_str()), "query.cursorPaging.cursor FORMAT");
}

TEST_F(Queries, HaveLimits) {
  EXPECT_EQ(faults(R"({"cursorPaging":{"limit":100}})"), "");
  EXPECT_EQ(faults(R"({"cursorPaging":{"limit":101}})"), "query.cursorPaging.limit MAX");
  EXPECT_EQ(faults(R"({"cursorPaging":{"limit":0}})"), "query.cursorPaging.limit MIN");
  Json sort = Json::array();
  for (int i = 0; i < 6; ++i) {
    sort.push_back(Json{{"fieldName", "id"}});
  }
  EXPECT_EQ(faults(Json{{"sort", sort}}.dump().c_str()), "query.sort MAX_SIZE");
  EXPECT_EQ(
      faults(Json{{"cursorPaging", Json{{"cursor", std::string(16'001, 'a')}}}}.dump().c_str()),
      "query.cursorPaging.cursor MAX_LENGTH");
  EXPECT_EQ(read_query(collections::accounts, Json{}, context).query.limit, 50u);
}

TEST_F(Queries, FieldsOfTheOrderMustBeKnown) {
  EXPECT_EQ(faults(R"({"sort":[{"fieldName":"id"},{"fieldName":"nobody"}]})"),
            "query.sort[1].fieldName UNKNOWN_FIELD");
  EXPECT_EQ(faults(R"({"sort":[{"fieldName":"id","order":"down"}]})"), "query.sort[0].order ENUM");
}

TEST_F(Queries, OffsetsAreForCollectionsThatHaveThem) {
  EXPECT_EQ(faults(R"({"paging":{"limit":2}})"), "query.paging UNKNOWN_FIELD");
  const Listing listing = read_query(
      collections::coupons,
      wire::accept(query_schema(collections::coupons),
                   Json::parse(R"({"paging":{"limit":2,"offset":4},"fieldsets":["FULL"]})")),
      context);
  EXPECT_EQ(listing.query.limit, 2u);
  EXPECT_EQ(listing.query.offset, 4u);
  EXPECT_EQ(paging_metadata_v2(listing, {{std::int64_t{1}, std::string{"x"}}}, false, 5, context)
                .erase("cursors"),
            1u);
  Json metadata =
      paging_metadata_v2(listing, {{std::int64_t{1}, std::string{"x"}}}, false, 5, context);
  EXPECT_TRUE(metadata["cursors"].contains("prev"));
  metadata.erase("cursors");
  EXPECT_EQ(metadata, Json::parse(R"({"count":1,"offset":4,"total":5,"tooManyToCount":false})"));
}

TEST_F(Queries, SearchesKeepTheirWordsFromPageToPage) {
  const Json request = wire::accept(search_schema(collections::account_search),
                                    Json::parse(R"({"search":{"expression":"e"},
      "sort":[{"fieldName":"contact.name","order":"ASC"}],"cursorPaging":{"limit":2}})"));
  const Answer first = answer(read_search(collections::account_search, request, context));
  EXPECT_EQ(first.names, "bc");
  const Answer second =
      answer(read_search(collections::account_search, next_of(first, 2), context));
  EXPECT_EQ(second.names, "e");
}

TEST_F(Queries, SearchesHaveATimeZone) {
  context.zone = [](std::string_view name) -> std::optional<ZoneTable> {
    return name == "Asia/Tokyo" ? std::optional{ZoneTable::fixed(9 * 3'600)} : std::nullopt;
  };
  const auto found = [&](const char* zone) {
    const Json request{{"timeZone", zone},
                       {"filter", Json::parse(R"({"createdDate":{"$lt":"2026-01-02T09:00:00"}})")}};
    return answer(read_search(collections::account_search, request, context)).names;
  };
  EXPECT_EQ(found("Asia/Tokyo"), "a");
  EXPECT_EQ(found("+09:00"), "a");
  EXPECT_EQ(found("-02:00"), "ba");
  EXPECT_EQ(found("Z"), "ba");
  EXPECT_EQ(faults_of([&] { found("Mars/Base"); }), "search.timeZone FORMAT");
  EXPECT_EQ(faults_of([&] { found("+9"); }), "search.timeZone FORMAT");
}

TEST_F(Queries, SelectionsAreFilterAndWords) {
  store::Query query;
  query.filter = read_selection(
      collections::account_search,
      Json::parse(R"({"filter":{"points.balance":5},"search":{"expression":"cleo emil dora"}})"),
      context, "");
  query.sort.push_back({{"id", store::ValueType::text}, false});
  std::string names;
  site.read([&](store::Session& session) {
    for (const auto& row : session.accounts(query).rows) {
      names += row.id.front();
    }
  });
  EXPECT_EQ(names, "ce");
  EXPECT_EQ(faults_of([&] {
              read_selection(collections::account_search, Json::parse(R"({"filter":{"x":1}})"),
                             context, "");
            }),
            "filter.x UNKNOWN_FIELD");
}

}  // namespace
}  // namespace loyalty::service
