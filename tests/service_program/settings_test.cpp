#include "tests/service_program/shop.h"

namespace loyalty::service {
namespace {

using SettingsTest = ShopTest;

TEST_F(SettingsTest, ANewSiteHasDefaults) {
  const Json got = ask("program.getSettings")["settings"];
  EXPECT_EQ(got["currency"], "USD");
  EXPECT_EQ(got["timeZone"], "UTC");
  EXPECT_EQ(got["earnRounding"], "wix");
  EXPECT_EQ(got["holdMinutes"], 60);
  EXPECT_EQ(got["reversalPolicy"], "CLAMP");
  EXPECT_EQ(got["autoCreateAccounts"], true);
  EXPECT_FALSE(got.contains("minPointsToSpend"));
}

TEST_F(SettingsTest, ANewSiteMayBringItsOwn) {
  write(
      [](Call& call) {
        install_program(call, "22222222-2222-2222-2222-222222222222",
                        {{"currency", "JPY"}, {"timeZone", "Asia/Tokyo"}});
        EXPECT_EQ(program_of(call)->currency.code(), "JPY");
        EXPECT_EQ(program_of(call)->ledger.settings.zone.offset_at(call.now), 9 * 3'600);
        EXPECT_EQ(program_of(call)->site, "22222222-2222-2222-2222-222222222222");
      },
      2);
  EXPECT_THROW(write(
                   [](Call& call) {
                     install_program(call, "x", {{"currency", "XYZ"}});
                   },
                   3),
               wire::Refused);
}

TEST_F(SettingsTest, WhatIsLeftOutStays) {
  settings({{"currency", "EUR"}, {"minPointsToSpend", 50}, {"activity", {{"adjust", true}}}});
  const Json got =
      settings({{"earnRounding", "perStep"}, {"activity", {{"earn", false}}}})["settings"];
  EXPECT_EQ(got["currency"], "EUR");
  EXPECT_EQ(got["minPointsToSpend"], 50);
  EXPECT_EQ(got["activity"],
            (Json{{"earn", false}, {"redeem", true}, {"adjust", true}, {"refund", false}}));
  EXPECT_FALSE(settings({{"minPointsToSpend", 0}})["settings"].contains("minPointsToSpend"));
}

TEST_F(SettingsTest, ValuesThatMeanNothingAreRefused) {
  const auto wrong = [&](Json changes) {
    return violation("program.updateSettings", {{"settings", std::move(changes)}});
  };
  EXPECT_EQ(wrong({{"currency", "EURO"}}), "settings.currency MAX_LENGTH");
  EXPECT_EQ(wrong({{"currency", "ABC"}}), "settings.currency FORMAT");
  EXPECT_EQ(wrong({{"timeZone", "Mars/Base"}}), "settings.timeZone FORMAT");
  EXPECT_EQ(wrong({{"timeZone", "../../etc/passwd"}}), "settings.timeZone FORMAT");
  EXPECT_EQ(wrong({{"policy", {{"rounding", "up"}}}}), "settings.policy.rounding UNKNOWN_VALUE");
  EXPECT_EQ(wrong({{"policy", {{"maxCoupons", 65}}}}), "settings.policy.maxCoupons OUT_OF_RANGE");
  EXPECT_EQ(wrong({{"policy", {{"sharp", true}}}}), "settings.policy.sharp UNKNOWN_FIELD");
  EXPECT_EQ(wrong({{"policy", {{"earnRounding", "wix"}}}}),
            "settings.policy.earnRounding UNKNOWN_FIELD");
  EXPECT_EQ(wrong({{"pointName", {{"en", {{"many times", "x"}}}}}}),
            "settings.pointName.en.many times UNKNOWN_FIELD");
  EXPECT_EQ(wrong({{"holdMinutes", 0}}), "settings.holdMinutes MIN");
  EXPECT_EQ(wrong({{"reversalPolicy", "NEVER"}}).substr(0, 23), "settings.reversalPolicy");
  EXPECT_EQ(wrong({{"allowedOrigins", {"https://a.example", "javascript:alert(1)"}}}),
            "settings.allowedOrigins[1] FORMAT");
  EXPECT_EQ(wrong({{"allowedOrigins", {"https://a.example/path"}}}),
            "settings.allowedOrigins[0] FORMAT");
  EXPECT_EQ(
      wrong({{"socialMedia",
              {{"channels",
                {{{"type", "X"}, {"enabled", true}}, {{"type", "X"}, {"enabled", false}}}}}}}),
      "settings.socialMedia.channels UNIQUE");
  EXPECT_EQ(wrong({{"points", 5}}), "settings.points UNKNOWN_FIELD");
}

TEST_F(SettingsTest, TheStateSaysWhatTheSettingsSay) {
  settings({{"currency", "EUR"},
            {"earnRounding", "floor"},
            {"pointsRefundPolicy", "PROPORTIONAL"},
            {"restaurantsMode", true},
            {"autoPause", true},
            {"minPointsToSpend", 30},
            {"allowedOrigins", {"https://shop.example", "http://localhost:3000"}},
            {"socialMedia",
             {{"channels",
               {{{"type", "FACEBOOK"}, {"enabled", true}, {"id", "shop"}},
                {{"type", "X"}, {"enabled", false}}}}}}});
  read([](Call& call) {
    const auto state = program_of(call);
    EXPECT_EQ(state->currency.code(), "EUR");
    EXPECT_EQ(state->earn_rounding, EarnRounding::floor);
    EXPECT_EQ(state->points_refund, PointsRefund::proportional);
    EXPECT_TRUE(state->restaurants_mode);
    EXPECT_TRUE(state->auto_pause);
    EXPECT_EQ(state->min_points_to_spend, Points::of(30));
    EXPECT_EQ(state->allowed_origins,
              (std::vector<std::string>{"https://shop.example", "http://localhost:3000"}));
    EXPECT_EQ(state->enabled_channels, (std::vector<std::string>{"FACEBOOK"}));
  });
}

TEST_F(SettingsTest, RestaurantsAlwaysLeaveSomethingToPay) {
  settings({{"restaurantsMode", true}});
  EXPECT_EQ(catalog()["policy"]["minPayable"], 1);
  settings({{"policy", {{"minPayable", 500}}}});
  EXPECT_EQ(catalog()["policy"]["minPayable"], 500);
}

TEST_F(SettingsTest, ACurrencyThatAnAmountIsTooFineForIsRefused) {
  const Json reward{
      {"name", "Off"},
      {"discountAmount",
       {{"configsByTier", Json::array({{{"amount", "1.50"}, {"costInPoints", 10}}})}}}};
  ask("rewards.create", {{"reward", reward}});
  EXPECT_EQ(violation("program.updateSettings", {{"settings", {{"currency", "JPY"}}}}),
            "settings.currency SCALE");
  EXPECT_EQ(ask("program.getSettings")["settings"]["currency"], "USD");
  EXPECT_EQ(refused("program.updateSettings", {{"settings", {{"currency", "KWD"}}}}), "");
  EXPECT_EQ(catalog()["rewards"][0]["configs"][0]["effects"][0]["amount"], 1'500);
}

}  // namespace
}  // namespace loyalty::service
