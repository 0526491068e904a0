#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/instant.h"
#include "native/service/program/catalogs.h"
#include "native/service/program/program.h"
#include "native/service/route.h"
#include "native/store/store.h"
#include "native/wire/refused.h"

/// A site with a program of its own in a store of its own, and short words for what happens in it.
namespace loyalty::service {

class ShopTest : public ::testing::Test {
 protected:
  ShopTest();
  ~ShopTest() override;

  static constexpr store::TenantId site = 1;
  static constexpr std::string_view site_id = "11111111-1111-1111-1111-111111111111";

  Instant now;
  Caller caller;

  void write(const std::function<void(Call&)>& work, store::TenantId tenant = site);
  void read(const std::function<void(Call&)>& work, store::TenantId tenant = site);

  /// A route with its request checked as the dispatcher does; what it answers must fit its shape.
  Json ask(std::string_view route, Json request = Json::object());
  /// The code of the refusal; empty where there was none.
  std::string refused(std::string_view route, Json request = Json::object());
  /// Field and rule of the first violation: `tier.requiredPoints MIN`.
  std::string violation(std::string_view route, Json request);

  Json settings(Json changes) { return ask("program.updateSettings", {{"settings", changes}}); }
  void activate() { ask("program.activate"); }
  std::string new_tier(const std::string& name, std::int64_t points);
  void tiers_are(const std::string& status);
  std::string new_contact();
  /// The account of a contact as it is stored.
  store::AccountRow account_of(const std::string& contact);

  /// `tier created`: of the events since the last time, without those of accounts and transactions.
  std::vector<std::string> new_events();
  Json last_event_body();

  std::shared_ptr<const PublishedCatalog> published();
  Json catalog() { return ask("program.getCatalog")["catalog"]; }

  std::filesystem::path folder;
  std::unique_ptr<store::Store> store;
  Catalogs catalogs;

 private:
  void run(bool writing, store::TenantId tenant, const std::function<void(Call&)>& work);

  std::unique_ptr<Ids> ids_;
  Routes routes_;
  std::int64_t last_event_ = 0;
  Json last_body_;
  int contacts_ = 0;
};

}  // namespace loyalty::service
