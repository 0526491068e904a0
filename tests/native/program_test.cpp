#include <cctype>

#include <gtest/gtest.h>

#include "native/cli/command.h"
#include "native/cli/completion.h"
#include "native/lint/finding.h"
#include "tests/native/run_cli.h"

namespace loyalty::cli::testing {
namespace {

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST(Program, HelpNamesEveryCommandAndExitCode) {
  const Ran run = run_cli({"--help"});
  EXPECT_EQ(run.exit, 0);
  for (const Command& command : commands()) {
    EXPECT_TRUE(has(run.out, "  " + std::string{command.name} + " ")) << command.name;
  }
  for (const std::string_view code : {"  0  ", "  1  ", "  2  ", "  3  ", "  4  "}) {
    EXPECT_TRUE(has(run.out, code)) << code;
  }
}

TEST(Program, EveryCommandHasHelp) {
  for (const Command& command : commands()) {
    const Ran run = run_cli({command.name, "--help"});
    EXPECT_EQ(run.exit, 0);
    for (const Flag& flag : command.flags) {
      EXPECT_TRUE(has(run.out, "--" + std::string{flag.name})) << command.name << " " << flag.name;
      EXPECT_FALSE(flag.help.empty());
    }
    EXPECT_TRUE(has(run.out, "Usage")) << command.name;
    EXPECT_TRUE(has(run.out, "Exit codes")) << command.name;
    EXPECT_EQ(run.out, run_cli({"help", command.name}).out);
  }
}

TEST(Program, HelpFitsAnOrdinaryTerminal) {
  for (const Command& command : commands()) {
    std::string text = run_cli({command.name, "--help"}).out;
    while (!text.empty()) {
      const std::size_t end = text.find('\n');
      EXPECT_LE(end, 100U) << text.substr(0, end);
      text.erase(0, end + 1);
    }
  }
}

TEST(Program, VersionIsOneLine) {
  const Ran run = run_cli({"--version"});
  EXPECT_EQ(run.exit, 0);
  EXPECT_TRUE(run.out.starts_with("loyalty "));
  EXPECT_EQ(count_lines(run.out), 1U);
}

TEST(Program, UsageErrorsEndWithTwoAndSayHow) {
  const Ran nothing = run_cli({});
  EXPECT_EQ(nothing.exit, 2);
  EXPECT_TRUE(has(nothing.err, "Usage"));

  const Ran command = run_cli({"explan"});
  EXPECT_EQ(command.exit, 2);
  EXPECT_TRUE(has(command.err, "there is no command 'explan'; did you mean explain?"))
      << command.err;

  const Ran flag = run_cli({"quote", "--jsnol"});
  EXPECT_EQ(flag.exit, 2);
  EXPECT_TRUE(has(flag.err, "did you mean --jsonl?")) << flag.err;
  EXPECT_TRUE(has(flag.err, "See: loyalty quote --help")) << flag.err;

  EXPECT_EQ(run_cli({"quote", "a.json", "b.json"}).exit, 2);
  EXPECT_EQ(run_cli({"quote", "--catalog", "-"}).exit, 2);
  EXPECT_EQ(run_cli({"completion"}).exit, 2);
  EXPECT_EQ(run_cli({"completion", "tcsh"}).exit, 2);
}

TEST(Program, FilesThatCannotBeReadEndWithThree) {
  const Ran run = run_cli({"quote", "no/such/file.json"});
  EXPECT_EQ(run.exit, 3);
  EXPECT_EQ(run.err, "loyalty: no/such/file.json: No such file or directory\n");
  EXPECT_EQ(run_cli({"explain", "native"}).exit, 3) << "a folder";
  EXPECT_EQ(run_cli({"quote", "--catalog", "no/such/file.json"}).exit, 3);
}

TEST(Program, BadDocumentsEndWithOne) {
  const Ran run = run_cli({"quote"}, "{");
  EXPECT_EQ(run.exit, 1);
  EXPECT_TRUE(has(run.out, R"("code":"INVALID_JSON")")) << run.out;
  EXPECT_EQ(run_cli({"explain"}, "{").exit, 1);
  EXPECT_EQ(run_cli({"rewards"}, "{").exit, 1);
  EXPECT_EQ(run_cli({"earn"}, "{").exit, 1);
  EXPECT_EQ(run_cli({"lint"}, "{").exit, 1);
}

TEST(Program, ColoursOnlyWhereAsked) {
  constexpr std::string_view file = "native/examples/coffee-shop.json";
  EXPECT_FALSE(has(run_cli({"explain", file}).out, "\x1b"));
  EXPECT_FALSE(has(run_cli({"explain", "--color=never", file}).out, "\x1b"));
  EXPECT_TRUE(has(run_cli({"explain", "--color=always", file}).out, "\x1b[32m"));
}

/// Colour marks what is there; it says nothing that plain text does not.
TEST(Program, ColoursAddNothingButColour) {
  constexpr std::string_view file = "native/examples/fashion-store.json";
  std::string coloured = run_cli({"explain", "--color=always", file}).out;
  for (std::size_t at = 0; (at = coloured.find("\x1b[", at)) != std::string::npos;) {
    coloured.erase(at, coloured.find('m', at) - at + 1);
  }
  EXPECT_EQ(coloured, run_cli({"explain", file}).out);
}

TEST(Ledger, AnswersEachLineAndThenTheState) {
  const Ran run = run_cli({"ledger", "native/examples/ledger.jsonl"});
  EXPECT_EQ(run.exit, 0);
  EXPECT_EQ(count_lines(run.out), count_lines(file_text("native/examples/ledger.jsonl")) + 1);
  EXPECT_TRUE(has(run.out, R"("final":)"));
  EXPECT_EQ(run_cli({"ledger"}, "nonsense\n").exit, 1);
  EXPECT_EQ(run_cli({"ledger", "no/such/file"}).exit, 3);
}

/// Two entries at one instant: the second stands 1 ms after it, and counts at once.
TEST(Ledger, TierFollowsASecondEntryAtOneInstant) {
  const Ran run = run_cli(
      {"ledger"},
      R"({"now":"2025-01-01T00:00:00Z","tiers":{"list":[{"id":"silver","requiredPoints":500}]}}
{"op":"create","account":"ann"}
{"op":"earn","account":"ann","points":499,"key":"one"}
{"op":"earn","account":"ann","points":1000,"key":"two"}
)");
  EXPECT_EQ(run.exit, 0) << run.out;
  const std::size_t second = run.out.find(R"("key":"two","now")");
  const std::size_t answer = run.out.rfind('\n', second);
  EXPECT_NE(run.out.find(R"("tierPoints":1499,"tierId":"silver")", answer), std::string::npos)
      << run.out;
  EXPECT_TRUE(has(run.out, R"("tierPoints":499)")) << run.out;
  EXPECT_EQ(run.out.find(R"("tierPoints":499)", answer), std::string::npos) << run.out;
}

TEST(Ledger, SaysThatAnAdvanceLeadsIntoThePast) {
  const Ran run = run_cli({"ledger"}, R"({"now":"2025-01-02T00:00:00Z"}
{"op":"advance","to":"2025-01-01T00:00:00Z"}
{"op":"advance","to":"2025-01-03T00:00:00Z"}
)");
  EXPECT_TRUE(has(run.out, R"("now":"2025-01-02T00:00:00Z","op":"advance","past":true)"))
      << run.out;
  EXPECT_TRUE(has(run.out, R"("now":"2025-01-03T00:00:00Z","op":"advance"})")) << run.out;
}

TEST(Ledger, DropsLinesBeyondTheLimit) {
  const std::string long_line(std::size_t{3} << 20, 'x');
  const Ran run = run_cli({"ledger"}, R"({"now":"2025-01-02T00:00:00Z"})"
                                      "\n" +
                                          long_line + "\n" + R"({"op":"create","account":"ann"})");
  EXPECT_EQ(run.exit, 1);
  EXPECT_TRUE(
      has(run.out, R"("code":"TOO_LARGE","message":"It is larger than the limit of 1 MiB.")"));
  EXPECT_TRUE(has(run.out, R"("op":"create")"));
}

TEST(Completion, KnowsEveryCommandAndFlag) {
  for (const std::string_view shell : {"bash", "zsh", "fish"}) {
    const Ran run = run_cli({"completion", shell});
    EXPECT_EQ(run.exit, 0);
    for (const Command& command : commands()) {
      EXPECT_TRUE(has(run.out, command.name)) << shell << " " << command.name;
      for (const Flag& flag : command.flags) {
        EXPECT_TRUE(has(run.out, flag.name)) << shell << " " << flag.name;
      }
    }
  }
}

TEST(Lint, CodesAreListedAndDocumented) {
  const std::string codes = run_cli({"lint", "--codes"}).out;
  const std::string manual = file_text("native/README.md");
  for (const FindingKind& kind : finding_kinds()) {
    EXPECT_TRUE(has(codes, kind.name));
    EXPECT_TRUE(has(manual, "`" + std::string{kind.name} + "`")) << kind.name;
  }
}

TEST(Manual, NamesEveryCommand) {
  const std::string manual = file_text("native/README.md");
  for (const Command& command : commands()) {
    EXPECT_TRUE(has(manual, "`" + std::string{command.name})) << command.name;
  }
}

}  // namespace
}  // namespace loyalty::cli::testing
