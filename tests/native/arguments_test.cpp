#include "native/cli/arguments.h"

#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace loyalty::cli {
namespace {

constexpr Flag flags[] = {
    {"catalog", "FILE", "", ""},
    {"jsonl", "", "", ""},
    {"color", "WHEN", "", "auto always never"},
    {"want", "LIST", "", "explain offers nearMisses"},
    {"help", "", "", ""},
};

auto parse(const std::vector<std::string_view>& words) {
  return parse_arguments(words, flags, {0, 1});
}

TEST(Arguments, ReadsFlagsInBothForms) {
  const auto parsed = parse({"--catalog", "a.json", "--color=never", "--jsonl", "cart.json"});
  ASSERT_TRUE(parsed.ok());
  EXPECT_EQ(parsed.value().value_of("catalog"), "a.json");
  EXPECT_EQ(parsed.value().value_of("color"), "never");
  EXPECT_TRUE(parsed.value().has("jsonl"));
  EXPECT_FALSE(parsed.value().has("want"));
  EXPECT_EQ(parsed.value().file(), "cart.json");
}

TEST(Arguments, ADashIsStandardInputAndTwoEndTheFlags) {
  EXPECT_EQ(parse({"-"}).value().file(), "-");
  EXPECT_EQ(parse({}).value().file(), "-");
  EXPECT_EQ(parse({"--", "--jsonl"}).value().file(), "--jsonl");
}

TEST(Arguments, LastValueWins) {
  EXPECT_EQ(parse({"--catalog=a", "--catalog=b"}).value().value_of("catalog"), "b");
}

TEST(Arguments, SaysWhatIsWrong) {
  const std::pair<std::vector<std::string_view>, std::string_view> cases[] = {
      {{"--cataolg", "x"}, "there is no flag --cataolg; did you mean --catalog?"},
      {{"--jsnol"}, "there is no flag --jsnol; did you mean --jsonl?"},
      {{"--colour=never"}, "there is no flag --colour; did you mean --color?"},
      {{"--zzzzzzzz"}, "there is no flag --zzzzzzzz."},
      {{"-x"}, "there is no flag --x."},
      {{"--catalog"}, "--catalog needs a value: FILE."},
      {{"--catalog", "--jsonl"}, "--catalog needs a value: FILE."},
      {{"--jsonl=yes"}, "--jsonl takes no value."},
      {{"--color", "nevr"}, "--color does not take 'nevr'; did you mean never?"},
      {{"--want=explain,offer"}, "--want does not take 'offer'; did you mean offers?"},
      {{"a", "b"}, "'b' is one operand too many."},
  };
  for (const auto& [words, sentence] : cases) {
    const auto parsed = parse(words);
    ASSERT_FALSE(parsed.ok()) << sentence;
    EXPECT_EQ(parsed.error(), sentence);
  }
}

TEST(Arguments, HelpNeedsNoOperands) {
  const std::string_view words[] = {"--help"};
  EXPECT_TRUE(parse_arguments(words, flags, {1, 1}).ok());
  EXPECT_FALSE(parse_arguments({}, flags, {1, 1}).ok());
}

}  // namespace
}  // namespace loyalty::cli
