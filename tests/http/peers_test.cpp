#include "native/http/peers.h"

#include <gtest/gtest.h>

namespace loyalty::http {
namespace {

const PeerKey one = key_of_v4(0x7f000001);
const PeerKey two = key_of_v4(0x7f000002);

TEST(Admission, CountsByPeerAndInAll) {
  Admission admission(3, 2);
  EXPECT_TRUE(admission.enter(one, false));
  EXPECT_TRUE(admission.enter(one, false));
  EXPECT_FALSE(admission.enter(one, false));
  EXPECT_TRUE(admission.enter(two, false));
  EXPECT_FALSE(admission.enter(two, false)) << "all are taken";
  EXPECT_EQ(admission.open(), 3U);
  admission.leave(one, false);
  EXPECT_TRUE(admission.enter(two, false));
}

TEST(Admission, TakesTrustedPeersForMany) {
  Admission admission(3, 1);
  EXPECT_TRUE(admission.enter(one, true));
  EXPECT_TRUE(admission.enter(one, true));
  EXPECT_TRUE(admission.enter(one, true));
  EXPECT_FALSE(admission.enter(one, true));
  admission.leave(one, true);
  EXPECT_EQ(admission.open(), 2U);
}

TEST(Admission, CountsAnIpv6NetworkAsOnePeer) {
  const std::array<unsigned char, 16> first = {0x20, 1, 0xd, 0xb8, 0, 0, 0, 1, 1};
  const std::array<unsigned char, 16> same = {0x20, 1, 0xd, 0xb8, 0, 0, 0, 1, 2};
  const std::array<unsigned char, 16> other = {0x20, 1, 0xd, 0xb8, 0, 0, 0, 2, 1};
  EXPECT_EQ(key_of_v6(first), key_of_v6(same));
  EXPECT_NE(key_of_v6(first), key_of_v6(other));
}

std::string_view client_of(std::vector<std::string_view> fields) {
  Request request;
  for (const std::string_view field : fields) {
    request.headers.emplace_back("X-Forwarded-For", field);
  }
  static const std::vector<std::string> trusted = {"10.0.0.1", "10.0.0.2"};
  return forwarded_client(request, "10.0.0.1", trusted);
}

TEST(ForwardedClient, IsTheLastThatNoProxyOfOursIs) {
  EXPECT_EQ(client_of({"203.0.113.9"}), "203.0.113.9");
  EXPECT_EQ(client_of({"6.6.6.6, 203.0.113.9"}), "203.0.113.9") << "the client made the first up";
  EXPECT_EQ(client_of({"203.0.113.9 , 10.0.0.2"}), "203.0.113.9");
  EXPECT_EQ(client_of({"6.6.6.6", "203.0.113.9"}), "203.0.113.9");
  EXPECT_EQ(client_of({"203.0.113.9", "10.0.0.2"}), "203.0.113.9");
  EXPECT_EQ(client_of({"2001:db8::1"}), "2001:db8::1");
}

TEST(ForwardedClient, IsThePeerWhereTheFieldSaysNothing) {
  EXPECT_EQ(client_of({}), "10.0.0.1");
  EXPECT_EQ(client_of({""}), "10.0.0.1");
  EXPECT_EQ(client_of({"unknown"}), "10.0.0.1");
  EXPECT_EQ(client_of({"203.0.113.9, <script>"}), "10.0.0.1");
  EXPECT_EQ(client_of({"10.0.0.2, 10.0.0.1"}), "10.0.0.1");
  EXPECT_EQ(client_of({std::string_view("11111111111111111111111111111111111111111111111")}),
            "10.0.0.1");
}

}  // namespace
}  // namespace loyalty::http
