#include "native/service/checkout/raw_members.h"

#include <string>

#include <gtest/gtest.h>

namespace loyalty::service {
namespace {

RawMembers found(std::string_view body) {
  RawMembers members;
  EXPECT_TRUE(find_members(body, members)) << body;
  return members;
}

bool is_found(std::string_view body) {
  RawMembers members;
  return find_members(body, members);
}

TEST(RawMembers, AreTheTextsOfTheirValues) {
  const RawMembers members = found(
      R"( { "want" : ["offers"] , "cart":{"lines":[{"id":"}]\"","x":[1,{}]}]}, "intent":null } )");
  EXPECT_EQ(members.cart, R"({"lines":[{"id":"}]\"","x":[1,{}]}]})");
  EXPECT_EQ(members.intent, "null");
  EXPECT_EQ(members.want, R"(["offers"])");
  EXPECT_EQ(members.contact_id, "");
}

TEST(RawMembers, PassOverWhatACallerMayNotSay) {
  const RawMembers members =
      found(R"({"account":{"cart":1,"available":9},"now":"2020","resolved":[],"cart":{}})");
  EXPECT_EQ(members.cart, "{}");
  EXPECT_EQ(members.intent, "");
}

TEST(RawMembers, AnEmptyObjectHasNone) { EXPECT_EQ(found(" {} ").cart, ""); }

TEST(RawMembers, AreNotFoundInWhatIsNoObject) {
  for (const char* body :
       {"", "[]", "1", "{", "{\"cart\"", "{\"cart\":", "{\"cart\":}", "{\"cart\":{}",
        "{\"cart\":{},", "{\"cart\":{},}", "{cart:{}}", "{\"cart\":{}} {}", "{\"cart\":\"open}",
        "{\"cart\":[}", "{\"cart\" {}}", "{\"cart\":{}\"intent\":{}}"}) {
    EXPECT_FALSE(is_found(body)) << body;
  }
}

TEST(RawMembers, TheSameOneTwiceIsRefused) { EXPECT_FALSE(is_found(R"({"cart":{},"cart":{}})")); }

TEST(RawMembers, AValueCannotReachBeyondItsPlace) {
  // Whatever stands in the body, the value found ends where a strict reader of it ends or fails.
  EXPECT_FALSE(is_found(R"({"cart":{}},"now":"2020-01-01T00:00:00Z"})"));
  EXPECT_FALSE(is_found(R"({"cart":[1},"x":2]})"));
  EXPECT_EQ(found(R"({"cart":[1},"x":2})").cart, "[1}");  // which no reader takes for a value
  EXPECT_EQ(found(R"({"cart":nonsense,"x":2})").cart, "nonsense");
}

}  // namespace
}  // namespace loyalty::service
