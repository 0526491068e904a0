#include "native/http/target.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace loyalty::http {
namespace {

using Pairs = std::vector<QueryPair>;
using Segments = std::vector<std::string>;

TEST(Segment, IsDecoded) {
  EXPECT_EQ(decode_segment("a%20b"), "a b");
  EXPECT_EQ(decode_segment("a+b"), "a+b");
  EXPECT_EQ(decode_segment("%C3%A4%e2%82%AC"), "\xc3\xa4\xe2\x82\xac");
  EXPECT_EQ(decode_segment(""), "");
  EXPECT_EQ(decode_segment("%2525"), "%25") << "once, not until nothing is left";
}

TEST(Segment, IsNothingWhereItCouldBeReadInTwoWays) {
  for (const std::string_view bad :
       {"%", "%2", "a%", "%zz", "%2g", "%%20", "%+1", "%00", "a%00b"}) {
    EXPECT_EQ(decode_segment(bad), std::nullopt) << bad;
  }
}

TEST(Segment, IsNothingWhereItIsNotUtf8) {
  for (const std::string_view bad :
       {"%ff", "%80", "%c0%af", "%c1%81", "%e0%80%af", "%ed%a0%80", "%f0%80%80%80", "%f4%90%80%80",
        "%f5%80%80%80", "%c3", "%e2%82", "%c3a", "a%c3%28", "\xff"}) {
    EXPECT_EQ(decode_segment(bad), std::nullopt) << bad;
  }
  for (const std::string_view good : {"%c2%80", "%df%bf", "%e0%a0%80", "%ed%9f%bf", "%ee%80%80",
                                      "%ef%bf%bf", "%f0%90%80%80", "%f4%8f%bf%bf"}) {
    EXPECT_TRUE(decode_segment(good)) << good;
  }
}

TEST(Path, IsCutBeforeItIsDecoded) {
  EXPECT_EQ(path_segments("/"), Segments{""});
  EXPECT_EQ(path_segments("/a/b%2Fc"), (Segments{"a", "b/c"}));
  EXPECT_EQ(path_segments("/a/"), (Segments{"a", ""}));
  EXPECT_EQ(path_segments("//a"), (Segments{"", "a"}));
  EXPECT_EQ(path_segments("a"), std::nullopt);
  EXPECT_EQ(path_segments(""), std::nullopt);
  EXPECT_EQ(path_segments("/a/%ff/b"), std::nullopt);
}

TEST(Query, IsReadIntoPairs) {
  EXPECT_EQ(parse_query(""), Pairs{});
  EXPECT_EQ(parse_query("a=1&b=x+y%2B&c&d=&a=2=3"),
            (Pairs{{"a", "1"}, {"b", "x y+"}, {"c", ""}, {"d", ""}, {"a", "2=3"}}));
  EXPECT_EQ(parse_query("&&a=1&"), (Pairs{{"a", "1"}}));
  EXPECT_EQ(parse_query("a%26b=c%3Dd"), (Pairs{{"a&b", "c=d"}}));
  EXPECT_EQ(parse_query("a=;b"), (Pairs{{"a", ";b"}}));
}

TEST(Query, IsNothingWhereAPartCannotBeRead) {
  for (const std::string_view bad : {"=1", "a=%", "%ff=1", "a=%00", "a=1&b=%zz"}) {
    EXPECT_EQ(parse_query(bad), std::nullopt) << bad;
  }
}

TEST(Encoding, IsUndoneByDecoding) {
  const std::string text = "a/b c%\xc3\xa4~.-_?#&+\"";
  EXPECT_EQ(encode_segment(text), "a%2Fb%20c%25%C3%A4~.-_%3F%23%26%2B%22");
  EXPECT_EQ(decode_segment(encode_segment(text)), text);
}

}  // namespace
}  // namespace loyalty::http
