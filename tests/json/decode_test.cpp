#include "core/json/decode.h"

#include <random>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/json/encode.h"
#include "tests/json/documents.h"

namespace loyalty {
namespace {

using nlohmann::json;

/// What happens to one field of a good document: another value, or removal.
struct Change {
  std::string pointer;
  std::string value;  ///< JSON; empty: the field is removed
};

struct Row {
  std::vector<Change> changes;
  ErrorCode code;
  std::string path;
};

void apply_change(json& document, const Change& change) {
  const json::json_pointer pointer{change.pointer};
  if (!change.value.empty()) {
    document[pointer] = json::parse(change.value);
  } else if (json& parent = document[pointer.parent_pointer()]; parent.is_array()) {
    parent.erase(std::stoul(pointer.back()));
  } else {
    parent.erase(pointer.back());
  }
}

std::string outcome(const std::optional<Error>& error) {
  return error ? std::string(name_of(error->code)) + " at " + error->path : "ok";
}

std::string outcome_of(const json& request) {
  RequestDocument document;
  const std::string text = request.dump();
  return outcome(document.read(text, nullptr));
}

std::string expected(const Row& row) {
  return row.code == ErrorCode::none ? "ok" : std::string(name_of(row.code)) + " at " + row.path;
}

void check(const json& request, const std::vector<Row>& rows) {
  ASSERT_EQ(outcome_of(request), "ok");
  for (const Row& row : rows) {
    json changed = request;
    std::string shown;
    for (const Change& change : row.changes) {
      apply_change(changed, change);
      shown += change.pointer + " = " + change.value.substr(0, 80) + "\n";
    }
    EXPECT_EQ(outcome_of(changed), expected(row)) << shown;
  }
}

/// Rows that are alike for every field of a type, `at` being where the field stands.
class Rows {
 public:
  std::vector<Row> rows;

  Rows& required(const std::string& at) {
    rows.push_back({{{at, ""}}, ErrorCode::missing_field, at});
    return *this;
  }
  Rows& optional(const std::string& at) {
    rows.push_back({{{at, ""}}, ErrorCode::none, ""});
    return *this;
  }
  Rows& number(const std::string& at, std::int64_t min, std::int64_t max) {
    add(at, std::to_string(min), ErrorCode::none);
    add(at, std::to_string(max), ErrorCode::none);
    return bad_number(at, min, max);
  }
  /// Where the bounds themselves would break another rule.
  Rows& bad_number(const std::string& at, std::int64_t min, std::int64_t max) {
    add(at, std::to_string(min - 1), ErrorCode::out_of_range);
    add(at, std::to_string(max + 1), ErrorCode::out_of_range);
    add(at, "18446744073709551615", ErrorCode::out_of_range);
    add(at, "1.5", ErrorCode::not_an_integer);
    add(at, "1e2", ErrorCode::not_an_integer);
    for (const char* wrong : {"\"5\"", "true", "null", "[]", "{}"}) {
      add(at, wrong, ErrorCode::wrong_type);
    }
    return *this;
  }
  Rows& boolean(const std::string& at) {
    add(at, "true", ErrorCode::none);
    add(at, "false", ErrorCode::none);
    for (const char* wrong : {"0", "1", "\"true\"", "null", "[]", "{}"}) {
      add(at, wrong, ErrorCode::wrong_type);
    }
    return *this;
  }
  Rows& id(const std::string& at) {
    add(at, quoted(std::string(128, 'x')), ErrorCode::none);
    add(at, "\"\"", ErrorCode::out_of_range);
    add(at, quoted(std::string(129, 'x')), ErrorCode::out_of_range);
    return not_text(at);
  }
  Rows& name(const std::string& at) {
    add(at, "\"\"", ErrorCode::none);
    add(at, quoted(std::string(1'024, 'x')), ErrorCode::none);
    add(at, quoted(std::string(1'025, 'x')), ErrorCode::out_of_range);
    return not_text(at);
  }
  Rows& one_of(const std::string& at) {
    add(at, "\"nothing known\"", ErrorCode::unknown_value);
    add(at, "\"\"", ErrorCode::unknown_value);
    return not_text(at);
  }
  Rows& instant(const std::string& at) {
    for (const char* right :
         {"1970-01-01T00:00:00Z", "2199-12-31T23:59:59.999Z", "2024-02-29T00:00:00+00:00"}) {
      add(at, quoted(right), ErrorCode::none);
    }
    for (const char* wrong :
         {"", "2025-03-01", "2025-03-01T00:00:00", "2025-03-01T00:00:00+01:00",
          "2025-02-29T00:00:00Z", "1969-12-31T23:59:59Z", "2200-01-01T00:00:00Z",
          "2025-03-01T24:00:00Z", "2025-03-01T00:00:60Z", "2025-03-01 00:00:00Z",
          "2025-03-01T00:00:00.1234Z", "1740787200"}) {
      add(at, quoted(wrong), ErrorCode::invalid_time);
    }
    return not_text(at);
  }
  Rows& list(const std::string& at, std::size_t max, const std::string& entry) {
    rows.push_back({{{at, repeated(max + 1, entry)}}, ErrorCode::too_many, at});
    for (const char* wrong : {"0", "\"x\"", "true", "null", "{}"}) {
      add(at, wrong, ErrorCode::wrong_type);
    }
    return *this;
  }
  Rows& texts(const std::string& at, std::size_t max) {
    add(at, repeated(max, "\"x\""), ErrorCode::none);
    list(at, max, "\"x\"");
    rows.push_back({{{at, "[\"x\",1]"}}, ErrorCode::wrong_type, at + "/1"});
    rows.push_back({{{at, "[\"\"]"}}, ErrorCode::out_of_range, at + "/0"});
    rows.push_back(
        {{{at, "[" + quoted(std::string(129, 'x')) + "]"}}, ErrorCode::out_of_range, at + "/0"});
    return *this;
  }
  Rows& rule_texts(const std::string& at, std::size_t max) {
    add(at, "[]", ErrorCode::out_of_range);
    return texts(at, max);
  }
  Rows& object(const std::string& at) {
    for (const char* wrong : {"0", "\"x\"", "true", "[]"}) {
      add(at, wrong, ErrorCode::wrong_type);
    }
    return *this;
  }
  Rows& strict(const std::string& at) {
    rows.push_back({{{at + "/unknown", "1"}}, ErrorCode::unknown_field, at + "/unknown"});
    return *this;
  }
  Rows& lax(const std::string& at) {
    rows.push_back({{{at + "/unknown", "[1.5]"}}, ErrorCode::none, ""});
    return *this;
  }
  Rows& row(std::vector<Change> changes, ErrorCode code, const std::string& path = "") {
    rows.push_back({std::move(changes), code, path});
    return *this;
  }

  static std::string quoted(const std::string& text) { return json(text).dump(); }
  static std::string repeated(std::size_t count, const std::string& entry) {
    std::string all = "[";
    for (std::size_t i = 0; i < count; ++i) {
      all += (i == 0 ? "" : ",") + entry;
    }
    return all + "]";
  }

 private:
  void add(const std::string& at, const std::string& value, ErrorCode code) {
    rows.push_back({{{at, value}}, code, at});
  }
  Rows& not_text(const std::string& at) {
    for (const char* wrong : {"0", "true", "null", "[]", "{}"}) {
      add(at, wrong, ErrorCode::wrong_type);
    }
    return *this;
  }
};

constexpr std::int64_t amount_max = 1'000'000'000'000;
constexpr std::int64_t points_max = 999'999'999;
constexpr std::int64_t units_max = 1'000'000'000;
constexpr std::int64_t counts_max = 9'007'199'254'740'991;
using enum ErrorCode;

TEST(Decode, RefusesWhatIsNoRequest) {
  for (const char* text : {"[]", "1", "\"x\"", "null", "true"}) {
    EXPECT_EQ(outcome_of(json::parse(text)), "WRONG_TYPE at ") << text;
  }
  EXPECT_EQ(outcome_of(json::parse("{}")), "MISSING_FIELD at /catalog");
}

TEST(Decode, ChecksEveryFieldOfARequest) {
  Rows t;
  t.required("/catalog").required("/cart").required("/now").lax("");
  t.optional("/account").optional("/intent").optional("/resolved").optional("/want");
  t.row({{"/account", "null"}}, none);
  t.object("/catalog").object("/cart").object("/account").object("/intent").instant("/now");
  t.list("/want", 64, "\"explain\"").one_of("/want/0").row({{"/want", "[]"}}, none);
  t.list("/resolved", 64, R"({"id":"x","trigger":"automatic","effects":[]})");
  t.strict("/resolved/0").strict("/resolved/0/effects/0");
  t.row({{"/intent", "null"}}, wrong_type, "/intent");
  check(test::full_request(), t.rows);
}

TEST(Decode, ChecksEveryFieldOfACart) {
  Rows t;
  t.lax("/cart").optional("/cart/id").id("/cart/id").required("/cart/currency");
  t.row({{"/cart/currency", "\"XYZ\""}}, currency_unknown, "/cart/currency");
  t.row({{"/cart/currency", "\"eur\""}}, currency_unknown, "/cart/currency");
  t.row({{"/cart/currency", "978"}}, wrong_type, "/cart/currency");
  t.row({{"/cart/currency", "\"JPY\""}}, currency_mismatch, "/cart/currency");
  t.optional("/cart/pricesIncludeTax").boolean("/cart/pricesIncludeTax");
  t.required("/cart/lines").row({{"/cart/lines", "[]"}}, none);
  t.list("/cart/lines", 1'000, "{}").row({{"/cart/lines/1", "5"}}, wrong_type, "/cart/lines/1");

  t.lax("/cart/lines/0").required("/cart/lines/0/id").id("/cart/lines/0/id");
  t.required("/cart/lines/0/unitPrice").bad_number("/cart/lines/0/unitPrice", 0, amount_max);
  t.required("/cart/lines/0/quantity").number("/cart/lines/0/quantity", 1, 1'000'000);
  t.row({{"/cart/lines/0/quantity", "-1"}}, out_of_range, "/cart/lines/0/quantity");
  t.optional("/cart/lines/0/tags").texts("/cart/lines/0/tags", 64);
  t.row({{"/cart/lines/0/tags", "[]"}}, none);
  t.optional("/cart/lines/0/taxRatePpm").number("/cart/lines/0/taxRatePpm", 0, 10'000'000);
  t.optional("/cart/lines/0/discountable").boolean("/cart/lines/0/discountable");
  t.optional("/cart/lines/0/kind").one_of("/cart/lines/0/kind");
  t.optional("/cart/lines/0/minUnitPrice").number("/cart/lines/0/minUnitPrice", 0, amount_max);
  t.optional("/cart/lines/0/listUnitPrice").number("/cart/lines/0/listUnitPrice", 0, amount_max);

  t.optional("/cart/shipping").lax("/cart/shipping/0");
  t.list("/cart/shipping", 20, "{}").row({{"/cart/shipping", "[]"}}, none);
  t.required("/cart/shipping/0/id").id("/cart/shipping/0/id");
  t.required("/cart/shipping/0/price").number("/cart/shipping/0/price", 0, amount_max);
  t.optional("/cart/shipping/0/taxRatePpm").number("/cart/shipping/0/taxRatePpm", 0, 10'000'000);
  t.optional("/cart/shipping/0/tags").texts("/cart/shipping/0/tags", 64);
  t.optional("/cart/fees").number("/cart/fees", 0, amount_max);
  t.optional("/cart/wallets").lax("/cart/wallets/0");
  t.list("/cart/wallets", 20, "{}").row({{"/cart/wallets", "[]"}}, none);
  t.required("/cart/wallets/0/id").id("/cart/wallets/0/id");
  t.required("/cart/wallets/0/balance").number("/cart/wallets/0/balance", 0, amount_max);

  t.row({{"/cart/lines/2/id", "\"l1\""}}, duplicate_id, "/cart/lines/2/id");
  t.row({{"/cart/shipping/1", R"({"id":"dhl","price":1})"}}, duplicate_id, "/cart/shipping/1/id");
  t.row({{"/cart/wallets/1", R"({"id":"w1","balance":1})"}}, duplicate_id, "/cart/wallets/1/id");
  check(test::full_request(), t.rows);
}

TEST(Decode, BoundsWhatAmountsAddUpTo) {
  Rows t;
  const std::string line = "/cart/lines/0";
  t.row({{line + "/unitPrice", "500000000000"}}, none);
  t.row({{line + "/unitPrice", "500000000001"}}, out_of_range, line);
  t.row({{line + "/unitPrice", "1000000000000"}, {line + "/quantity", "1000000"}}, out_of_range,
        line);
  t.row({{line + "/unitPrice", "1000000"}, {line + "/quantity", "1000000"}}, none);

  // 99 lines of 10¹² and one of the rest reach 10¹⁴ with shipping and fees.
  json lines = json::array();
  for (int i = 0; i < 99; ++i) {
    lines.push_back({{"id", std::to_string(i)}, {"unitPrice", amount_max}, {"quantity", 1}});
  }
  lines.push_back({{"id", "rest"}, {"unitPrice", amount_max - 549}, {"quantity", 1}});
  t.row({{"/cart/lines", lines.dump()}}, none);
  t.row({{"/cart/lines", lines.dump()}, {"/cart/fees", "51"}}, out_of_range, "/cart");
  t.row({{"/cart/lines", lines.dump()}, {"/cart/shipping/0/price", "500"}}, out_of_range, "/cart");
  lines.back()["unitPrice"] = amount_max - 548;
  t.row({{"/cart/lines", lines.dump()}}, out_of_range, "/cart");
  json most = json::array();
  for (int i = 0; i < 1'000; ++i) {
    most.push_back({{"id", std::to_string(i)}, {"unitPrice", amount_max}, {"quantity", 1'000'000}});
  }
  t.row({{"/cart/lines", most.dump()}}, out_of_range, "/cart/lines/0");
  check(test::full_request(), t.rows);
}

TEST(Decode, ChecksEveryFieldOfAnAccount) {
  Rows t;
  t.lax("/account").required("/account/id").id("/account/id");
  t.optional("/account/revision").row({{"/account/revision", "\"9007199254740991\""}}, none);
  t.row({{"/account/revision", "9007199254740991"}}, none);
  t.row({{"/account/revision", "0"}}, none).row({{"/account/revision", "\"0\""}}, none);
  t.row({{"/account/revision", "\"9007199254740992\""}}, out_of_range, "/account/revision");
  t.row({{"/account/revision", "\"99999999999999999999\""}}, out_of_range, "/account/revision");
  t.row({{"/account/revision", "-1"}}, out_of_range, "/account/revision");
  t.row({{"/account/revision", "1.5"}}, not_an_integer, "/account/revision");
  for (const char* wrong : {"\"\"", "\"-1\"", "\"+1\"", "\"01\"", "\"1.0\"", "\"1 \"", "\"x\""}) {
    t.row({{"/account/revision", wrong}}, not_an_integer, "/account/revision");
  }
  t.row({{"/account/revision", "true"}}, wrong_type, "/account/revision");
  t.required("/account/available").number("/account/available", 0, points_max);
  t.optional("/account/held").number("/account/held", 0, points_max);
  t.optional("/account/pending").number("/account/pending", 0, points_max);
  t.optional("/account/tierId").row({{"/account/tierId", "\"\""}}, out_of_range, "/account/tierId");
  t.row({{"/account/tierId", "\"bronze\""}}, unknown_reference, "/account/tierId");
  t.row({{"/account/tierId", "5"}}, wrong_type, "/account/tierId");
  t.optional("/account/tierPoints").number("/account/tierPoints", 0, points_max);
  t.optional("/account/customerTags").texts("/account/customerTags", 1'000);
  t.optional("/account/orderNumber").number("/account/orderNumber", 1, counts_max);
  t.optional("/account/coupons").optional("/account/referralRewards");
  for (const std::string list : {"/account/coupons", "/account/referralRewards"}) {
    const std::string at = list + "/0";
    t.list(list, 200, "{}").row({{list, "[]"}}, none).lax(at);
    t.required(at + "/id").required(at + "/status").one_of(at + "/status");
    t.optional(at + "/code").row({{at + "/code", "\"\""}}, none);
    t.row({{at + "/code", Rows::quoted(std::string(129, 'x'))}}, out_of_range, at + "/code");
    t.optional(at + "/name")
        .name(at + "/name")
        .optional(at + "/expiresAt")
        .instant(at + "/expiresAt");
    t.optional(at + "/exclusive").boolean(at + "/exclusive").optional(at + "/conditions");
    t.object(at + "/conditions").lax(at + "/conditions").lax(at + "/effects/0");
    t.required(at + "/effects").list(at + "/effects", 16, "{}");
    t.row({{at + "/effects/0/scope", "{}"}}, unknown_field, at + "/effects/0/scope");
    t.row({{at + "/effects/0", R"({"kind":"pointsAsMoney","amount":1})"}}, unknown_value,
          at + "/effects/0/kind");
    t.row({{list + "/2", R"({"id":"c1","status":"ACTIVE","effects":[]})"},
           {list + "/1", R"({"id":"c3","status":"ACTIVE","effects":[]})"}},
          duplicate_id, list + "/2/id");
  }
  check(test::full_request(), t.rows);
}

TEST(Decode, ChecksEveryFieldOfAnIntent) {
  Rows t;
  t.lax("/intent").optional("/intent/chosen").row({{"/intent/chosen", "[]"}}, none);
  t.list("/intent/chosen", 64, R"({"coupon":{"id":"x"}})")
      .row({{"/intent/chosen/1", "5"}}, wrong_type, "/intent/chosen/1");
  t.lax("/intent/chosen/0").lax("/intent/chosen/0/reward").object("/intent/chosen/0/reward");
  t.required("/intent/chosen/0/reward/id").id("/intent/chosen/0/reward/id");
  t.optional("/intent/chosen/0/reward/points")
      .number("/intent/chosen/0/reward/points", 1, points_max);
  t.required("/intent/chosen/1/coupon/id").id("/intent/chosen/1/coupon/id");
  t.required("/intent/chosen/2/code/text").id("/intent/chosen/2/code/text");
  t.required("/intent/chosen/3/referralReward/id").id("/intent/chosen/3/referralReward/id");
  t.row({{"/intent/chosen/0", "{}"}}, missing_field, "/intent/chosen/0/reward");
  t.row({{"/intent/chosen/0", R"({"gift":{"id":"x"}})"}}, missing_field, "/intent/chosen/0/reward");
  t.row({{"/intent/chosen/0/code", R"({"text":"x"})"}}, unknown_field, "/intent/chosen/0/code");
  t.row({{"/intent/chosen/4", R"({"reward":{"id":"money-off","points":5}})"}}, duplicate_id,
        "/intent/chosen/4");
  t.row({{"/intent/chosen/4", R"({"code":{"text":" gift1 "}})"}}, duplicate_id, "/intent/chosen/4");
  t.row({{"/intent/chosen/4", R"({"coupon":{"id":"C1"}})"}}, none);
  check(test::full_request(), t.rows);
}

TEST(Decode, ChecksEveryFieldOfACatalog) {
  Rows t;
  const std::string c = "/catalog";
  t.strict(c).required(c + "/version").id(c + "/version").required(c + "/currency");
  t.row({{c + "/currency", "\"ABC\""}}, currency_unknown, c + "/currency");
  t.row({{c + "/currency", "null"}}, wrong_type, c + "/currency");
  t.optional(c + "/timeZone").id(c + "/timeZone");
  t.required(c + "/program").object(c + "/program").strict(c + "/program");
  t.required(c + "/program/status").one_of(c + "/program/status");
  t.optional(c + "/program/name").name(c + "/program/name");

  const std::string p = c + "/program/pointName";
  t.optional(p).object(p).row({{p, "{}"}}, none).row({{p + "/en", "5"}}, wrong_type, p + "/en");
  t.row({{p + "/en", "{}"}}, out_of_range, p + "/en");
  t.row({{p + "/en/dual", "\"x\""}}, unknown_field, p + "/en/dual");
  t.row({{p + "/en/one", "1"}}, wrong_type, p + "/en/one");
  t.row({{p + "/", "\"x\""}}, out_of_range, p + "/");

  const std::string y = c + "/policy";
  t.optional(y)
      .object(y)
      .strict(y)
      .row({{y, "{}"}}, none)
      .optional(y + "/profile")
      .one_of(y + "/rounding");
  t.row({{y + "/profile", "\"nobody\""}}, unknown_value, y + "/profile");
  t.row({{y + "/profile", "1"}}, wrong_type, y + "/profile");
  for (const char* name : {"rounding", "basis", "split", "conditionBasis", "compounding",
                           "taxRounding", "earnRounding", "earnBase"}) {
    t.optional(y + "/" + name).one_of(y + "/" + name);
  }
  for (const char* name : {"maxCoupons", "maxPointsRewards", "maxCodes"}) {
    t.optional(y + "/" + name).number(y + "/" + name, 0, 64);
  }
  t.optional(y + "/minPayable").number(y + "/minPayable", 0, amount_max);
  t.optional(c + "/tiersActive").boolean(c + "/tiersActive");
  check(test::full_request(), t.rows);
}

TEST(Decode, ChecksEveryFieldOfATier) {
  Rows t;
  const std::string tiers = "/catalog/tiers";
  t.list(tiers, 20, "{}").strict(tiers + "/1");
  t.row({{tiers, ""}}, unknown_reference, "/account/tierId");
  t.required(tiers + "/1/id")
      .id(tiers + "/1/id")
      .optional(tiers + "/1/name")
      .name(tiers + "/1/name");
  t.required(tiers + "/1/requiredPoints").number(tiers + "/1/requiredPoints", 1, 9'999'999);
  t.row({{tiers + "/1/id", "\"silver\""}}, duplicate_id, tiers + "/1/id");
  t.row({{tiers + "/1/name", "\" sILVER \""}}, duplicate_id, tiers + "/1/name");
  t.row({{tiers + "/1/requiredPoints", "1000"}}, duplicate_id, tiers + "/1/requiredPoints");
  t.row({{tiers + "/0/name", "\"\""}, {tiers + "/1/name", "\"\""}}, none);
  check(test::full_request(), t.rows);
}

TEST(Decode, ChecksEveryFieldOfAReward) {
  Rows t;
  const std::string list = "/catalog/rewards";
  const std::string r = list + "/0";
  t.optional(list).list(list, 200, "{}").row({{list, "[]"}}, none).strict(r);
  t.required(r + "/id").id(r + "/id").optional(r + "/name").name(r + "/name");
  t.required(r + "/type").one_of(r + "/type").required(r + "/active").boolean(r + "/active");
  t.optional(r + "/revision").row({{r + "/revision", "\"x\""}}, not_an_integer, r + "/revision");
  t.optional(r + "/conditions").object(r + "/conditions").strict(r + "/conditions");
  t.optional(r + "/exclusive").boolean(r + "/exclusive");
  t.optional(r + "/priority").number(r + "/priority", -1'000'000, 1'000'000);
  t.required(r + "/configs").list(r + "/configs", 21, "{}");
  t.row({{r + "/configs", "[]"}}, out_of_range, r + "/configs");
  t.row({{list + "/1/id", "\"money-off\""}}, duplicate_id, list + "/1/id");

  const std::string g = r + "/configs/1";
  t.strict(g).required(g + "/costInPoints").number(g + "/costInPoints", 1, 9'999'999);
  t.row({{g + "/tierId", ""}}, duplicate_id, g)
      .row({{g + "/tierId", "\"\""}}, out_of_range, g + "/tierId");
  t.row({{g + "/tierId", "\"a tier that is gone\""}}, none);
  t.row({{r + "/configs/0/tierId", "\"gold\""}}, duplicate_id, g + "/tierId");
  t.required(g + "/effects").list(g + "/effects", 16, "{}").row({{g + "/effects", "[]"}}, none);

  const std::string e = r + "/configs/0/effects/0";
  t.required(e + "/amount").number(e + "/amount", 1, amount_max);
  t.optional(e + "/costInPoints").number(e + "/costInPoints", 1, 9'999'999);
  t.optional(e + "/minPoints").bad_number(e + "/minPoints", 1, points_max);
  t.row({{e + "/minPoints", "1"}}, none).row({{e + "/minPoints", "5000"}}, none);
  t.row({{e + "/minPoints", "5001"}}, out_of_range, e + "/maxPoints");
  t.optional(e + "/stepPoints").number(e + "/stepPoints", 1, points_max);
  t.optional(e + "/maxPoints").bad_number(e + "/maxPoints", 1, points_max);
  t.row({{e + "/maxPoints", "49"}}, out_of_range, e + "/maxPoints");
  t.row({{e + "/maxPoints", "50"}}, none).row({{e + "/maxPoints", "999999999"}}, none);
  t.optional(e + "/maxShareOfOrderPpm").number(e + "/maxShareOfOrderPpm", 0, 1'000'000);
  t.row({{e + "/target", "\"shipping\""}}, unknown_value, e + "/target");
  t.row({{e + "/apply", "\"across\""}}, none);
  t.row({{e + "/apply", "\"each\""}}, unknown_value, e + "/apply");
  t.row({{r + "/configs/0/effects/1", R"({"kind":"pointsAsMoney","amount":1})"}}, too_many,
        r + "/configs/0/effects/1");
  t.row({{r + "/configs/0/effects/1", R"({"kind":"percent","ratePpm":1})"}}, none);
  check(test::full_request(), t.rows);
}

TEST(Decode, ChecksEveryFieldOfAPromotion) {
  Rows t;
  const std::string list = "/catalog/promotions";
  const std::string p = list + "/0";
  t.optional(list).list(list, 100'000, "0").row({{list, "[]"}}, none).strict(p);
  t.required(p + "/id").id(p + "/id").optional(p + "/name").name(p + "/name");
  t.required(p + "/trigger").one_of(p + "/trigger");
  t.row({{p + "/codes", "[\"X\"]"}}, unknown_field, p + "/codes");
  t.required(list + "/1/codes").row({{list + "/1/codes", "[]"}}, out_of_range, list + "/1/codes");
  t.row({{list + "/1/codes/0", "5"}}, wrong_type, list + "/1/codes/0");
  t.row({{list + "/1/codes/0", "\"\""}}, out_of_range, list + "/1/codes/0");
  t.row({{list + "/1/codes/2", "\"gift1\""}}, duplicate_id, list + "/1/codes/2");
  t.row({{list + "/1/codes/2", "\"GIFT 2\""}}, duplicate_id, list + "/1/codes/2");
  t.row({{list + "/2", R"({"id":"x","trigger":"code","codes":["y","Gift1"],"effects":[]})"}},
        duplicate_id, list + "/2/codes/1");
  t.row({{list + "/1/id", "\"spring\""}}, duplicate_id, list + "/1/id");
  t.optional(p + "/lane").one_of(p + "/lane").optional(p + "/exclusive").boolean(p + "/exclusive");
  t.optional(p + "/priority").number(p + "/priority", -1'000'000, 1'000'000);
  t.optional(p + "/limits")
      .object(p + "/limits")
      .strict(p + "/limits")
      .row({{p + "/limits", "{}"}}, none);
  t.optional(p + "/limits/usesLeft").number(p + "/limits/usesLeft", 0, counts_max);
  t.optional(p + "/limits/usesLeftForCustomer")
      .number(p + "/limits/usesLeftForCustomer", 0, counts_max);
  t.optional(p + "/limits/budgetLeft").number(p + "/limits/budgetLeft", 0, amount_max);
  t.required(p + "/effects").list(p + "/effects", 16, "{}").row({{p + "/effects", "[]"}}, none);
  t.row({{p + "/effects/0", R"({"kind":"pointsAsMoney","amount":1})"}}, unknown_value,
        p + "/effects/0/kind");
  check(test::full_request(), t.rows);
}

TEST(Decode, ChecksEveryCondition) {
  Rows t;
  const std::string c = "/catalog/promotions/0/conditions";
  t.optional(c).object(c).strict(c).row({{c, "{}"}}, none);
  t.optional(c + "/startsAt")
      .instant(c + "/startsAt")
      .optional(c + "/endsAt")
      .instant(c + "/endsAt");
  t.optional(c + "/minSubtotal").number(c + "/minSubtotal", 0, amount_max);
  t.optional(c + "/minSubtotalOf").object(c + "/minSubtotalOf").strict(c + "/minSubtotalOf");
  t.required(c + "/minSubtotalOf/scope").required(c + "/minSubtotalOf/amount");
  t.object(c + "/minSubtotalOf/scope").strict(c + "/minSubtotalOf/scope");
  t.number(c + "/minSubtotalOf/amount", 0, amount_max);
  t.optional(c + "/minQuantity").number(c + "/minQuantity", 1, units_max);
  t.optional(c + "/minQuantityOf").object(c + "/minQuantityOf").strict(c + "/minQuantityOf");
  t.required(c + "/minQuantityOf/scope").required(c + "/minQuantityOf/quantity");
  t.number(c + "/minQuantityOf/quantity", 1, units_max);
  t.optional(c + "/minLineQuantity").number(c + "/minLineQuantity", 1, 1'000'000);
  t.optional(c + "/containsTags").rule_texts(c + "/containsTags", 1'000);
  t.optional(c + "/tierIds").rule_texts(c + "/tierIds", 21);
  t.optional(c + "/membersOnly").boolean(c + "/membersOnly");
  t.optional(c + "/customerTags").rule_texts(c + "/customerTags", 1'000);
  t.optional(c + "/orderNumber").number(c + "/orderNumber", 1, counts_max);
  t.optional(c + "/shippingMethods").rule_texts(c + "/shippingMethods", 1'000);
  check(test::full_request(), t.rows);
}

TEST(Decode, ChecksEveryFieldOfAnEffect) {
  Rows t;
  const std::string list = "/catalog/promotions/0/effects";
  const std::string percent = list + "/0";
  t.strict(percent).required(percent + "/kind").one_of(percent + "/kind");
  t.required(percent + "/ratePpm").number(percent + "/ratePpm", 0, 1'000'000);
  t.one_of(percent + "/target").optional(percent + "/apply").one_of(percent + "/apply");
  t.row({{percent + "/target", ""}, {percent + "/apply", ""}}, unknown_field, percent + "/scope");
  t.row({{percent + "/target", "\"order\""}, {percent + "/apply", "\"across\""}}, unknown_field,
        percent + "/scope");
  t.row({{percent + "/target", ""}, {percent + "/scope", ""}}, unknown_value, percent + "/apply");
  t.optional(percent + "/base").one_of(percent + "/base");
  t.row({{percent + "/base", "\"policy\""}}, unknown_value, percent + "/base");
  t.optional(percent + "/maxDiscount").number(percent + "/maxDiscount", 0, amount_max);
  t.optional(percent + "/maxUnits").number(percent + "/maxUnits", 1, units_max);
  t.optional(percent + "/maxUnitsPerLine").number(percent + "/maxUnitsPerLine", 1, 1'000'000);
  t.optional(percent + "/groupSize").number(percent + "/groupSize", 1, 1'000'000);
  t.optional(percent + "/excludeDiscounted").boolean(percent + "/excludeDiscounted");
  t.optional(percent + "/appliesToSubscriptions").boolean(percent + "/appliesToSubscriptions");
  t.optional(percent + "/discountedCycles").number(percent + "/discountedCycles", 1, 1'000'000);

  const std::string scope = percent + "/scope";
  t.optional(scope).object(scope).strict(scope).row({{scope, "{}"}}, none);
  t.optional(scope + "/include").rule_texts(scope + "/include", 1'000);
  t.optional(scope + "/exclude").rule_texts(scope + "/exclude", 1'000);
  t.optional(scope + "/minUnitPrice").number(scope + "/minUnitPrice", 0, amount_max);
  t.optional(scope + "/maxUnitPrice").number(scope + "/maxUnitPrice", 0, amount_max);

  const std::string tiered = list + "/1";
  t.required(tiered + "/by").one_of(tiered + "/by").required(tiered + "/steps");
  t.list(tiered + "/steps", 20, "{}")
      .row({{tiered + "/steps", "[]"}}, out_of_range, tiered + "/steps");
  t.strict(tiered + "/steps/0")
      .required(tiered + "/steps/0/from")
      .required(tiered + "/steps/0/ratePpm");
  t.bad_number(tiered + "/steps/0/from", 0, amount_max)
      .row({{tiered + "/steps/0/from", "0"}}, none);
  t.row({{tiered + "/steps/1/from", "2"}}, out_of_range, tiered + "/steps/1/from");
  t.row({{tiered + "/steps/1/from", "1"}}, out_of_range, tiered + "/steps/1/from");
  t.number(tiered + "/steps/0/ratePpm", 0, 1'000'000);

  const std::string amount = list + "/2";
  t.required(amount + "/amount").number(amount + "/amount", 0, amount_max);
  t.optional(amount + "/amountIncludesTax").boolean(amount + "/amountIncludesTax");
  t.required(list + "/3/amount").number(list + "/3/amount", 0, amount_max);
  check(test::full_request(), t.rows);
}

TEST(Decode, ChecksEveryFieldOfAGift) {
  Rows t;
  const std::string list = "/catalog/promotions/1/effects";
  t.row({{list + "/0/target", "\"shipping\""}}, none);
  t.row({{list + "/0/target", "\"order\""}}, unknown_value, list + "/0/target");
  t.row({{list + "/0/target", "\"lines\""}}, unknown_value, list + "/0/target");
  t.row({{list + "/0/apply", "\"each\""}}, unknown_value, list + "/0/apply");

  const std::string buy = list + "/1";
  t.required(buy + "/buy").number(buy + "/buy", 1, 1'000'000);
  t.required(buy + "/get").number(buy + "/get", 1, 1'000'000);
  t.optional(buy + "/buyScope").object(buy + "/buyScope").strict(buy + "/buyScope");
  t.optional(buy + "/getScope").object(buy + "/getScope").strict(buy + "/getScope");
  t.optional(buy + "/ratePpm").number(buy + "/ratePpm", 0, 1'000'000);
  t.optional(buy + "/repeat")
      .boolean(buy + "/repeat")
      .optional(buy + "/pick")
      .one_of(buy + "/pick");
  t.optional(buy + "/maxUnits").number(buy + "/maxUnits", 1, units_max);
  t.row({{buy + "/amountOff", "5"}}, unknown_field, buy + "/ratePpm");
  t.row({{buy + "/target", "\"lines\""}}, none);
  t.row({{buy + "/target", "\"order\""}}, unknown_value, buy + "/target");
  t.row({{buy + "/target", "\"shipping\""}}, unknown_value, buy + "/target");
  t.optional(list + "/2/amountOff").number(list + "/2/amountOff", 0, amount_max);

  const std::string item = list + "/3";
  t.required(item + "/productId").id(item + "/productId").optional(item + "/perUnits");
  t.required(item + "/quantity").bad_number(item + "/quantity", 1, 1'000'000);
  t.required(item + "/unitPrice").bad_number(item + "/unitPrice", 0, amount_max);
  t.row({{item + "/perUnits", ""}, {item + "/unitPrice", "1000000000000"}}, none);
  t.row(
      {{item + "/perUnits", ""}, {item + "/unitPrice", "1000000"}, {item + "/quantity", "1000000"}},
      none);
  t.row(
      {{item + "/perUnits", ""}, {item + "/unitPrice", "1000001"}, {item + "/quantity", "1000000"}},
      out_of_range, item);
  t.row({{item + "/unitPrice", "27021597"}}, none);  // × 10⁹ ÷ 3 units is just below 2⁵³
  t.row({{item + "/unitPrice", "27021598"}}, out_of_range, item);
  t.object(item + "/perUnits").strict(item + "/perUnits").required(item + "/perUnits/scope");
  t.required(item + "/perUnits/every").number(item + "/perUnits/every", 1, units_max);
  t.row({{item + "/target", "\"lines\""}}, none);
  t.row({{item + "/target", "\"order\""}}, unknown_value, item + "/target");
  t.row({{item + "/scope", "{}"}}, unknown_field, item + "/scope");
  check(test::full_request(), t.rows);
}

TEST(Decode, ChecksEveryFieldOfAnEarningRule) {
  Rows t;
  const std::string list = "/catalog/earningRules";
  const std::string r = list + "/0";
  t.optional(list).list(list, 200, "{}").strict(r).required(r + "/id").id(r + "/id");
  t.optional(r + "/title").name(r + "/title").required(r + "/trigger").id(r + "/trigger");
  t.required(r + "/status").one_of(r + "/status").optional(r + "/base").one_of(r + "/base");
  t.optional(r + "/scope").object(r + "/scope").strict(r + "/scope");
  t.optional(r + "/maxPoints").number(r + "/maxPoints", 1, points_max);
  t.optional(r + "/baseAppliesToAll").boolean(r + "/baseAppliesToAll");
  t.required(r + "/configs").list(r + "/configs", 21, "{}");
  t.row({{r + "/configs", "[]"}}, out_of_range, r + "/configs");
  const std::string g = r + "/configs/0";
  t.strict(g).row({{g, "{}"}}, missing_field, g + "/points");
  t.row({{g + "/points", "5"}}, unknown_field, g + "/conversion");
  t.object(g + "/conversion").strict(g + "/conversion");
  t.required(g + "/conversion/moneyAmount").number(g + "/conversion/moneyAmount", 1, 999'999'999);
  t.required(g + "/conversion/points").number(g + "/conversion/points", 1, 9'999'999);
  t.number(r + "/configs/1/points", 1, 9'999'999);
  t.row({{r + "/configs/1/tierId", ""}}, duplicate_id, r + "/configs/1");
  t.row({{r + "/configs/0/tierId", "\"gold\""}}, duplicate_id, r + "/configs/1/tierId");
  t.row({{list + "/1", test::full_catalog()["earningRules"][0].dump()}}, duplicate_id,
        list + "/1/id");
  check(test::full_request(), t.rows);
}

// The fields that belong to a kind: all others are refused for it.
TEST(Decode, RefusesFieldsOfOtherKinds) {
  const std::pair<const char*, const char*> fields[] = {{"ratePpm", "1"},
                                                        {"by", "\"subtotal\""},
                                                        {"steps", R"([{"from":0,"ratePpm":1}])"},
                                                        {"amount", "1"},
                                                        {"buy", "1"},
                                                        {"get", "1"},
                                                        {"buyScope", "{}"},
                                                        {"getScope", "{}"},
                                                        {"repeat", "true"},
                                                        {"amountOff", "1"},
                                                        {"pick", "\"cheapest\""},
                                                        {"productId", "\"p\""},
                                                        {"quantity", "1"},
                                                        {"unitPrice", "1"},
                                                        {"perUnits", R"({"scope":{},"every":1})"},
                                                        {"costInPoints", "1"},
                                                        {"minPoints", "1"},
                                                        {"stepPoints", "1"},
                                                        {"maxPoints", "1"},
                                                        {"maxShareOfOrderPpm", "1"},
                                                        {"amountIncludesTax", "true"}};
  const std::pair<const char*, std::vector<std::string>> kinds[] = {
      {R"({"kind":"percent","ratePpm":1})", {"ratePpm"}},
      {R"({"kind":"tieredPercent","by":"quantity","steps":[{"from":1,"ratePpm":1}]})",
       {"by", "steps"}},
      {R"({"kind":"fixedAmount","amount":1})", {"amount", "amountIncludesTax"}},
      {R"({"kind":"fixedPrice","amount":1})", {"amount", "amountIncludesTax"}},
      {R"({"kind":"freeShipping"})", {}},
      {R"({"kind":"buyXGetY","buy":1,"get":1})",
       {"ratePpm", "buy", "get", "buyScope", "getScope", "repeat", "amountOff", "pick"}},
      {R"({"kind":"freeItem","productId":"p","quantity":1,"unitPrice":1})",
       {"productId", "quantity", "unitPrice", "perUnits"}}};
  std::vector<Row> rows;
  const std::string at = "/catalog/promotions/0/effects/0";
  for (const auto& [effect, own] : kinds) {
    for (const auto& [name, value] : fields) {
      const bool belongs = std::find(own.begin(), own.end(), name) != own.end();
      json changed = json::parse(effect);
      changed[name] = json::parse(value);
      rows.push_back(
          {{{at, changed.dump()}}, belongs ? none : unknown_field, belongs ? "" : at + "/" + name});
    }
  }
  check(test::full_request(), rows);
}

TEST(Decode, RefusesEntriesOfOtherTypes) {
  std::vector<Row> rows;
  for (const std::string list :
       {"/catalog/tiers", "/catalog/rewards", "/catalog/rewards/0/configs",
        "/catalog/rewards/0/configs/0/effects", "/catalog/promotions",
        "/catalog/promotions/0/effects", "/catalog/promotions/0/effects/1/steps",
        "/catalog/earningRules", "/catalog/earningRules/0/configs", "/cart/lines", "/cart/shipping",
        "/cart/wallets", "/account/coupons", "/account/referralRewards",
        "/account/coupons/0/effects", "/intent/chosen", "/resolved", "/want"}) {
    for (const char* wrong : {"5", "null", "[]"}) {
      rows.push_back({{{list + "/0", wrong}}, wrong_type, list + "/0"});
    }
  }
  for (const std::string object :
       {"/catalog/promotions/0/limits", "/catalog/promotions/0/conditions/minSubtotalOf",
        "/catalog/promotions/0/conditions/minQuantityOf", "/intent/chosen/2/code",
        "/intent/chosen/3/referralReward", "/catalog/earningRules/0/configs/0/conversion"}) {
    rows.push_back({{{object, "5"}}, wrong_type, object});
  }
  check(test::full_request(), rows);
}

// The decoders read tokens, not text: another source of the same tokens gives the same document.
TEST(Decode, ReadsFromAnySourceOfTokens) {
  Tape tape;
  const auto text = [&tape](const char* value) { tape.add_string(value); };
  const Tape::Position request = tape.open(TokenType::object);
  text("now");
  text("2025-01-01T00:00:00Z");
  text("cart");
  const Tape::Position cart = tape.open(TokenType::object);
  text("currency");
  text("EUR");
  text("lines");
  const Tape::Position lines = tape.open(TokenType::array);
  const Tape::Position line = tape.open(TokenType::object);
  text("id");
  text("mug");
  text("unitPrice");
  tape.add(TokenType::integer, 999);
  text("quantity");
  tape.add(TokenType::integer, 2);
  tape.close(line, 3);
  tape.close(lines, 1);
  tape.close(cart, 2);
  tape.close(request, 2);

  const auto held = CatalogDocument::from_json(test::full_catalog().dump());
  RequestDocument document;
  ASSERT_EQ(outcome(document.read(tape, &held.value()->catalog())), "ok");
  EXPECT_EQ(document.cart().lines[0].id.text(), "mug");
  EXPECT_EQ(document.cart().lines[0].unit_price, Money::minor(999));
  EXPECT_EQ(outcome(document.read(tape, nullptr)), "MISSING_FIELD at /catalog");
  tape[line + 6].number = 0;
  EXPECT_EQ(outcome(document.read(tape, &held.value()->catalog())),
            "OUT_OF_RANGE at /cart/lines/0/quantity");
}

// Every code in one document, taken away one after another: the order of ErrorCode is the order of
// telling.
TEST(Decode, TellsTheFirstCodeOfTheCatalogue) {
  json request = test::full_request();
  const std::vector<Row> defects = {
      {{{"/cart/shipping", Rows::repeated(21, "{}")}}, too_many, "/cart/shipping"},
      {{{"/account/id", ""}}, missing_field, "/account/id"},
      {{{"/catalog/tiersActive", "1"}}, wrong_type, "/catalog/tiersActive"},
      {{{"/account/available", "1.5"}}, not_an_integer, "/account/available"},
      {{{"/cart/fees", "-1"}}, out_of_range, "/cart/fees"},
      {{{"/want/0", "\"all\""}}, unknown_value, "/want/0"},
      {{{"/catalog/colour", "1"}}, unknown_field, "/catalog/colour"},
      {{{"/cart/lines/1/id", "\"l1\""}}, duplicate_id, "/cart/lines/1/id"},
      {{{"/account/tierId", "\"bronze\""}}, unknown_reference, "/account/tierId"},
      {{{"/catalog/currency", "\"QQQ\""}}, currency_unknown, "/catalog/currency"},
      {{{"/catalog/currency", "\"USD\""}}, currency_mismatch, "/cart/currency"},
      {{{"/now", "\"today\""}}, invalid_time, "/now"},
  };
  for (std::size_t i = 0; i < defects.size(); ++i) {
    json changed = request;
    for (std::size_t j = defects.size(); j-- > i;) {
      apply_change(changed, defects[j].changes[0]);
    }
    EXPECT_EQ(outcome_of(changed), expected(defects[i])) << i;
  }
}

TEST(Decode, TellsTheFirstFieldOfTheContractAmongEqualCodes) {
  const std::string text =
      R"({"now":1,"intent":1,"cart":{"wallets":1,"fees":true,"lines":[{"quantity":"x","unitPrice":"y"}],)"
      R"("currency":1},"account":1,"catalog":1})";
  RequestDocument document;
  EXPECT_EQ(outcome(document.read(text, nullptr)), "MISSING_FIELD at /cart/lines/0/id");
  std::string shorter = text;
  shorter.replace(shorter.find("\"quantity\""), 0, "\"id\":\"a\",");
  EXPECT_EQ(outcome(document.read(shorter, nullptr)), "WRONG_TYPE at /catalog");
}

TEST(Decode, IgnoresACatalogInTheRequestWhereOneIsHeld) {
  const auto held = CatalogDocument::from_json(test::full_catalog().dump());
  ASSERT_TRUE(held.ok());
  json request = test::full_request();
  request["catalog"] = json::parse(R"({"currency":"JPY"})");
  const std::string text = request.dump();
  RequestDocument document;
  EXPECT_EQ(outcome(document.read(text, &held.value()->catalog())), "ok");
  EXPECT_EQ(&document.catalog(), &held.value()->catalog());
}

TEST(Decode, LimitsTheSizeOfDocuments) {
  const auto held = CatalogDocument::from_json(test::full_catalog().dump());
  json request = test::full_request();
  request["padding"] = std::string(limits::document_bytes_max, ' ');
  const std::string text = request.dump();
  RequestDocument document;
  EXPECT_EQ(outcome(document.read(text, &held.value()->catalog())), "TOO_LARGE at ");
  EXPECT_EQ(outcome(document.read(text, nullptr)), "ok");
  EXPECT_EQ(CatalogDocument::from_json(test::full_catalog().dump(), 100).error().code, too_large);
}

TEST(Decode, SaysWhichValuesWouldBeRight) {
  json request = test::full_request();
  request["cart"]["lines"][0]["quantity"] = 0;
  RequestDocument document;
  std::string text = request.dump();
  EXPECT_EQ(document.read(text, nullptr)->message,
            "This value is outside its range. From 1 to 1000000.");
  request = test::full_request();
  request["cart"]["lines"][0]["kind"] = "gift";
  text = request.dump();
  EXPECT_EQ(document.read(text, nullptr)->message,
            "This is none of the known values. Known: item, subscription, giftCard.");
}

TEST(Decode, FillsInTheDefaults) {
  const std::string text =
      R"({"catalog":{"version":"1","currency":"EUR","program":{"status":"ACTIVE"},
    "rewards":[{"id":"r","type":"DISCOUNT_AMOUNT","active":true,
                "configs":[{"costInPoints":70,"effects":[{"kind":"pointsAsMoney","amount":1}]}]}],
    "promotions":[{"id":"p","trigger":"code","codes":["x"],"effects":[
        {"kind":"buyXGetY","buy":1,"get":1},{"kind":"freeShipping"},
        {"kind":"freeItem","productId":"i","quantity":1,"unitPrice":1}]}]},
    "account":{"id":"a","available":0,"coupons":[{"id":"c","status":"ACTIVE","effects":[]}]},
    "cart":{"currency":"EUR","lines":[{"id":"l","unitPrice":1,"quantity":1}]},
    "now":"2025-01-01T00:00:00Z"})";
  RequestDocument document;
  ASSERT_EQ(outcome(document.read(text, nullptr)), "ok");
  const Catalog& catalog = document.catalog();
  EXPECT_EQ(catalog.time_zone, "UTC");
  EXPECT_EQ(catalog.rewards[0].revision, 1);
  const Effect& points = catalog.rewards[0].configs[0].effects[0];
  EXPECT_EQ(points.cost, Points::of(70));
  EXPECT_EQ(points.min_points, Points::of(70));
  EXPECT_EQ(points.step_points, Points::of(1));
  EXPECT_EQ(points.target, Target::order);
  EXPECT_EQ(catalog.promotions[0].lane, Lane::code);
  EXPECT_EQ(catalog.promotions[0].effects[0].target, Target::lines);
  EXPECT_EQ(catalog.promotions[0].effects[0].rate, whole);
  EXPECT_TRUE(catalog.promotions[0].effects[0].repeat);
  EXPECT_EQ(catalog.promotions[0].effects[1].target, Target::shipping);
  EXPECT_EQ(catalog.promotions[0].effects[2].target, Target::lines);
  EXPECT_EQ(document.account()->revision, 0);
  EXPECT_EQ(document.account()->coupons[0].revision, 1);
  EXPECT_EQ(document.cart().lines[0].discountable, true);
  EXPECT_EQ(document.cart().lines[0].kind, ItemKind::item);
  EXPECT_TRUE(document.intent().chosen.empty());
  EXPECT_FALSE(document.want().explain);
}

TEST(Decode, ForgetsTheRequestBefore) {
  RequestDocument document;
  const std::string full = test::full_request().dump();
  ASSERT_EQ(outcome(document.read(full, nullptr)), "ok");
  EXPECT_TRUE(document.want().digest);
  json guest = test::full_request();
  guest.erase("account");
  guest.erase("intent");
  guest.erase("resolved");
  guest.erase("want");
  const std::string text = guest.dump();
  ASSERT_EQ(outcome(document.read(text, nullptr)), "ok");
  EXPECT_EQ(document.account(), nullptr);
  EXPECT_TRUE(document.intent().chosen.empty());
  EXPECT_TRUE(document.resolved().empty());
  EXPECT_FALSE(document.want().digest);
}

TEST(Decode, FindsOneDuplicateAmongAMillionCodes) {
  json catalog = test::full_catalog();
  json codes = json::array();
  for (int i = 0; i < 999'998; ++i) {
    codes.push_back("CODE-" + std::to_string(i));
  }
  catalog["promotions"][1]["codes"] = codes;
  ASSERT_TRUE(CatalogDocument::from_json(catalog.dump()).ok());
  catalog["promotions"][1]["codes"][999'998] = "code-500000";
  const auto doubled = CatalogDocument::from_json(catalog.dump());
  ASSERT_FALSE(doubled.ok());
  EXPECT_EQ(doubled.error().code, duplicate_id);
  EXPECT_EQ(doubled.error().path, "/promotions/1/codes/999998");
  catalog["promotions"][1]["codes"][999'998] = "a";
  catalog["promotions"][1]["codes"][999'999] = "b";
  ASSERT_TRUE(CatalogDocument::from_json(catalog.dump()).ok());
  catalog["promotions"].push_back(
      {{"id", "one"}, {"trigger", "code"}, {"codes", {"more"}}, {"effects", json::array()}});
  EXPECT_EQ(CatalogDocument::from_json(catalog.dump()).error().code, too_many);
}

}  // namespace
}  // namespace loyalty
