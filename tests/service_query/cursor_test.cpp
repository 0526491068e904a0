#include "native/service/query/cursor.h"

#include <gtest/gtest.h>

namespace loyalty::service {
namespace {

using wire::Json;

const Instant now = Instant::from_ms(1'800'000'000'000);
const Cursor example{Json::parse(R"({"filter":{"id":"é"}})"),
                     {std::int64_t{5}, nullptr, true, std::string{"id"}},
                     true};

std::string written() { return write_cursor(example, "accounts", "secret", now); }

TEST(Cursor, IsReadBackAsItWas) {
  const auto read = read_cursor(written(), "accounts", "secret", now);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->asked, example.asked);
  EXPECT_EQ(read->place, example.place);
  EXPECT_TRUE(read->backward);
}

TEST(Cursor, LivesForADay) {
  EXPECT_TRUE(read_cursor(written(), "accounts", "secret", now + Duration::days(1)));
  EXPECT_FALSE(read_cursor(written(), "accounts", "secret",
                           now + Duration::days(1) + Duration::milliseconds(1)));
}

TEST(Cursor, IsOfOneSiteAndOneCollection) {
  EXPECT_FALSE(read_cursor(written(), "accounts", "another secret", now));
  EXPECT_FALSE(read_cursor(written(), "coupons", "secret", now));
}

TEST(Cursor, NoByteCanBeChanged) {
  const std::string text = written();
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string changed = text;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(read_cursor(changed, "accounts", "secret", now)) << i;
  }
}

TEST(Cursor, OtherTextsAreNone) {
  for (const std::string& text : {std::string{}, std::string{"next"}, std::string{"a b"},
                                  std::string(20'000, 'A'), std::string(43, 'A')}) {
    EXPECT_FALSE(read_cursor(text, "accounts", "secret", now));
  }
}

}  // namespace
}  // namespace loyalty::service
