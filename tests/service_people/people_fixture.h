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
#include "native/service/schedule.h"
#include "native/store/store.h"
#include "native/wire/refused.h"

/// A site with an active program in a store of its own, and short words for what happens in it.
namespace loyalty::service {

class PeopleTest : public ::testing::Test {
 protected:
  PeopleTest();
  ~PeopleTest() override;

  static constexpr store::TenantId site = 1;
  static constexpr std::string_view site_id = "11111111-1111-1111-1111-111111111111";

  Instant now;
  Caller caller;

  void write(const std::function<void(Call&)>& work) { run(true, work); }
  void read(const std::function<void(Call&)>& work) { run(false, work); }

  /// A route with its request checked as the dispatcher does; what it answers must fit its shape.
  Json ask(std::string_view route, Json request = Json::object());
  /// Code of the refusal, of a validation field and rule of its first violation; empty where there
  /// is none.
  std::string refused(std::string_view route, Json request = Json::object());

  /// The id of a new contact.
  std::string contact(Json fields);
  std::string account(const std::string& contact_id);
  std::string earn(const std::string& account_id, std::int64_t points);
  Json account_of(const std::string& contact_id);
  std::int64_t balance_of(const std::string& contact_id);
  /// An active fixed rule for an activity of an app; its id.
  std::string fixed_rule(const std::string& app, const std::string& activity, std::int64_t points);

  /// Until nothing is left to do.
  void run_jobs_to_end();
  std::size_t birthdays(std::size_t limit = 100);

  /// `account points_updated`: of the events since the last time.
  std::vector<std::string> new_events();
  bool happened(const std::string& event);

  std::filesystem::path folder;
  std::unique_ptr<store::Store> store;
  Catalogs catalogs;

 private:
  void run(bool writing, const std::function<void(Call&)>& work);

  std::unique_ptr<Ids> ids_;
  Routes routes_;
  std::int64_t last_event_ = 0;
};

}  // namespace loyalty::service
