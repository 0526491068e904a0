#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/instant.h"
#include "native/service/accounts/desk.h"
#include "native/service/program/catalogs.h"
#include "native/service/route.h"
#include "native/service/schedule.h"
#include "native/store/store.h"
#include "native/wire/refused.h"
#include "tests/service_accounts/fake_program.h"

/// A site with a store in a directory of its own, and short words for what happens in it.
namespace loyalty::service {

inline Points pts(std::int64_t n) { return Points::of(n); }

class AccountsTest : public ::testing::Test {
 protected:
  static constexpr store::TenantId site = 1;

  AccountsTest();
  ~AccountsTest() override;

  Instant now;
  Caller caller;
  std::string origin;

  /// Runs in a transaction of its own; what `work` throws goes on.
  void write(const std::function<void(Call&)>& work);
  void read(const std::function<void(Call&)>& work);

  /// One of the routes, its request checked as the dispatcher does.
  Json ask(const std::string& route, Json request);
  /// The code of the refusal; empty where there was none.
  std::string refused(const std::string& route, Json request);

  /// A contact with an account; the account's id.
  std::string new_account(const std::string& email = {});
  std::string new_contact(const std::string& email);
  Moved do_move(const ledger::Command& command);
  std::string earn(const std::string& account, std::int64_t points);
  store::AccountRow row(const std::string& account);
  Json account(const std::string& id) { return ask("accounts.get", {{"id", id}})["account"]; }
  /// Slugs of the events since the last time, those of transactions as `transaction`.
  std::vector<std::string> new_events();
  std::vector<store::EntryRow> entries(const std::string& account);
  std::size_t settle();

  std::filesystem::path folder;
  std::unique_ptr<store::Store> store;

 private:
  void run(bool writing, const std::function<void(Call&)>& work);

  std::unique_ptr<Ids> ids_;
  Catalogs catalogs_;
  Routes routes_;
  std::int64_t last_event_ = 0;
  int contacts_ = 0;
};

}  // namespace loyalty::service
