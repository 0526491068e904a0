#include "native/wire/schema.h"

#include <gtest/gtest.h>

namespace loyalty::wire {
namespace {

/// `field RULE; field RULE` of what accept() says.
std::string faults(const Schema& schema, const Json& request) {
  try {
    accept(schema, request);
    return "";
  } catch (const Refused& refused) {
    std::string all;
    const Json body = refused.body();
    for (const Json& one : body["details"]["validationError"]["fieldViolations"]) {
      all += all.empty() ? "" : "; ";
      all += one["field"].get<std::string>() + " " + one["violatedRule"].get<std::string>();
    }
    return all;
  }
}

std::string faults(const Schema& value, const char* json) {
  return faults(object({optional("v", value)}), Json{{"v", Json::parse(json)}});
}

Json accepted(const Schema& value, const char* json) {
  return accept(object({optional("v", value)}), Json{{"v", Json::parse(json)}})["v"];
}

TEST(Schema, ChecksWholeNumbers) {
  EXPECT_EQ(faults(integer(1, 5), "1"), "");
  EXPECT_EQ(faults(integer(1, 5), "5"), "");
  EXPECT_EQ(faults(integer(1, 5), "0"), "v MIN");
  EXPECT_EQ(faults(integer(1, 5), "6"), "v MAX");
  EXPECT_EQ(faults(integer(1, 5), "2.5"), "v TYPE");
  EXPECT_EQ(faults(integer(1, 5), "\"2\""), "v TYPE");
  EXPECT_EQ(faults(integer(1, 5), "true"), "v TYPE");
}

TEST(Schema, BoundsAreToldWithTheirThreshold) {
  try {
    accept(object({optional("points", integer(1, 5))}), Json{{"points", 9}});
    FAIL();
  } catch (const Refused& refused) {
    const Json one = refused.body()["details"]["validationError"]["fieldViolations"][0];
    EXPECT_EQ(one["description"], "must be at most 5");
    EXPECT_EQ(one["data"], Json::parse(R"({"threshold":5})"));
  }
}

TEST(Schema, NumbersThatTravelAsTextBecomeNumbers) {
  EXPECT_EQ(accepted(integer_text(1, INT64_MAX), "\"9223372036854775807\""), Json(INT64_MAX));
  EXPECT_EQ(accepted(integer_text(1, 9), "7"), Json(7));
  EXPECT_EQ(faults(integer_text(1, 9), "\"7x\""), "v FORMAT");
  EXPECT_EQ(faults(integer_text(1, 9), "\"\""), "v FORMAT");
  EXPECT_EQ(faults(integer_text(1, 9), "\"10\""), "v MAX");
  EXPECT_EQ(faults(integer_text(1, 9), "7.5"), "v TYPE");
}

TEST(Schema, TextsAreMeasuredInCharacters) {
  EXPECT_EQ(faults(text(1, 2), "\"éé\""), "");
  EXPECT_EQ(faults(text(1, 2), "\"ééé\""), "v MAX_LENGTH");
  EXPECT_EQ(faults(text(1, 2), "\"\""), "v MIN_LENGTH");
  EXPECT_EQ(faults(text(1, 2), "1"), "v TYPE");
  EXPECT_EQ(faults(text(0, 0), "\"any length\""), "");
  EXPECT_EQ(faults(text(0, 9), R"("a\u0000")"), "v FORMAT");
  EXPECT_EQ(faults(object({optional("v", text(0, 9))}), Json{{"v", "a\xFF"}}), "v FORMAT");
}

TEST(Schema, GuidsBecomeLowerCase) {
  EXPECT_EQ(accepted(guid(), "\"ABCDEF00-1111-4222-8333-444444444444\""),
            "abcdef00-1111-4222-8333-444444444444");
  EXPECT_EQ(faults(guid(), "\"abcdef0011114222833344444444444\""), "v FORMAT");
  EXPECT_EQ(faults(guid(), "\"gbcdef00-1111-4222-8333-444444444444\""), "v FORMAT");
  EXPECT_EQ(faults(guid(), "\"abcdef00-1111-4222-8333-4444444444445\""), "v FORMAT");
  EXPECT_EQ(faults(guid(), "5"), "v TYPE");
}

TEST(Schema, ChecksTruthsAndNames) {
  EXPECT_EQ(faults(boolean(), "false"), "");
  EXPECT_EQ(faults(boolean(), "0"), "v TYPE");
  EXPECT_EQ(faults(enumeration({"ASC", "DESC"}), "\"DESC\""), "");
  EXPECT_EQ(faults(enumeration({"ASC", "DESC"}), "\"desc\""), "v ENUM");
}

TEST(Schema, TimesBecomeUtcWithMilliseconds) {
  EXPECT_EQ(accepted(timestamp(), "\"2026-01-15T11:00:00+01:00\""), "2026-01-15T10:00:00.000Z");
  EXPECT_EQ(faults(timestamp(), "\"2026-01-15\""), "v FORMAT");
  EXPECT_EQ(faults(date(), "\"2026-02-28\""), "");
  EXPECT_EQ(faults(date(), "\"2026-02-29\""), "v FORMAT");
  EXPECT_EQ(faults(date(), "\"2026-2-8\""), "v FORMAT");
  EXPECT_EQ(faults(date(), "\"1950-05-05\""), "");
}

TEST(Schema, DecimalsBecomeCanonicalText) {
  const Schema amount = decimal(2, 1, 999);
  EXPECT_EQ(accepted(amount, "\"3.50\""), "3.5");
  EXPECT_EQ(accepted(amount, "3.5"), "3.5");
  EXPECT_EQ(accepted(amount, "3"), "3");
  EXPECT_EQ(accepted(amount, "0.07"), "0.07");
  EXPECT_EQ(faults(amount, "0"), "v MIN");
  EXPECT_EQ(faults(amount, "\"-1\""), "v MIN");
  EXPECT_EQ(faults(amount, "10"), "v MAX");
  EXPECT_EQ(faults(amount, "1e300"), "v MAX");
  EXPECT_EQ(faults(amount, "-1e300"), "v MIN");
  EXPECT_EQ(faults(amount, "\"3.505\""), "v MAX_SCALE");
  EXPECT_EQ(faults(amount, "3.505"), "v MAX_SCALE");
  EXPECT_EQ(faults(amount, "\"three\""), "v FORMAT");
  EXPECT_EQ(faults(amount, "true"), "v TYPE");
}

TEST(Schema, ViolationsCarryThePathOfTheirField) {
  const Schema schema = object({required(
      "reward",
      object({required(
          "discountAmount",
          object({required("configsByTier", array(object({required("amount", decimal(2, 1, 100)),
                                                          optional("tierId", guid())}),
                                                  1, 2))}))}))});
  EXPECT_EQ(
      faults(
          schema,
          Json::parse(
              R"({"reward":{"discountAmount":{"configsByTier":[{"amount":"1"},{"amount":0,"tierId":"x"}]}}})")),
      "reward.discountAmount.configsByTier[1].amount MIN; "
      "reward.discountAmount.configsByTier[1].tierId FORMAT");
  EXPECT_EQ(faults(schema, Json::parse(R"({"reward":{"discountAmount":{"configsByTier":[]}}})")),
            "reward.discountAmount.configsByTier MIN_SIZE");
  EXPECT_EQ(
      faults(schema, Json::parse(R"({"reward":{"discountAmount":{"configsByTier":[1,2,3]}}})")),
      "reward.discountAmount.configsByTier MAX_SIZE");
  EXPECT_EQ(faults(schema, Json::parse(R"({"reward":{}})")), "reward.discountAmount REQUIRED");
  EXPECT_EQ(faults(schema, Json::parse(R"({"reward":[]})")), "reward TYPE");
  EXPECT_EQ(faults(schema, Json::array()), " TYPE");
}

TEST(Schema, NullCountsAsAbsent) {
  const Schema schema = object({required("a", integer(0, 9)), optional("b", integer(0, 9))});
  EXPECT_EQ(accept(schema, Json::parse(R"({"a":1,"b":null})")), Json::parse(R"({"a":1})"));
  EXPECT_EQ(faults(schema, Json::parse(R"({"a":null})")), "a REQUIRED");
  EXPECT_EQ(faults(array(integer(0, 9), 0, 9), "[null]"), "v[0] TYPE");
}

TEST(Schema, ReadOnlyFieldsAreAcceptedAndDropped) {
  const Schema schema =
      object({read_only("createdDate", timestamp()), optional("a", integer(0, 9))});
  EXPECT_EQ(accept(schema, Json::parse(R"({"a":1,"createdDate":"whatever"})")),
            Json::parse(R"({"a":1})"));
}

TEST(Schema, UnknownFieldsAreRefusedUnlessTheObjectIsOpen) {
  EXPECT_EQ(faults(object({optional("a", integer(0, 9))}), Json::parse(R"({"a":1,"b":2})")),
            "b UNKNOWN_FIELD");
  const Schema open = object({optional("a", integer(0, 9))}).open();
  EXPECT_EQ(accept(open, Json::parse(R"({"a":1,"b":2})")), Json::parse(R"({"a":1})"));
}

TEST(Schema, AnythingStaysAsItIs) {
  EXPECT_EQ(accepted(any(), R"({"x":[null,1.50]})"), Json::parse(R"({"x":[null,1.5]})"));
}

TEST(Schema, OneOfsAreCounted) {
  const Schema exactly =
      object({optional("a", any()), optional("b", any())}).exactly_one_of({"a", "b"});
  EXPECT_EQ(faults(exactly, Json::parse(R"({"a":1})")), "");
  EXPECT_EQ(faults(exactly, Json::parse(R"({"a":1,"b":null})")), "");
  EXPECT_EQ(faults(exactly, Json::parse(R"({})")), "a ONE_OF");
  EXPECT_EQ(faults(exactly, Json::parse(R"({"a":1,"b":2})")), "b ONE_OF");
  const Schema at_most =
      object({optional("a", any()), optional("b", any())}).at_most_one_of({"a", "b"});
  EXPECT_EQ(faults(at_most, Json::parse(R"({})")), "");
  EXPECT_EQ(faults(at_most, Json::parse(R"({"a":1,"b":2})")), "b ONE_OF");
}

TEST(Schema, AtMostAHundredViolationsAreListed) {
  Json list = Json::array();
  for (int i = 0; i < 500; ++i) {
    list.push_back("x");
  }
  try {
    accept(object({optional("v", array(integer(0, 1), 0, 1'000))}), Json{{"v", list}});
    FAIL();
  } catch (const Refused& refused) {
    EXPECT_EQ(refused.body()["details"]["validationError"]["fieldViolations"].size(), 100u);
  }
}

TEST(Schema, ReadsQueryParametersAsTheirFieldWantsThem) {
  EXPECT_EQ(from_text(integer(0, 9), "5"), Json(5));
  EXPECT_EQ(from_text(integer(0, 9), "5x"), Json("5x"));
  EXPECT_EQ(from_text(integer_text(0, 9), "5"), Json(5));
  EXPECT_EQ(from_text(boolean(), "true"), Json(true));
  EXPECT_EQ(from_text(boolean(), "yes"), Json("yes"));
  EXPECT_EQ(from_text(text(0, 9), "5"), Json("5"));
  EXPECT_EQ(from_text(array(integer(0, 9), 0, 9), "5"), Json::array({5}));
}

TEST(Schema, FieldsAreFoundByTheirDottedName) {
  const Schema schema = object({required("tier", object({required("id", guid())}))});
  ASSERT_NE(field_of(schema, "tier.id"), nullptr);
  EXPECT_EQ(openapi(*field_of(schema, "tier.id")), openapi(guid()));
  EXPECT_NE(field_of(schema, "tier"), nullptr);
  EXPECT_EQ(field_of(schema, "tier.name"), nullptr);
  EXPECT_EQ(field_of(schema, "tier.id.x"), nullptr);
  EXPECT_EQ(field_of(schema, ""), nullptr);
}

TEST(SchemaDeathTest, AnArrayNeedsABound) {
  EXPECT_DEATH(array(any(), 0, 0), "");
  EXPECT_DEATH(array(any(), 3, 2), "");
}

}  // namespace
}  // namespace loyalty::wire
