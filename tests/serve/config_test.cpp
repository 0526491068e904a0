#include "native/serve/config.h"

#include <map>
#include <set>

#include <gtest/gtest.h>

namespace loyalty::serve {
namespace {

using Variables = std::map<std::string, std::string>;

Sources sources(std::vector<std::pair<std::string, std::string>> flags, Variables variables = {},
                std::string file = {}) {
  return {.flags = std::move(flags),
          .variable = [variables = std::move(variables)](const std::string& name) -> const char* {
            const auto found = variables.find(name);
            return found == variables.end() ? nullptr : found->second.c_str();
          },
          .file_name = "shop.conf",
          .file = std::move(file)};
}

std::string error(const Sources& from) {
  const auto config = read_config(from);
  return config.ok() ? "" : config.error();
}

TEST(Config, ListensToThisMachineOnlyUnlessTold) {
  const auto config = read_config(sources({}));
  ASSERT_TRUE(config.ok());
  EXPECT_EQ(config.value().address, "127.0.0.1");
  EXPECT_EQ(config.value().port, 8080);
  EXPECT_TRUE(config.value().is_local());
  EXPECT_TRUE(config.value().rate_limits);
  EXPECT_FALSE(config.value().allow_data_loss);
  EXPECT_FALSE(read_config(sources({{"address", "0.0.0.0"}})).value().is_local());
}

TEST(Config, AFlagGoesBeforeTheEnvironmentAndThatBeforeTheFile) {
  const std::string file = "port = 1\ndata = \"in file\"\nloops = 3\n";
  const Variables variables{{"LOYALTY_PORT", "2"}, {"LOYALTY_DATA", "in environment"}};
  const auto config = read_config(sources({{"port", "3"}}, variables, file));
  ASSERT_TRUE(config.ok()) << config.error();
  EXPECT_EQ(config.value().port, 3);
  EXPECT_EQ(config.value().data, "in environment");
  EXPECT_EQ(config.value().loops, 3U);
}

TEST(Config, ReadsLinesWithCommentsAndQuotes) {
  const auto pairs = parse_config_file(
      "# a comment\n; another\r\n\n  port=8081 # here too\ndata = '/var/lib/a # b'  # "
      "c\nlog=\"-\"");
  ASSERT_TRUE(pairs.ok()) << pairs.error();
  const std::vector<std::pair<std::string, std::string>> expected = {
      {"port", "8081"}, {"data", "/var/lib/a # b"}, {"log", "-"}};
  EXPECT_EQ(pairs.value(), expected);
}

TEST(Config, ReadsJson) {
  const auto config = read_config(sources(
      {}, {}, R"({"port": 8081, "rate-limits": false, "virtual-clock": "2026-01-15T10:00:00Z"})"));
  ASSERT_TRUE(config.ok()) << config.error();
  EXPECT_EQ(config.value().port, 8081);
  EXPECT_FALSE(config.value().rate_limits);
  EXPECT_EQ(config.value().virtual_clock, parse_instant("2026-01-15T10:00:00Z"));
}

TEST(Config, SaysWhereAMistakeIsAndWhatWouldBeRight) {
  EXPECT_EQ(error(sources({{"port", "70000"}})),
            "--port must be a whole number from 0 to 65535, not '70000'");
  EXPECT_EQ(error(sources({}, {{"LOYALTY_LOG_LEVEL", "loud"}})),
            "LOYALTY_LOG_LEVEL must be error, warning or info, not 'loud'");
  EXPECT_EQ(error(sources({}, {}, "rate-limits = perhaps")),
            "shop.conf: rate-limits must be on or off, not 'perhaps'");
  EXPECT_EQ(error(sources({}, {}, "prot = 1")), "shop.conf: there is no setting 'prot'");
  EXPECT_EQ(error(sources({}, {}, "port = 1\nport")), "shop.conf: line 2 must be: name = value");
  EXPECT_EQ(error(sources({}, {}, "data = \"x")),
            "shop.conf: line 1: the quotes of 'data' do not end");
  EXPECT_EQ(error(sources({}, {}, "port = 1\nport = 2")),
            "shop.conf: line 2: 'port' is there twice");
  EXPECT_NE(error(sources({{"virtual-clock", "yesterday"}})), "");
  EXPECT_NE(error(sources({{"port", "-1"}})), "");
  EXPECT_NE(error(sources({{"public-url", "shop.example"}})), "");
  EXPECT_NE(error(sources({{"public-url", "https://shop.example/"}})), "");
  EXPECT_EQ(error(sources({{"public-url", "https://shop.example/loyalty"}})), "");
  EXPECT_NE(error(sources({{"port", "80x"}})), "");
  EXPECT_NE(error(sources({{"data", ""}})), "");
  EXPECT_NE(error(sources({}, {}, "{\"port\":[1]}")), "");
}

TEST(Config, LosesDataOnlyWhereNobodyElseCanCall) {
  EXPECT_EQ(error(sources({{"allow-data-loss", "on"}})), "");
  EXPECT_NE(error(sources({{"allow-data-loss", "on"}, {"address", "0.0.0.0"}})), "");
}

TEST(Config, EverySettingHasAVariable) {
  std::set<std::string> names;
  for (const Setting& setting : settings()) {
    EXPECT_TRUE(names.insert(variable_of(setting.name)).second);
  }
  EXPECT_EQ(variable_of("drain-seconds"), "LOYALTY_DRAIN_SECONDS");
}

}  // namespace
}  // namespace loyalty::serve
