#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/json/door.h"

/// Runs the corpus: every tests/scenarios/*.json is one test, named after its file.
///
/// A case holds a request (`catalog`, inline or the path of a file, `account`, `cart`, `intent`,
/// `now`, `resolved`, `want`), or the text of one as `document`, which `padTo` fills up with
/// spaces. `operation` is quote or optimize. `expect` is matched against the answer's value:
/// - an object on its named members only; null means absent;
/// - an array whole and in order, or, written as an object, its rows by their ids;
/// - `shares` {line: {discount: amount}}: exactly these shares fell on the line;
/// - `error` {code, path}: the document is refused so.
namespace {

using nlohmann::json;

const std::filesystem::path corpus = LOYALTY_SCENARIOS;

std::string read_text(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

json read_json(const std::filesystem::path& path) {
  return json::parse(read_text(path), nullptr, false);
}

std::string text_of(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

/// Collects what does not match, one line each: where, what was expected, what came.
class Matcher {
 public:
  void match(const json& expected, const json& got, const std::string& path) {
    if (expected.is_object() && got.is_object()) {
      match_members(expected, got, path);
    } else if (expected.is_object() && got.is_array()) {
      match_rows(expected, got, path);
    } else if (expected.is_array() && got.is_array() && expected.size() == got.size()) {
      for (std::size_t i = 0; i < expected.size(); ++i) {
        match(expected[i], got[i], path + "/" + std::to_string(i));
      }
    } else if (expected != got) {
      differ(path, text_of(expected), text_of(got));
    }
  }

  const std::string& differences() const { return differences_; }

 private:
  void match_members(const json& expected, const json& got, const std::string& path) {
    for (const auto& [name, value] : expected.items()) {
      const std::string member_path = path + "/" + name;
      const auto member = got.find(name);
      if (name == "shares" && member == got.end() && got.contains("lines")) {
        match_shares(value, got.at("lines"), member_path);
      } else if (value.is_null()) {
        if (member != got.end() && !member->is_null()) {
          differ(member_path, "nothing", text_of(*member));
        }
      } else if (member == got.end()) {
        differ(member_path, text_of(value), "nothing");
      } else {
        match(value, *member, member_path);
      }
    }
  }

  void match_rows(const json& expected, const json& rows, const std::string& path) {
    for (const auto& [id, value] : expected.items()) {
      const std::string row_path = path + "/" + id;
      const json* row = row_of(rows, id);
      if (row != nullptr) {
        match(value, *row, row_path);
      } else if (!value.is_null()) {
        differ(row_path, "a row with this id", text_of(rows));
      }
    }
  }

  void match_shares(const json& expected, const json& lines, const std::string& path) {
    for (const auto& [line_id, shares] : expected.items()) {
      const json* line = row_of(lines, line_id);
      if (line == nullptr) {
        differ(path + "/" + line_id, "a line with this id", text_of(lines));
        continue;
      }
      json got = json::object();
      for (const json& share : line->at("shares")) {
        const std::string discount = share.at("discountId");
        got[discount] =
            got.value(discount, std::int64_t{0}) + share.at("amount").get<std::int64_t>();
      }
      if (got != shares) {
        differ(path + "/" + line_id, text_of(shares), text_of(got));
      }
    }
  }

  static const json* row_of(const json& rows, const std::string& id) {
    for (const json& row : rows) {
      if (row.is_object() && row.value("id", "") == id) {
        return &row;
      }
    }
    return nullptr;
  }

  void differ(const std::string& path, const std::string& expected, const std::string& got) {
    differences_ += "\n  " + path + "\n    expected " + expected + "\n    got      " + got;
  }

  std::string differences_;
};

std::int64_t sum_of(const json& rows, const char* name) {
  std::int64_t sum = 0;
  for (const json& row : rows) {
    sum += row.at(name).get<std::int64_t>();
  }
  return sum;
}

/// What holds for every quote, whatever the case is about (I-1, I-3, RQ1).
void expect_identities(const json& quote, bool prices_include_tax) {
  const auto amount = [&](const char* name) { return quote.at(name).get<std::int64_t>(); };
  EXPECT_EQ(amount("itemsNet"), amount("subtotal") - amount("itemsDiscount"));
  EXPECT_EQ(amount("total"), amount("itemsNet") + amount("shipping") - amount("shippingDiscount") +
                                 (prices_include_tax ? 0 : amount("tax")) + amount("fees"));
  EXPECT_EQ(amount("payable"), amount("total") - amount("walletPaid"));
  EXPECT_EQ(amount("subtotal"), sum_of(quote.at("lines"), "subtotal"));
  EXPECT_EQ(amount("itemsNet"), sum_of(quote.at("lines"), "net"));
  EXPECT_EQ(amount("tax"),
            sum_of(quote.at("lines"), "tax") + sum_of(quote.at("shippingLines"), "tax"));
  std::map<std::string, std::int64_t> left;
  for (const json& discount : quote.at("discounts")) {
    left[discount.at("id")] += discount.at("amount").get<std::int64_t>();
  }
  for (const char* name : {"lines", "shippingLines"}) {
    for (const json& line : quote.at(name)) {
      EXPECT_GE(line.at("net").get<std::int64_t>(), 0);
      EXPECT_EQ(line.at("discount").get<std::int64_t>(), sum_of(line.at("shares"), "amount"));
      for (const json& share : line.at("shares")) {
        EXPECT_GT(share.at("amount").get<std::int64_t>(), 0);
        left[share.at("discountId")] -= share.at("amount").get<std::int64_t>();
      }
    }
  }
  for (const auto& [id, rest] : left) {
    EXPECT_EQ(rest, 0) << "the shares of " << id << " do not sum to it";
  }
}

std::string request_of(const json& scenario) {
  std::string text;
  if (scenario.contains("document")) {
    text = scenario.at("document").get<std::string>();
  } else {
    json request = json::object();
    for (const char* name : {"catalog", "account", "cart", "intent", "now", "resolved", "want"}) {
      if (scenario.contains(name)) {
        request[name] = scenario.at(name);
      }
    }
    if (request.contains("catalog") && request["catalog"].is_string()) {
      request["catalog"] = read_json(corpus / request["catalog"].get<std::string>());
    }
    text = request.dump();
  }
  const std::size_t bytes = scenario.value("padTo", std::size_t{0});
  if (text.size() < bytes) {
    text.resize(bytes, ' ');
  }
  return text;
}

class Scenario : public testing::Test {
 public:
  explicit Scenario(std::filesystem::path path) : path_(std::move(path)) {}

  void TestBody() override {
    const json scenario = read_json(path_);
    ASSERT_TRUE(scenario.is_object() && scenario.contains("expect")) << path_ << " is no scenario";
    SCOPED_TRACE(path_.filename().string() + ": " + scenario.value("name", "") +
                 "\n  working: " + scenario.value("working", ""));
    const bool is_quote = scenario.value("operation", "quote") == "quote";
    const std::string request = request_of(scenario);
    loyalty::Door door;
    const json answer = json::parse(
        is_quote ? door.quote_whole(request) : door.optimize_whole(request), nullptr, false);
    ASSERT_TRUE(answer.is_object() && answer.contains("ok"));
    const bool wants_error = scenario.at("expect").contains("error");
    ASSERT_EQ(answer.at("ok"), !wants_error) << text_of(answer).substr(0, 2'000);

    const json& value = wants_error ? answer : answer.at("value");
    Matcher matcher;
    matcher.match(scenario.at("expect"), value, "");
    EXPECT_TRUE(matcher.differences().empty())
        << matcher.differences() << "\n  answer " << text_of(value);
    if (!wants_error) {
      expect_identities(is_quote ? value : value.at("quote"),
                        scenario.at("cart").value("pricesIncludeTax", false));
    }
  }

 private:
  std::filesystem::path path_;
};

/// A test's name must not look like a filter pattern.
std::string test_name(const std::filesystem::path& path) {
  std::string name = path.stem().string();
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

std::size_t register_corpus() {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(corpus)) {
    if (entry.path().extension() == ".json") {
      paths.push_back(entry.path());
    }
  }
  std::sort(paths.begin(), paths.end());
  for (const std::filesystem::path& path : paths) {
    testing::RegisterTest("Scenario", test_name(path).c_str(), nullptr, nullptr,
                          path.string().c_str(), 1,
                          [path]() -> Scenario* { return new Scenario(path); });
  }
  return paths.size();
}

const std::size_t corpus_size = register_corpus();

TEST(Corpus, IsNotEmpty) { EXPECT_GE(corpus_size, 180U); }

}  // namespace
