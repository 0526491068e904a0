#include "native/service/people/social_media.h"

#include "tests/service_people/people_fixture.h"

namespace loyalty::service {
namespace {

class SocialMedia : public PeopleTest {
 protected:
  SocialMedia() {
    anna = contact({{"email", "anna@example.com"}, {"memberId", member}});
    ask("program.updateSettings",
        {{"settings",
          {{"socialMedia",
            {{"channels",
              Json::array({Json{{"type", "INSTAGRAM"}, {"enabled", true}, {"id", "shop"}},
                           Json{{"type", "X"}, {"enabled", true}, {"id", "shop"}},
                           Json{{"type", "TIKTOK"}, {"enabled", false}, {"id", "s"}}})}}}}}});
    ask("earningRules.createCustom",
        {{"type", "SOCIAL_MEDIA"},
         {"earningRule",
          {{"title", "Follow us"},
           {"fixedAmount", {{"configs", Json::array({Json{{"points", 25}}})}}}}}});
    account(anna);
    new_events();
  }

  void sign_in() {
    caller = Caller{};
    caller.identity = Caller::Identity::member;
    caller.member_id = member;
    caller.contact_id = anna;
  }

  static Json channel(const char* name) { return {{"followedChannel", {{"channel", name}}}}; }

  const std::string member = "aaaaaaaa-1111-4111-8111-111111111111";
  std::string anna;
};

TEST_F(SocialMedia, FollowingAChannelGivesPointsOnce) {
  sign_in();
  const Json followed =
      ask("socialMedia.createFollowedChannel", channel("INSTAGRAM"))["followedChannel"];
  EXPECT_EQ(followed["channel"], "INSTAGRAM");
  EXPECT_TRUE(happened("followed_channel created"));
  EXPECT_EQ(refused("socialMedia.createFollowedChannel", channel("INSTAGRAM")), "ALREADY_FOLLOWED");
  EXPECT_EQ(balance_of(anna), 25);
  now = now + Duration::seconds(1);
  ask("socialMedia.createFollowedChannel", channel("X"));
  EXPECT_EQ(balance_of(anna), 50);
  const Json list = ask("socialMedia.listFollowedChannels")["followedChannels"];
  ASSERT_EQ(list.size(), 2u);
  EXPECT_EQ(list[0], followed);
  EXPECT_EQ(list[1]["channel"], "X");
}

TEST_F(SocialMedia, OnlyChannelsOfTheSiteCanBeFollowed) {
  sign_in();
  EXPECT_EQ(refused("socialMedia.createFollowedChannel", channel("TIKTOK")), "CHANNEL_NOT_ENABLED");
  EXPECT_EQ(refused("socialMedia.createFollowedChannel", channel("FACEBOOK")),
            "CHANNEL_NOT_ENABLED");
  EXPECT_EQ(refused("socialMedia.createFollowedChannel", channel("MYSPACE")),
            "followedChannel.channel ENUM");
}

TEST_F(SocialMedia, OnlyMembersFollow) {
  EXPECT_EQ(refused("socialMedia.createFollowedChannel", channel("X")), "MEMBER_REQUIRED");
  EXPECT_EQ(refused("socialMedia.listFollowedChannels"), "MEMBER_REQUIRED");
}

TEST_F(SocialMedia, AfterAMergeEachChannelIsFollowedOnce) {
  sign_in();
  ask("socialMedia.createFollowedChannel", channel("X"));
  const std::string from = account_of(anna)["id"];
  caller = Caller{};
  caller.identity = Caller::Identity::app;
  const std::string bert = contact({{"email", "bert@example.com"}});
  account(bert);
  ask("contacts.merge", {{"sourceContactId", anna}, {"targetContactId", bert}});
  sign_in();
  caller.contact_id = bert;
  EXPECT_EQ(refused("socialMedia.createFollowedChannel", channel("X")), "ALREADY_FOLLOWED");
  const Json list = ask("socialMedia.listFollowedChannels")["followedChannels"];
  ASSERT_EQ(list.size(), 1u);
  EXPECT_NE(list[0]["accountId"], from);
}

}  // namespace
}  // namespace loyalty::service
