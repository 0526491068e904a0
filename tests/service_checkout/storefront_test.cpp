#include "core/json/door.h"
#include "tests/service_checkout/fixture.h"

namespace loyalty::service {
namespace {

/// The browser's side: it previews with the published rules and its own clock.
class Storefront : public CheckoutTest {
 protected:
  /// What a browser computes: its cart, its account as the server gave it, its time.
  Json preview(const Json& cart, const Json& chosen, std::string_view at,
               const std::string& checkout = {}, Json resolved = Json::array()) {
    const Json catalog = Json::parse(ask_text("storefront.bootstrap", ""))["catalog"];
    Json asked = Json::object();
    if (!checkout.empty()) {
      asked["checkoutId"] = checkout;
    }
    const Json account = ask("storefront.me", asked)["account"];
    Door door;
    EXPECT_FALSE(door.open_catalog(catalog.dump()));
    const Json request{{"account", account},
                       {"cart", cart},
                       {"intent", {{"chosen", chosen}}},
                       {"now", at},
                       {"resolved", std::move(resolved)},
                       {"want", {"digest"}}};
    return Json::parse(door.quote(request.dump()))["value"];
  }
  Json ask_quote(const std::string& checkout, const Json& cart, const Json& chosen,
                 const Json& preview, std::string_view at) {
    return ask("storefront.checkoutQuote", {{"id", checkout},
                                            {"cart", cart},
                                            {"intent", {{"chosen", chosen}}},
                                            {"previewDigest", preview["digest"]},
                                            {"now", at}});
  }
};

constexpr std::string_view a_moment_ago = "2026-01-15T11:59:58.250Z";

TEST_F(Storefront, AnHonestPreviewIsTheSame) {
  const Json reward = new_flexible_reward();
  const Member ann = new_member(500);
  const std::string checkout = id_of(new_checkout(ann, cart(20'00)));
  as(ann);
  const Json chosen = Json::array({reward_choice(reward, 50)});
  const Json seen = preview(cart(20'00), chosen, a_moment_ago);
  const Json answer = ask_quote(checkout, cart(20'00), chosen, seen, a_moment_ago);
  EXPECT_EQ(answer["same"], true);
  EXPECT_EQ(answer["digest"], seen["digest"]);
  const Json applied = ask("storefront.apply", {{"id", checkout},
                                                {"cart", cart(20'00)},
                                                {"intent", {{"chosen", chosen}}},
                                                {"previewDigest", seen["digest"]},
                                                {"now", a_moment_ago}});
  EXPECT_EQ(applied["quote"]["total"], seen["total"]);
  EXPECT_EQ(applied["discounts"][0]["points"], 50);
  EXPECT_EQ(held(ann), 50);
}

TEST_F(Storefront, WithItsOwnHoldInTheAccountItStaysTheSame) {
  const Json reward = new_flexible_reward();
  const Member ann = new_member(100);
  const std::string checkout = id_of(new_checkout(ann, cart(20'00)));
  as(ann);
  apply(checkout, {reward_choice(reward, 100)});
  const Json chosen = Json::array({reward_choice(reward, 100)});
  const Json seen = preview(cart(20'00), chosen, a_moment_ago, checkout);
  EXPECT_EQ(seen["total"], 10'00);
  EXPECT_EQ(ask_quote(checkout, cart(20'00), chosen, seen, a_moment_ago)["same"], true);
}

TEST_F(Storefront, ACodeThatTheServerResolvedIsTheSame) {
  new_promotion({{"name", "Code"},
                 {"trigger", "code"},
                 {"codes", {"SAVE2", "OTHER"}},
                 {"limits", {{"usesLeft", 10}, {"budgetLeft", 100'00}}},
                 {"effects", {{{"kind", "fixedAmount"}, {"target", "order"}, {"amount", 2'00}}}}});
  const Member ann = new_member();
  const std::string checkout = id_of(new_checkout(ann, cart(20'00)));
  as(ann);
  const Json promotion = ask("storefront.resolveCode", {{"code", "save2"}})["promotion"];
  const Json chosen = Json::array({code_choice("save2")});
  const Json seen = preview(cart(20'00), chosen, a_moment_ago, {}, Json::array({promotion}));
  EXPECT_EQ(seen["total"], 18'00);
  EXPECT_EQ(ask_quote(checkout, cart(20'00), chosen, seen, a_moment_ago)["same"], true);
}

TEST_F(Storefront, PricesOfABrowserDecideNothing) {
  const Json reward = new_flexible_reward();
  const Member ann = new_member(500);
  const std::string checkout = id_of(new_checkout(ann, cart(20'00)));
  as(ann);
  const Json chosen = Json::array({reward_choice(reward, 50)});
  const Json cheap = cart(6'00);
  const Json seen = preview(cheap, chosen, a_moment_ago);
  const Json answer = ask_quote(checkout, cheap, chosen, seen, a_moment_ago);
  EXPECT_EQ(answer["same"], false);
  EXPECT_EQ(answer["quote"]["total"], 15'00);
  const No no = refused("storefront.apply", {{"id", checkout},
                                             {"cart", cheap},
                                             {"intent", {{"chosen", chosen}}},
                                             {"previewDigest", seen["digest"]},
                                             {"now", a_moment_ago}});
  EXPECT_EQ(no.code, "QUOTE_CHANGED");
  EXPECT_EQ(no.data["quote"]["total"], 15'00);
  EXPECT_EQ(held(ann), 0);
  EXPECT_EQ(refused("storefront.apply",
                    {{"id", checkout}, {"intent", {{"chosen", chosen}}}, {"expectedTotal", 1'00}})
                .code,
            "QUOTE_CHANGED");
  EXPECT_EQ(ask("storefront.apply", {{"id", checkout},
                                     {"intent", {{"chosen", chosen}}},
                                     {"expectedTotal", 15'00}})["quote"]["total"],
            15'00);
}

TEST_F(Storefront, APreviewOfOtherRulesOrByALyingModuleIsNotTheSame) {
  const Json reward = new_flexible_reward();
  const Member ann = new_member(500);
  const std::string checkout = id_of(new_checkout(ann, cart(20'00)));
  as(ann);
  const Json chosen = Json::array({reward_choice(reward, 50)});
  Json seen = preview(cart(20'00), chosen, a_moment_ago);
  const Caller member = caller;
  as_app();
  new_promotion({{"name", "Ten percent"},
                 {"trigger", "automatic"},
                 {"effects", {{{"kind", "percent"}, {"target", "order"}, {"ratePpm", 100'000}}}}});
  caller = member;
  EXPECT_EQ(ask_quote(checkout, cart(20'00), chosen, seen, a_moment_ago)["same"], false);
  seen["digest"] = std::string(64, 'a');
  EXPECT_EQ(ask_quote(checkout, cart(20'00), chosen, seen, a_moment_ago)["same"], false);
}

TEST_F(Storefront, AClockThatIsFarOffIsNotBelieved) {
  const Json reward = new_flexible_reward();
  const Member ann = new_member(500);
  const std::string checkout = id_of(new_checkout(ann, cart(20'00)));
  as(ann);
  const Json chosen = Json::array({reward_choice(reward, 50)});
  const auto same_at = [&](std::string_view at) {
    return ask_quote(checkout, cart(20'00), chosen, preview(cart(20'00), chosen, at), at)["same"]
        .get<bool>();
  };
  EXPECT_TRUE(same_at("2026-01-15T11:55:00Z"));
  EXPECT_FALSE(same_at("2026-01-15T11:54:59.999Z"));
  EXPECT_TRUE(same_at("2026-01-15T12:05:00Z"));
  EXPECT_FALSE(same_at("2026-01-15T12:05:00.001Z"));
}

TEST_F(Storefront, AnOfferThatEndedInBetweenIsNotTheSame) {
  new_promotion({{"name", "Until noon"},
                 {"trigger", "automatic"},
                 {"conditions", {{"endsAt", "2026-01-15T12:00:00Z"}}},
                 {"effects", {{{"kind", "percent"}, {"target", "order"}, {"ratePpm", 100'000}}}}});
  const Member ann = new_member();
  const std::string checkout = id_of(new_checkout(ann, cart(20'00)));
  as(ann);
  const Json seen = preview(cart(20'00), Json::array(), a_moment_ago);
  EXPECT_EQ(seen["total"], 18'00);
  const Json answer = ask_quote(checkout, cart(20'00), Json::array(), seen, a_moment_ago);
  EXPECT_EQ(answer["same"], false);
  EXPECT_EQ(answer["quote"]["total"], 20'00);
}

TEST_F(Storefront, ACheckoutOfTheBrowsersOwnMakingIsOnlyQuoted) {
  const Json reward = new_flexible_reward();
  const Member ann = new_member(500);
  const std::string unknown = new_id();
  as(ann);
  const Json chosen = Json::array({reward_choice(reward, 50)});
  const Json seen = preview(cart(20'00), chosen, a_moment_ago);
  EXPECT_EQ(ask_quote(unknown, cart(20'00), chosen, seen, a_moment_ago)["same"], true);
  const Json request{{"id", unknown}, {"cart", cart(20'00)}, {"intent", {{"chosen", chosen}}}};
  EXPECT_EQ(refused("storefront.apply", request).code, "CHECKOUT_NOT_FOUND");
  as_app();
  Json by_backend = request;
  by_backend["contactId"] = ann.contact;
  EXPECT_EQ(ask("storefront.apply", by_backend)["quote"]["total"], 15'00);
  EXPECT_EQ(held(ann), 50);
}

TEST_F(Storefront, CheckoutsOfOthersAreNotFound) {
  const Member ann = new_member(500);
  const std::string checkout = id_of(new_checkout(ann, cart(20'00)));
  as(new_member(100));
  EXPECT_EQ(refused("storefront.checkoutQuote", {{"id", checkout}}).code, "CHECKOUT_NOT_FOUND");
  EXPECT_EQ(
      refused("storefront.apply", {{"id", checkout}, {"intent", {{"chosen", Json::array()}}}}).code,
      "CHECKOUT_NOT_FOUND");
  EXPECT_EQ(refused("storefront.removeDiscount", {{"id", checkout}, {"discountId", new_id()}}).code,
            "CHECKOUT_NOT_FOUND");
  as_guest();
  EXPECT_EQ(refused("storefront.checkoutQuote", {{"id", checkout}}).code, "CHECKOUT_NOT_FOUND");
}

TEST_F(Storefront, AGuestsRewardNeedsASignIn) {
  const Json reward = new_flexible_reward();
  const std::string checkout = id_of(new_guest_checkout(cart(20'00)));
  EXPECT_EQ(
      refused("storefront.apply",
              {{"id", checkout}, {"intent", {{"chosen", Json::array({reward_choice(reward)})}}}})
          .code,
      "MEMBER_REQUIRED");
}

TEST_F(Storefront, TakingADiscountOffGivesItsPointsBack) {
  const Json reward = new_flexible_reward();
  const Member ann = new_member(100);
  const std::string checkout = id_of(new_checkout(ann, cart(20'00)));
  as(ann);
  const Json discount = apply(checkout, {reward_choice(reward, 40)})["discounts"][0];
  const Json answer =
      ask("storefront.removeDiscount", {{"id", checkout}, {"discountId", discount["discountId"]}});
  EXPECT_EQ(answer["releasedPoints"], 40);
  EXPECT_EQ(answer["quote"]["total"], 20'00);
  EXPECT_EQ(balance(ann), 100);
  EXPECT_EQ(refused("storefront.removeDiscount", {{"id", checkout}, {"discountId", new_id()}}).code,
            "DISCOUNT_NOT_FOUND");
}

TEST_F(Storefront, AWholeChoiceReplacesTheOneBefore) {
  const Json reward = new_flexible_reward();
  const Json other = new_coupon_reward();
  const Member ann = new_member(100);
  const std::string checkout = id_of(new_checkout(ann, cart(20'00)));
  as(ann);
  apply(checkout, {reward_choice(reward, 80)});
  const Json answer = apply(checkout, {reward_choice(other)});
  EXPECT_EQ(answer["releasedPoints"], 80);
  EXPECT_EQ(answer["discounts"].size(), 1u);
  EXPECT_EQ(held(ann), 50);
  EXPECT_EQ(apply(checkout, Json::array())["discounts"].size(), 0u);
  EXPECT_EQ(balance(ann), 100);
}

TEST_F(Storefront, BootstrapHasThePublicRulesAndATagOfTheirDigest) {
  new_promotion({{"name", "Secret"},
                 {"trigger", "code"},
                 {"codes", {"HIDDEN"}},
                 {"effects", {{{"kind", "percent"}, {"target", "order"}, {"ratePpm", 100'000}}}}});
  as_guest();
  const Json answer = Json::parse(ask_text("storefront.bootstrap", ""));
  EXPECT_EQ(answer["site"], site_id);
  EXPECT_EQ(answer["catalog"]["program"]["status"], "ACTIVE");
  EXPECT_EQ(answer.dump().find("HIDDEN"), std::string::npos);
  ASSERT_FALSE(headers.empty());
  EXPECT_EQ(headers[0].first, "ETag");
  EXPECT_EQ(headers[0].second, "W/\"" + answer["catalogDigest"].get<std::string>() + "\"");
}

}  // namespace
}  // namespace loyalty::service
