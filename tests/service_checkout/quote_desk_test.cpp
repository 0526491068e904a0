#include "native/service/checkout/quote_desk.h"

#include <algorithm>

#include "core/json/door.h"
#include "tests/service_checkout/fixture.h"

namespace loyalty::service {
namespace {

class QuoteDesk : public CheckoutTest {
 protected:
  Json quoted(const Json& body) { return Json::parse(ask_text("storefront.quote", body.dump())); }
  Json quoted(const Json& cart, const Json& chosen, Json want = Json::array()) {
    const Json list = chosen.is_array() ? chosen : Json::array({chosen});
    return quoted({{"cart", cart}, {"intent", {{"chosen", list}}}, {"want", std::move(want)}});
  }
  Json catalog() { return Json::parse(ask_text("storefront.bootstrap", ""))["catalog"]; }
};

TEST_F(QuoteDesk, AnswersAsTheCoreDoes) {
  const Json reward = new_flexible_reward();
  const Member ann = new_member(500);
  as(ann);
  const Json account = ask("storefront.me", Json::object())["account"];
  const Json body{{"cart", cart(10'00)},
                  {"intent", {{"chosen", Json::array({reward_choice(reward, 35)})}}},
                  {"want", {"offers", "explain", "nearMisses", "digest"}}};
  const std::string answer = ask_text("storefront.quote", body.dump());

  Door door;
  ASSERT_FALSE(door.open_catalog(catalog().dump()));
  Json request = body;
  request["account"] = account;
  request["now"] = "2026-01-15T12:00:00Z";
  EXPECT_EQ(answer, door.quote(request.dump()));
  EXPECT_EQ(Json::parse(answer)["value"]["total"], 6'50);
}

TEST_F(QuoteDesk, TheBestCombinationIsTheCoresToo) {
  const Json reward = new_flexible_reward();
  const Member ann = new_member(500);
  as(ann);
  const Json best =
      Json::parse(ask_text("storefront.optimize", Json{{"cart", cart(10'00)}}.dump()));
  EXPECT_EQ(best["value"]["optimal"], true);
  EXPECT_EQ(best["value"]["chosen"][0]["reward"]["id"], reward["id"]);
  EXPECT_EQ(best["value"]["quote"]["total"], 0);
}

TEST_F(QuoteDesk, WhatACallerSaysOfItselfDoesNotCount) {
  const Json reward = new_flexible_reward();
  Json body{{"cart", cart(10'00)},
            {"intent", {{"chosen", Json::array({reward_choice(reward, 100)})}}}};
  as(new_member(0));
  const Json honest = quoted(body);
  EXPECT_EQ(honest["value"]["rejected"][0]["code"], "INSUFFICIENT_POINTS");
  body["account"] = {{"id", "x"}, {"available", 999'999}};
  body["now"] = "2030-01-01T00:00:00Z";
  body["catalog"] = {{"version", "9"}};
  body["resolved"] = {{{"id", "p"}}};
  EXPECT_EQ(quoted(body), honest);
}

TEST_F(QuoteDesk, GuestsMustSignInForRewards) {
  const Json reward = new_flexible_reward();
  as_guest();
  const Json answer = quoted(cart(10'00), {reward_choice(reward)});
  EXPECT_EQ(answer["value"]["rejected"][0]["code"], "SIGN_IN_REQUIRED");
  EXPECT_EQ(answer["value"]["total"], 10'00);
}

TEST_F(QuoteDesk, AContactWithoutAnAccountHasNoPoints) {
  const Json reward = new_flexible_reward();
  Member nobody;
  nobody.contact = new_contact();
  as(nobody);
  const Json answer = quoted(cart(10'00), {reward_choice(reward)});
  EXPECT_EQ(answer["value"]["rejected"][0]["code"], "INSUFFICIENT_POINTS");
}

TEST_F(QuoteDesk, BackendsAskForAContact) {
  const Json reward = new_flexible_reward();
  const Member ann = new_member(500);
  Json body{{"cart", cart(10'00)},
            {"intent", {{"chosen", Json::array({reward_choice(reward, 50)})}}},
            {"contactId", ann.contact}};
  EXPECT_EQ(quoted(body)["value"]["total"], 5'00);
  as(new_member(0));  // who cannot
  EXPECT_EQ(quoted(body)["value"]["total"], 10'00);
}

TEST_F(QuoteDesk, BadDocumentsAreToldByTheirPlace) {
  const auto error = [&](const std::string& body) {
    const Json answer = Json::parse(ask_text("storefront.quote", body));
    EXPECT_EQ(answer["ok"], false) << body;
    EXPECT_EQ(status, 400);
    return answer["error"]["code"].get<std::string>() + " " +
           answer["error"]["path"].get<std::string>();
  };
  EXPECT_EQ(error("nonsense"), "INVALID_JSON ");
  EXPECT_EQ(error("{\"cart\":{},\"cart\":{}}"), "DUPLICATE_KEY /cart");
  EXPECT_EQ(error("{}"), "MISSING_FIELD /cart");
  EXPECT_EQ(
      error(R"({"cart":{"currency":"USD","lines":[{"id":"a","unitPrice":1.5,"quantity":1}]}})"),
      "NOT_AN_INTEGER /cart/lines/0/unitPrice");
  EXPECT_EQ(error(R"({"cart":{"currency":"EUR","lines":[]}})"), "CURRENCY_MISMATCH /cart/currency");
}

TEST_F(QuoteDesk, OwnedCouponsAreOffered) {
  const Member ann = new_member(100);
  const Json coupon = ask("coupons.redeem", {{"rewardId", new_coupon_reward()["id"]},
                                             {"loyaltyAccountId", ann.account}})["coupon"];
  as(ann);
  const Json answer = quoted(cart(20'00), Json::array(), {"offers"});
  bool offered = false;
  for (const Json& offer : answer["value"]["offers"]) {
    offered = offered || (offer["id"] == coupon["id"] && offer["saves"] == 5'00);
  }
  EXPECT_TRUE(offered) << answer;
}

TEST_F(QuoteDesk, ACouponsCodeChoosesItInAnyCaseAndOnlyForItsOwner) {
  const Member ann = new_member(100);
  const Json coupon = ask("coupons.redeem", {{"rewardId", new_coupon_reward()["id"]},
                                             {"loyaltyAccountId", ann.account}})["coupon"];
  std::string code = coupon["couponReference"]["code"];
  std::transform(code.begin(), code.end(), code.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  as(ann);
  EXPECT_EQ(quoted(cart(20'00), {code_choice(" " + code)})["value"]["total"], 15'00);
  as(new_member(100));
  const Json answer = quoted(cart(20'00), {code_choice(code)});
  EXPECT_EQ(answer["value"]["rejected"][0]["code"], "CODE_NOT_FOUND");
}

TEST_F(QuoteDesk, PointsThatHaveFallenDueAreSeen) {
  const Member ann = new_member(500);
  write([&](Call& call) {
    move(call, ledger::PlaceHold{.account = ann.account, .points = Points::of(400), .lifetime = {}},
         {});
  });
  const Json reward = new_flexible_reward();
  as(ann);
  EXPECT_EQ(quoted(cart(50'00), {reward_choice(reward, 500)})["value"]["total"], 50'00);
  now = now + Duration::minutes(60);  // nobody has swept yet
  EXPECT_EQ(quoted(cart(50'00), {reward_choice(reward, 500)})["value"]["total"], 0);
}

TEST_F(QuoteDesk, AChangedRewardCountsAtOnce) {
  Json reward = new_flexible_reward();
  as(new_member(500));
  EXPECT_EQ(quoted(cart(10'00), {reward_choice(reward, 50)})["value"]["total"], 5'00);
  const Caller member = caller;
  as_app();
  ask("rewards.update",
      {{"reward",
        {{"id", reward["id"]},
         {"name", "Less off"},
         {"active", true},
         {"revision", reward["revision"]},
         {"discountAmount", {{"configsByTier", {{{"amount", "0.50"}, {"costInPoints", 10}}}}}}}}});
  caller = member;
  EXPECT_EQ(quoted(cart(10'00), {reward_choice(reward, 50)})["value"]["total"], 7'50);
}

TEST_F(QuoteDesk, APausedProgramRejectsRewards) {
  const Json reward = new_flexible_reward();
  const Member ann = new_member(100);
  ask("program.pause", Json::object());
  as(ann);
  EXPECT_EQ(quoted(cart(10'00), {reward_choice(reward)})["value"]["rejected"][0]["code"],
            "PROGRAM_NOT_ACTIVE");
}

}  // namespace
}  // namespace loyalty::service
