#include "core/json/reader.h"

#include <chrono>
#include <random>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/base/limits.h"
#include "tests/json/hostile_texts.h"

namespace loyalty {
namespace {

constexpr std::size_t any_size = std::size_t{1} << 30;

struct Reading {
  Reader reader;
  Arena arena;
  std::string text;
  std::optional<Error> error;

  explicit Reading(std::string json, std::size_t bytes_max = any_size) : text{std::move(json)} {
    error = reader.read(text, bytes_max, arena);
  }
  const Tape& tape() const { return reader.tape(); }
};

TEST(Reader, RefusesEveryHostileTextWithItsCodeAndPath) {
  const auto all = test::hostile_texts();
  EXPECT_GE(all.size(), 300U);
  for (const test::HostileText& hostile : all) {
    const Reading reading{hostile.text};
    const ErrorCode code = reading.error ? reading.error->code : ErrorCode::none;
    const std::string path = reading.error ? reading.error->path : "";
    EXPECT_EQ(name_of(code), name_of(hostile.code)) << hostile.text.substr(0, 200);
    EXPECT_EQ(path, hostile.path) << hostile.text.substr(0, 200);
  }
}

TEST(Reader, SaysInWordsWhatIsWrong) {
  EXPECT_EQ(Reading{"[1,"}.error->message, "This is not valid JSON. It breaks at byte 3.");
  EXPECT_EQ((Reading{"[1]", 2}.error->message),
            "This document is larger than allowed. At most 2 bytes.");
}

TEST(Reader, TellsNumbersApart) {
  struct Row {
    const char* text;
    TokenType type;
    std::int64_t number;
  };
  using enum TokenType;
  const Row rows[] = {
      {"0", integer, 0},
      {"7", integer, 7},
      {"-1", integer, -1},
      {"10", integer, 10},
      {"1000000000000", integer, 1'000'000'000'000},
      {"9007199254740993", integer, 9'007'199'254'740'993},
      {"999999999999999999", integer, 999'999'999'999'999'999},
      {"1000000000000000000", integer, 1'000'000'000'000'000'000},
      {"9223372036854775807", integer, INT64_MAX},
      {"-9223372036854775808", integer, INT64_MIN},
      {"9223372036854775808", big, 0},
      {"-9223372036854775809", big, 0},
      {"9999999999999999999", big, 0},
      {"18446744073709551615", big, 0},
      {"18446744073709551616", big, 0},
      {"18446744073709551617", big, 0},
      {"100000000000000000000000000000000000000", big, 0},
      {"-100000000000000000000000000000000000000", big, 0},
      {"-0", fraction, 0},
      {"-0.0", fraction, 0},
      {"0.0", fraction, 0},
      {"1.0", fraction, 0},
      {"1.9", fraction, 0},
      {"-1.5", fraction, 0},
      {"1e2", fraction, 0},
      {"1E2", fraction, 0},
      {"1e+2", fraction, 0},
      {"1e-2", fraction, 0},
      {"1.5e10", fraction, 0},
      {"0e0", fraction, 0},
      {"1e400", fraction, 0},
      {"0.1234567890123456789012345678901234567890", fraction, 0},
      {"99999999999999999999.5", fraction, 0},
      {"true", boolean, 1},
      {"false", boolean, 0},
      {"null", null, 0},
      {"\"5\"", string, 0},
  };
  for (const Row& row : rows) {
    const Reading reading{row.text};
    ASSERT_FALSE(reading.error) << row.text;
    EXPECT_EQ(reading.tape().type(0), row.type) << row.text;
    if (row.type != string) {
      EXPECT_EQ(reading.tape().number(0), row.number) << row.text;
    }
  }
}

TEST(Reader, UnescapesTexts) {
  using namespace std::string_literals;
  const std::pair<const char*, std::string> rows[] = {
      {R"("")", ""},
      {R"("plain")", "plain"},
      {R"("\"\\\/\b\f\n\r\t")", "\"\\/\b\f\n\r\t"},
      {R"("\u0041\u00e4\u20AC")", "A\xC3\xA4\xE2\x82\xAC"},
      {R"("\uD83D\uDE00!")", "\xF0\x9F\x98\x80!"},
      {R"("\uDBFF\uDFFF")", "\xF4\x8F\xBF\xBF"},
      {R"("\uD7FF\uE000\uFFFF")", "\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBF"},
      {R"("\u0000")", "\0"s},
      {R"("\u007f\u0080\u07ff\u0800")", "\x7F\xC2\x80\xDF\xBF\xE0\xA0\x80"},
      {"\"\xF0\x90\x80\x80\xF4\x8F\xBF\xBF\x7F\"", "\xF0\x90\x80\x80\xF4\x8F\xBF\xBF\x7F"},
      {R"("longer than eight \\ and more")", "longer than eight \\ and more"},
  };
  for (const auto& [text, expected] : rows) {
    const Reading reading{text};
    ASSERT_FALSE(reading.error) << text;
    EXPECT_EQ(reading.tape().text(0), expected) << text;
  }
}

TEST(Reader, BorrowsTextsWithoutEscapes) {
  const Reading reading{R"(["plain"])"};
  EXPECT_EQ(reading.tape().text(1).data(), reading.text.data() + 2);
}

TEST(Reader, ChecksTheSizeBeforeAnythingElse) {
  const Reading nesting{std::string(10'000'000, '['), limits::document_bytes_max};
  EXPECT_EQ(nesting.error->code, ErrorCode::too_large);
  EXPECT_EQ(nesting.error->path, "");
  EXPECT_FALSE((Reading{"[12]", 4}.error));
  EXPECT_TRUE((Reading{"[12]", 3}.error));
}

TEST(Reader, AnswersOnTenMegabytesOfAnythingInTime) {
  std::string keys = "{";
  for (int i = 0; keys.size() < 10'000'000; ++i) {
    keys += "\"k" + std::to_string(i) + "\":0,";
  }
  keys.back() = '}';
  const std::string texts[] = {
      std::string(10'000'000, '['),
      std::string(5'000'000, '[') + std::string(5'000'000, ']'),
      keys,
      "\"" + std::string(10'000'000, '\\') + "\"",
      "[" + std::string(10'000'000, ' '),
      std::string(10'000'000, '9'),
      "\"" + std::string(10'000'000, '\xFF') + "\"",
  };
  const auto begin = std::chrono::steady_clock::now();
  for (const std::string& text : texts) {
    const Reading reading{text};
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(60));
}

TEST(Reader, KeepsItsMemory) {
  Reader reader;
  Arena arena;
  const std::string first = R"({"a":[1,2,{"b":"\n"}]})";
  ASSERT_FALSE(reader.read(first, any_size, arena));
  const Tape::Position size = reader.tape().size();
  EXPECT_TRUE(reader.read("{", any_size, arena));
  ASSERT_FALSE(reader.read(first, any_size, arena));
  EXPECT_EQ(reader.tape().size(), size);
}

TEST(Tape, CountsAndSkips) {
  const Reading reading{R"({"a":[1,2,3],"b":{},"c":"x"})"};
  const Tape& tape = reading.tape();
  EXPECT_EQ(tape.count(0), 3U);
  EXPECT_EQ(tape.text(1), "a");
  EXPECT_EQ(tape.count(2), 3U);
  EXPECT_EQ(tape.next(2), 6U);
  EXPECT_EQ(tape.text(6), "b");
  EXPECT_EQ(tape.count(7), 0U);
  EXPECT_EQ(tape.next(7), 8U);
  EXPECT_EQ(tape.next(0), tape.size());
}

TEST(Tape, PointsToEveryValueAndKey) {
  const Reading reading{R"({"a":[1,[true]],"b/~":{"":"x"},"c":[]})"};
  const char* const paths[] = {"",       "/a",     "/a",      "/a/0",    "/a/1", "/a/1/0",
                               "/b~1~0", "/b~1~0", "/b~1~0/", "/b~1~0/", "/c",   "/c"};
  ASSERT_EQ(reading.tape().size(), std::size(paths));
  for (Tape::Position i = 0; i < std::size(paths); ++i) {
    EXPECT_EQ(pointer_to(reading.tape(), i), paths[i]) << i;
  }
}

// What another reader accepts we accept, and the other way round, where the standard leaves no
// choice. That reader keeps the last of equal keys and takes a byte order mark and any depth; none
// of the samples has those. It refuses numbers beyond its floating point, so exponents are kept
// short.
class Mutations : public testing::Test {
 protected:
  static bool other_accepts(const std::string& text) {
    return text.compare(0, 3, "\xEF\xBB\xBF") != 0 && nlohmann::json::accept(text);
  }
  static bool has_long_exponent(const std::string& text) {
    std::size_t digits = 0;
    bool in_exponent = false;
    for (const char c : text) {
      const bool is_digit = c >= '0' && c <= '9';
      in_exponent = c == 'e' || c == 'E' || (in_exponent && (is_digit || c == '+' || c == '-'));
      digits = in_exponent && is_digit ? digits + 1 : 0;
      if (digits > 2) {
        return true;
      }
    }
    return false;
  }
  static bool we_accept(const std::string& text) {
    const Reading reading{text};
    return !reading.error || reading.error->code >= ErrorCode::duplicate_key;
  }
};

TEST_F(Mutations, AreJudgedAsByAnotherReader) {
  const std::string samples[] = {
      R"({"cart":{"currency":"EUR","lines":[{"id":"a","unitPrice":1999,"quantity":2,"tags":["x/y:z"]}]}})",
      R"([0,-1,1.5,-2.25e-10,1E5,true,false,null,"","a\n\u00e4\ud83d\ude00\\",{},[],[[]],{"":[{}]}])",
      " { \"a\" : [ 1 , 2 ] ,\n\t\"b\" : \"\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80\" }\r\n",
      R"("\"\\\/\b\f\n\r\t\u0041")",
      R"(-123456789012345678901234567890.5e+10)",
  };
  std::mt19937_64 random{20'250'301};
  const char pieces[] =
      "{}[]:,\"\\/bfnrtu0123456789abcdefABCDEF+-.eE \n\t\x7F\x80\xBF\xC3\xE2\xED\xF0\xFF";
  int accepted = 0;
  for (int i = 0; i < 60'000; ++i) {
    std::string text = samples[random() % std::size(samples)];
    ASSERT_TRUE(we_accept(text));
    for (std::size_t n = 1 + random() % 3; n != 0; --n) {
      const std::size_t at = random() % text.size();
      const char piece = pieces[random() % (sizeof pieces - 1)];
      switch (random() % 4) {
        case 0:
          text[at] = piece;
          break;
        case 1:
          text.insert(at, 1, piece);
          break;
        case 2:
          text.erase(at, 1);
          break;
        default:
          text.resize(at);
          break;
      }
      if (text.empty()) {
        text = "1";
      }
    }
    if (has_long_exponent(text)) {
      continue;
    }
    const bool expected = other_accepts(text);
    accepted += expected ? 1 : 0;
    ASSERT_EQ(we_accept(text), expected) << text;
  }
  EXPECT_GT(accepted, 2'000);
}

}  // namespace
}  // namespace loyalty
