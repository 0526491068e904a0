#include "native/api/message.h"

#include <gtest/gtest.h>

#include "native/wire/base64.h"
#include "tests/api/bench.h"

namespace loyalty::test {
namespace {

constexpr char id[] = "0190a5b4-1234-7abc-8def-0123456789ab";

class Message : public testing::Test {
 protected:
  Message() : bench{plain_routes()}, site{bench.add_site()} {}

  Answer read(const std::string& query) {
    return bench.get(std::string{"/plain/v1/things/"} + id + query, site.key);
  }
  Answer update(const Json& body) {
    return bench.ask({.method = http::Method::patch,
                      .target = "/plain/v1/things/seven",
                      .body = body.dump(),
                      .headers = {{"Authorization", site.key}}});
  }

  Bench bench;
  TestSite site;
};

TEST_F(Message, HasPathVariablesAndQueryParametersReadAsTheirSchemaWants) {
  const Answer answer = read("?limit=5&deep=true&paging.limit=2&ids=a&ids=b+c%2B&q=x");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.json(), (Json{{"id", id},
                                 {"limit", 5},
                                 {"deep", true},
                                 {"paging", {{"limit", 2}}},
                                 {"ids", {"a", "b c+"}},
                                 {"q", "x"}}));
}

TEST_F(Message, NamesParametersThatAreWrong) {
  const Answer answer = read("?limit=101&deep=yes&paging.limit=x&what=1");
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(answer.fields(), (std::vector<std::string>{"deep", "limit", "paging.limit", "what"}));
}

TEST_F(Message, RefusesParametersThatAreThereTwiceOrStandInsideOfEachOther) {
  for (const char* const query :
       {"?limit=1&limit=2", "?paging=1&paging.limit=2", "?paging.limit=2&paging=1", "?.=1",
        "?paging..limit=1", "?paging.=1", "?limit.x.y=1&limit=3", "?%ff=1", "?limit=%"}) {
    EXPECT_EQ(read(query).status, 400) << query;
  }
}

TEST_F(Message, TakesAPathVariableASecondTimeOnlyWithTheSameValue) {
  EXPECT_EQ(read(std::string{"?id="} + id).status, 200);
  EXPECT_EQ(read("?id=0190A5B4-1234-7ABC-8DEF-0123456789AB").status, 200);
  const Answer other = read("?id=0190a5b4-1234-7abc-8def-0123456789ac");
  EXPECT_EQ(other.status, 400);
  EXPECT_EQ(other.fields(), std::vector<std::string>{"id"});
}

TEST_F(Message, ReadsAWholeMessageFromOneParameter) {
  const std::string packed = wire::base64url(R"({"limit":7,"paging":{"limit":3}})");
  const Answer answer = read("?.r=" + packed);
  EXPECT_EQ(answer.json(), (Json{{"id", id}, {"limit", 7}, {"paging", {{"limit", 3}}}}));
  EXPECT_EQ(read("?.r=%").status, 400);
  EXPECT_EQ(read("?.r=a").status, 400);
  EXPECT_EQ(read("?.r=" + wire::base64url("[1]")).status, 400);
}

TEST_F(Message, PutsPathVariablesAtTheirDottedPlace) {
  const Answer answer = update({{"thing", {{"name", "n"}}}});
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.json(), (Json{{"thing", {{"id", "seven"}, {"name", "n"}}}}));
  EXPECT_EQ(update({{"thing", {{"id", "seven"}}}}).status, 200);
  const Answer other = update({{"thing", {{"id", "eight"}}}});
  EXPECT_EQ(other.fields(), std::vector<std::string>{"thing.id"});
  const Answer no_object = update({{"thing", "x"}});
  EXPECT_EQ(no_object.status, 400);
  EXPECT_EQ(no_object.fields(), std::vector<std::string>{"thing"});
}

TEST_F(Message, RefusesBodiesThatReadersBend) {
  const auto send = [this](const std::string& body, const std::string& type) {
    return bench.ask({.method = http::Method::post,
                      .target = "/plain/v1/things",
                      .body = body,
                      .headers = {{"Authorization", site.key}, {"Content-Type", type}}});
  };
  EXPECT_EQ(send(R"({"text":"a"})", "application/json").status, 200);
  EXPECT_EQ(send(R"({"text":"a"})", "application/json; charset=utf-8").status, 200);
  EXPECT_EQ(send(R"({"text":"a"})", "").status, 200);
  EXPECT_EQ(send(R"({"text":"a"})", "text/plain").code(), "UNSUPPORTED_MEDIA_TYPE");
  EXPECT_EQ(send("{\"text\":\"\xff\"}", "application/json").status, 400);
  for (const char* const body : {R"({"text":"a","text":"b"})", R"({"text":"a"}x)", "[]", "7",
                                 "\xef\xbb\xbf{}", R"({"text":1})", R"({"text":"a","more":1})"}) {
    EXPECT_EQ(send(body, "application/json").status, 400) << body;
  }
  EXPECT_EQ(send(std::string(60'000, '['), "application/json").status, 400);
  EXPECT_EQ(send("\"" + std::string(300'000, 'x') + "\"", "application/json").code(),
            "PAYLOAD_TOO_LARGE");
}

TEST_F(Message, TakesTextsOfOtherTypesOnRawRows) {
  const auto put = [this](const std::string& body, const std::string& type) {
    return bench.ask({.method = http::Method::put,
                      .target = "/plain/v1/table",
                      .body = body,
                      .headers = {{"Authorization", site.key}, {"Content-Type", type}}});
  };
  EXPECT_EQ(put("a,b\n", "text/csv").json(), (Json{{"length", 4}}));
  EXPECT_EQ(put("", "text/csv").json(), (Json{{"length", 0}}));
  EXPECT_EQ(put(R"({"content":"abc"})", "application/json").json(), (Json{{"length", 3}}));
  EXPECT_EQ(put("\xff", "text/csv").status, 400);
  EXPECT_EQ(put(std::string(2'000, 'x'), "text/csv").status, 200);
  EXPECT_EQ(put(std::string(2'001, 'x'), "text/csv").status, 413);
}

TEST_F(Message, SendsTextsOfOtherTypesWithASafeFileName) {
  const Answer answer = bench.get("/plain/v1/table", site.key);
  EXPECT_EQ(answer.content_type, "text/csv; charset=utf-8");
  EXPECT_EQ(answer.body, "a,b\n1,2\n");
  EXPECT_EQ(answer.header("content-disposition"), "attachment; filename=\"rows__of__.._x.csv\"");
}

}  // namespace
}  // namespace loyalty::test
