#include "native/serve/server.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "native/serve/offline.h"
#include "tests/api/bench.h"

namespace loyalty::serve {
namespace {

Config config_of(const test::Folder& folder) {
  Config config;
  config.port = 0;
  config.data = folder.file("data");
  config.web = "";
  config.log = folder.file("log");
  config.drain_seconds = 5;
  return config;
}

TEST(Server, TheFirstStartMakesASiteAndLaterOnesShowItAgain) {
  const test::Folder folder;
  FirstSite first;
  {
    Server server{config_of(folder)};
    first = server.first_site();
    EXPECT_TRUE(first.made_now);
    EXPECT_FALSE(first.site.empty());
    EXPECT_FALSE(first.backend_key.empty());
    EXPECT_FALSE(first.operator_key.empty());
    EXPECT_TRUE(server.url().starts_with("http://127.0.0.1:"));
    EXPECT_TRUE(server.stop());
  }
  Server again{config_of(folder)};
  EXPECT_FALSE(again.first_site().made_now);
  EXPECT_EQ(again.first_site().site, first.site);
  EXPECT_EQ(again.first_site().backend_key, first.backend_key);
  EXPECT_EQ(again.first_site().operator_key, first.operator_key);
}

TEST(Server, KeysAreKeptForTheirOwnerOnly) {
  const test::Folder folder;
  const Server server{config_of(folder)};
  struct stat status {};
  ASSERT_EQ(stat(folder.file("data/dev-keys.json").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  ASSERT_EQ(stat(folder.file("data/loyalty.db").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0077U, 0U);
}

TEST(Server, AServerThatOthersCanCallKeepsNoKeys) {
  const test::Folder folder;
  Config config = config_of(folder);
  config.address = "0.0.0.0";
  std::string site;
  {
    const Server server{config};
    site = server.first_site().site;
    EXPECT_FALSE(server.first_site().backend_key.empty());
  }
  EXPECT_FALSE(std::ifstream{folder.file("data/dev-keys.json")}.good());
  const Server again{config};
  EXPECT_EQ(again.first_site().site, site);
  EXPECT_TRUE(again.first_site().backend_key.empty());
}

TEST(Server, OneStoreHasOneServer) {
  const test::Folder folder;
  const Server server{config_of(folder)};
  EXPECT_THROW(Server{config_of(folder)}, std::exception);
}

TEST(Server, SaysWhyItCannotStart) {
  const test::Folder folder;
  Config config = config_of(folder);
  config.address = "203.0.113.1";
  EXPECT_THROW(Server{config}, std::exception);
  config = config_of(folder);
  config.web = folder.file("no such folder");
  EXPECT_THROW(Server{config}, std::exception);
  config = config_of(folder);
  config.data = "/proc/loyalty";
  EXPECT_THROW(Server{config}, std::exception);
}

TEST(Server, IsCopiedAndAuditedWhileItRuns) {
  const test::Folder folder;
  const Server server{config_of(folder)};
  std::filesystem::create_directory(folder.file("copy"));
  back_up(folder.file("data"), folder.file("copy/loyalty.db"));
  int sites = 0;
  for (const char* const data : {"data", "copy"}) {
    audit(folder.file(data), [&](const api::Site& site, const store::Audit& audit) {
      EXPECT_EQ(site.id, server.first_site().site);
      EXPECT_EQ(audit.found, 0);
      ++sites;
    });
  }
  EXPECT_EQ(sites, 2);
  EXPECT_THROW(back_up(folder.file("data"), folder.file("copy/loyalty.db")), std::exception);
  EXPECT_THROW(audit(folder.path(), [](const api::Site&, const store::Audit&) {}), std::exception);
}

}  // namespace
}  // namespace loyalty::serve
