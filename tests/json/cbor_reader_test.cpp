#include "core/json/cbor_reader.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/json/decode.h"
#include "core/json/encode.h"
#include "core/json/reader.h"
#include "tests/json/allocations.h"
#include "tests/json/cbor_documents.h"
#include "tests/json/documents.h"
#include "tests/json/hostile_texts.h"

namespace loyalty {
namespace {

using nlohmann::json;
using test::cbor_head;
using test::cbor_text;

constexpr std::size_t any_size = std::size_t{1} << 30;

struct Reading {
  CborReader reader;
  std::string bytes;
  std::optional<Error> error;

  explicit Reading(std::string document, std::size_t bytes_max = any_size)
      : bytes{std::move(document)} {
    error = reader.read(bytes, bytes_max);
  }
  const Tape& tape() const { return reader.tape(); }
  std::string code() const { return std::string{name_of(error ? error->code : ErrorCode::none)}; }
  std::string path() const { return error ? error->path : ""; }
};

struct JsonReading {
  Reader reader;
  Arena arena;
  std::string text;
  std::optional<Error> error;

  explicit JsonReading(std::string document) : text{std::move(document)} {
    error = reader.read(text, any_size, arena);
  }
};

void expect_same_tape(const Tape& a, const Tape& b) {
  ASSERT_EQ(a.size(), b.size());
  for (Tape::Position at = 0; at < a.size(); ++at) {
    ASSERT_EQ(a.type(at), b.type(at)) << at;
    if (a.type(at) == TokenType::string) {
      ASSERT_EQ(a.text(at), b.text(at)) << at;
      ASSERT_EQ(a[at].damaged, b[at].damaged) << at;
      continue;
    }
    ASSERT_EQ(a.number(at), b.number(at)) << at;
    ASSERT_EQ(a[at].size, b[at].size) << at;
  }
}

json read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  return json::parse(text, nullptr, false);
}

/// The text of every request of the corpus.
std::vector<std::string> scenario_requests() {
  const std::filesystem::path corpus = "tests/scenarios";
  std::vector<std::string> requests;
  for (const auto& entry : std::filesystem::directory_iterator(corpus)) {
    if (entry.path().extension() != ".json") {
      continue;
    }
    json scenario = read_file(entry.path());
    if (scenario.contains("document")) {
      requests.push_back(scenario["document"].get<std::string>());
      continue;
    }
    if (scenario.contains("catalog") && scenario["catalog"].is_string()) {
      scenario["catalog"] = read_file(corpus / scenario["catalog"].get<std::string>());
    }
    requests.push_back(scenario.dump());
  }
  return requests;
}

std::string canonical(const RequestDocument& document) {
  Writer writer;
  encode(RequestParts{.catalog = &document.catalog(),
                      .catalog_digest = {},
                      .account = document.account(),
                      .cart = &document.cart(),
                      .intent = &document.intent(),
                      .now = document.now(),
                      .resolved = document.resolved()},
         writer);
  return std::string{writer.text()};
}

TEST(CborReader, GivesEveryScenarioTheTapeAndTheAnswerOfItsJson) {
  std::size_t compared = 0;
  for (const std::string& text : scenario_requests()) {
    SCOPED_TRACE(text.substr(0, 300));
    const JsonReading from_json{text};
    if (from_json.error && (from_json.error->code == ErrorCode::invalid_json ||
                            from_json.error->code == ErrorCode::too_deep)) {
      continue;  // no document, or one that is not whole on the tape
    }
    const Reading from_cbor{test::cbor_of(from_json.reader.tape())};
    expect_same_tape(from_json.reader.tape(), from_cbor.tape());
    ASSERT_EQ(from_json.error.has_value(), from_cbor.error.has_value());
    ++compared;
    if (from_cbor.error) {
      EXPECT_EQ(from_json.error->code, from_cbor.error->code);
      EXPECT_EQ(from_json.error->path, from_cbor.error->path);
      EXPECT_EQ(from_json.error->message, from_cbor.error->message);
      continue;
    }
    RequestDocument json_request;
    RequestDocument cbor_request;
    const std::optional<Error> expected = json_request.read(from_json.reader.tape(), nullptr);
    const std::optional<Error> error = cbor_request.read(from_cbor.tape(), nullptr);
    ASSERT_EQ(expected.has_value(), error.has_value());
    if (error) {
      EXPECT_EQ(expected->code, error->code);
      EXPECT_EQ(expected->path, error->path);
      EXPECT_EQ(expected->message, error->message);
    } else {
      EXPECT_EQ(canonical(json_request), canonical(cbor_request));
    }
  }
  EXPECT_GE(compared, 500U);
}

TEST(CborReader, RefusesHostileDocumentsWithTheCodeAndPathOfTheirJson) {
  std::size_t compared = 0;
  for (const test::HostileText& hostile : test::hostile_texts()) {
    const JsonReading from_json{hostile.text};
    const bool is_deep = std::count(hostile.path.begin(), hostile.path.end(), '/') >= 32;
    if (hostile.code == ErrorCode::invalid_json || is_deep) {
      continue;  // no document, or one that is not whole on the tape
    }
    const Reading from_cbor{test::cbor_of(from_json.reader.tape())};
    EXPECT_EQ(from_cbor.code(), name_of(hostile.code)) << hostile.text.substr(0, 200);
    EXPECT_EQ(from_cbor.path(), hostile.path) << hostile.text.substr(0, 200);
    ++compared;
  }
  EXPECT_GE(compared, 50U);
}

TEST(CborReader, ReadsWholeNumbersOfEveryLength) {
  struct Row {
    std::string bytes;
    TokenType type;
    std::int64_t number;
  };
  using enum TokenType;
  const std::string eight_ff(8, '\xFF');
  const std::string zeros(20, '\0');
  const Row rows[] = {
      {cbor_head(0, 0), integer, 0},
      {cbor_head(0, 23), integer, 23},
      {cbor_head(0, 24), integer, 24},
      {cbor_head(0, 255), integer, 255},
      {cbor_head(0, 256), integer, 256},
      {cbor_head(0, 65'536), integer, 65'536},
      {cbor_head(0, 4'294'967'296), integer, 4'294'967'296},
      {cbor_head(0, static_cast<std::uint64_t>(INT64_MAX)), integer, INT64_MAX},
      {cbor_head(0, static_cast<std::uint64_t>(INT64_MAX) + 1), big, 0},
      {cbor_head(0, UINT64_MAX), big, 0},
      {cbor_head(1, 0), integer, -1},
      {cbor_head(1, 499), integer, -500},
      {cbor_head(1, static_cast<std::uint64_t>(INT64_MAX)), integer, INT64_MIN},
      {cbor_head(1, static_cast<std::uint64_t>(INT64_MAX) + 1), big, 0},
      {std::string("\x1B\0\0\0\0\0\0\0\x07", 9), integer, 7},  // longer than need be
      {"\xC2" + cbor_head(2, 0), integer, 0},
      {"\xC2" + cbor_head(2, 1) + "\x07", integer, 7},
      {"\xC3" + cbor_head(2, 1) + "\x07", integer, -8},
      {"\xC2" + cbor_head(2, 8) + "\x7F" + eight_ff.substr(1), integer, INT64_MAX},
      {"\xC2" + cbor_head(2, 28) + zeros + "\x7F" + eight_ff.substr(1), integer, INT64_MAX},
      {"\xC3" + cbor_head(2, 8) + "\x7F" + eight_ff.substr(1), integer, INT64_MIN},
      {"\xC2" + cbor_head(2, 8) + eight_ff, big, 0},
      {"\xC2" + cbor_head(2, 9) + "\x01" + eight_ff, big, 0},
      {"\xC3" + cbor_head(2, 9) + "\x01" + eight_ff, big, 0},
      {std::string("\xF9\x3C\0", 3), fraction, 0},               // 1.0
      {std::string("\xFA\x47\xC3\x50\0", 5), fraction, 0},       // 100000.0
      {std::string("\xFB\x80\0\0\0\0\0\0\0", 9), fraction, 0},   // -0.0
      {std::string("\xFB\x7F\xF8\0\0\0\0\0\0", 9), fraction, 0}  // not a number
  };
  for (const Row& row : rows) {
    const Reading reading{row.bytes};
    EXPECT_EQ(reading.code(), "");
    ASSERT_EQ(reading.tape().size(), 1U);
    EXPECT_EQ(reading.tape().type(0), row.type) << row.number;
    EXPECT_EQ(reading.tape().number(0), row.number);
  }
}

TEST(CborReader, ReadsUndefinedAsNull) {
  EXPECT_EQ(Reading{"\xF6"}.tape().type(0), TokenType::null);
  EXPECT_EQ(Reading{"\xF7"}.tape().type(0), TokenType::null);
  EXPECT_EQ(Reading{"\xF5"}.tape().number(0), 1);
  EXPECT_EQ(Reading{"\xF4"}.tape().number(0), 0);
}

TEST(CborReader, RefusesWhatTheDocumentsHaveNoUseFor) {
  struct Row {
    const char* what;
    std::string bytes;
    std::string path;
  };
  const std::string key = cbor_text("k");
  const Row rows[] = {
      {"nothing", "", ""},
      {"something after the end", "\x01\x02", ""},
      {"a byte string", cbor_head(2, 1) + "a", ""},
      {"an array of any length", "\x9F\x01\xFF", ""},
      {"a map of any length", "\xBF\xFF", ""},
      {"a text of any length", "\x7F" + cbor_text("a") + "\xFF", ""},
      {"a break", "\xFF", ""},
      {"a reserved length", "\x1C", ""},
      {"an unknown simple value", "\xE0", ""},
      {"a simple value in two bytes", "\xF8\x20", ""},
      {"false in two bytes", "\xF8\x14", ""},
      {"a time", cbor_head(6, 1) + "\x01", ""},
      {"a text marked as a time", cbor_head(6, 0) + cbor_text("2025-03-01T00:00:00Z"), ""},
      {"a number marked as a large number", "\xC2\x01", ""},
      {"a text marked as a large number", "\xC2" + cbor_text("1"), ""},
      {"a number marked as a damaged text", cbor_head(6, 27) + "\x01", ""},
      {"a mark without a value", "\xC2", ""},
      {"a mark on a mark", "\xC2\xC2" + cbor_head(2, 1) + "a", ""},
      {"a number as a key", cbor_head(5, 1) + "\x01\x02", ""},
      {"a marked number as a key", cbor_head(5, 1) + "\xC2" + cbor_head(2, 1) + "a\x02", ""},
      {"an inner number as a key", cbor_head(5, 1) + key + cbor_head(5, 1) + "\x01\x02", "/k"},
      {"a text that is cut off",
       "\x62"
       "a",
       ""},
      {"a text longer than anything", cbor_head(3, UINT64_MAX) + "a", ""},
      {"a large number that is cut off", "\xC2" + cbor_head(2, 9) + "12345678", ""},
      {"an array with more entries than bytes", cbor_head(4, 3) + "\x01\x02", ""},
      {"a map with more entries than bytes", cbor_head(5, 1) + key, "/k"},
      {"more entries than can be counted", cbor_head(4, UINT64_MAX) + "\x01", ""},
      {"an entry that is missing", cbor_head(4, 2) + cbor_text("abc"), "/1"},
      {"a byte string inside", cbor_head(4, 2) + "\x01" + cbor_head(2, 0), "/1"},
      {"a byte string in a map", cbor_head(5, 1) + key + cbor_head(2, 0), "/k"},
      {"a number that is cut off", "\x19\x01", ""},
      {"a float that is cut off",
       "\xFB"
       "1234567",
       ""},
  };
  for (const Row& row : rows) {
    const Reading reading{row.bytes};
    EXPECT_EQ(reading.code(), "INVALID_JSON") << row.what;
    EXPECT_EQ(reading.path(), row.path) << row.what;
  }
}

TEST(CborReader, SaysAtWhichByteItBreaks) {
  EXPECT_EQ((Reading{"\x82\x01\x41g"}.error->message),
            "This is not valid JSON. It breaks at byte 2.");
  EXPECT_EQ((Reading{"\x01\x02"}.error->message), "This is not valid JSON. It breaks at byte 1.");
  EXPECT_EQ((Reading{"\x81\x01", 1}.error->message),
            "This document is larger than allowed. At most 1 bytes.");
}

TEST(CborReader, RefusesTextsThatAreNotUtf8) {
  const std::string key = cbor_text("k");
  const std::string bad = cbor_text("\xC0\x80");
  const std::string marked = cbor_head(6, 27) + cbor_text("half");
  for (const std::string& text : {bad, marked, cbor_text("\xED\xA0\x80"), cbor_text("a\xFF")}) {
    const Reading value{cbor_head(5, 1) + key + text};
    EXPECT_EQ(value.code() + value.path(), "INVALID_UTF8/k");
    EXPECT_TRUE(value.tape()[2].damaged);
    const Reading name{cbor_head(5, 1) + text + "\x01"};
    EXPECT_EQ(name.code() + name.path(), "INVALID_UTF8");
  }
  EXPECT_EQ(Reading{cbor_text("gr\xC3\xBC\xC3\x9F\xF0\x9F\x98\x80")}.code(), "");
}

TEST(CborReader, FindsTheFirstRepeatedKeyAmongFewAndMany) {
  for (const int count : {2, 32, 33, 34, 200}) {
    std::string bytes = cbor_head(5, static_cast<std::uint64_t>(count));
    for (int i = 0; i + 1 < count; ++i) {
      bytes += cbor_text("key-" + std::to_string(i)) + "\x01";
    }
    bytes += cbor_text("key-0") + "\x01";
    const Reading reading{bytes};
    EXPECT_EQ(reading.code() + reading.path(), "DUPLICATE_KEY/key-0") << count;
  }
}

TEST(CborReader, RefusesTheThirtyThirdLevelAndStillReadsAllOfIt) {
  const auto nested = [](int levels, const std::string& inmost) {
    std::string bytes;
    for (int i = 0; i < levels; ++i) {
      bytes += i % 2 == 0 ? cbor_head(4, 1) : cbor_head(5, 1) + cbor_text("k");
    }
    return bytes + inmost;
  };
  EXPECT_EQ(Reading{nested(32, "\x01")}.code(), "");
  const Reading deep{nested(33, "\x01")};
  EXPECT_EQ(deep.code(), "TOO_DEEP");
  const std::string path = deep.path();
  EXPECT_EQ(std::count(path.begin(), path.end(), '/'), 32);
  EXPECT_EQ(Reading{nested(32, cbor_head(4, 0))}.code(), "TOO_DEEP");
  EXPECT_EQ(Reading{nested(5'000, "\x01")}.path(), deep.path());
  // What is worse wins, wherever it stands.
  EXPECT_EQ(Reading{nested(40, cbor_text("\xFF"))}.code(), "INVALID_UTF8");
  EXPECT_EQ(Reading{nested(40, "")}.code(), "INVALID_JSON");
  EXPECT_EQ(Reading{nested(40, cbor_head(2, 0))}.path(), deep.path());
  EXPECT_EQ(Reading{nested(40, cbor_head(4, 9) + "\x01")}.code(), "INVALID_JSON");
  // And reading goes on behind it.
  const std::string twice =
      cbor_head(5, 1) + cbor_text("a") + "\x01" + cbor_text("a") + "\x01";  // one entry too many
  EXPECT_EQ(Reading{cbor_head(4, 2) + nested(40, "\x01") + twice}.code(), "INVALID_JSON");
  const std::string repeated = cbor_head(5, 2) + cbor_text("a") + "\x01" + cbor_text("a") + "\x01";
  const Reading behind{cbor_head(4, 2) + nested(40, "\x01") + repeated};
  EXPECT_EQ(behind.code() + behind.path(), "DUPLICATE_KEY/1/a");
}

TEST(CborReader, HoldsNoMemoryForDepth) {
  CborReader reader;
  const std::string hole(std::size_t{1} << 20, '\x81');
  reader.read(hole, any_size);
  const std::int64_t before = test::allocations();
  EXPECT_TRUE(reader.read(hole, any_size).has_value());
  EXPECT_LE(test::allocations() - before, 100);  // the error's path and sentence
}

TEST(CborReader, RefusesEveryDocumentThatIsCutOff) {
  const JsonReading whole{test::full_request().dump()};
  const std::string bytes = test::cbor_of(whole.reader.tape());
  ASSERT_EQ(Reading{bytes}.code(), "");
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    ASSERT_EQ(Reading{bytes.substr(0, size)}.code(), "INVALID_JSON") << size;
  }
  EXPECT_EQ((Reading{bytes, bytes.size()}.code()), "");
  EXPECT_EQ((Reading{bytes, bytes.size() - 1}.code()), "TOO_LARGE");
}

TEST(CborReader, EndsOnAnyBytes) {
  const JsonReading whole{test::full_request().dump()};
  const std::string good = test::cbor_of(whole.reader.tape());
  std::mt19937 random{7};
  CborReader reader;
  RequestDocument document;
  for (int i = 0; i < 20'000; ++i) {
    std::string bytes = good;
    for (unsigned flips = 1 + random() % 4; flips-- > 0;) {
      bytes[random() % bytes.size()] = static_cast<char>(random());
    }
    if (!reader.read(bytes, any_size)) {
      document.read(reader.tape(), nullptr);
    }
  }
}

TEST(CborReader, AllocatesNothingOnceWarm) {
  const JsonReading whole{test::full_request().dump()};
  const std::string bytes = test::cbor_of(whole.reader.tape());
  CborReader reader;
  reader.read(bytes, any_size);
  const std::int64_t before = test::allocations();
  EXPECT_FALSE(reader.read(bytes, any_size));
  EXPECT_EQ(test::allocations(), before);
}

}  // namespace
}  // namespace loyalty
