#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/instant.h"
#include "native/service/accounts/desk.h"
#include "native/service/program/catalogs.h"
#include "native/service/route.h"
#include "native/service/schedule.h"
#include "native/store/store.h"
#include "native/wire/refused.h"

/// A site with an ACTIVE program in dollars, its store in a directory of its own, and short words
/// for what happens in it.
namespace loyalty::service {

class CheckoutTest : public ::testing::Test {
 protected:
  static constexpr store::TenantId site = 1;
  static constexpr std::string_view site_id = "11111111-1111-4111-8111-111111111111";

  CheckoutTest();
  ~CheckoutTest() override;

  struct Member {
    std::string contact;
    std::string member;
    std::string account;
  };

  /// A refused call: its code, and the data of the refusal.
  struct No {
    std::string code;
    Json data;
  };

  Instant now;
  std::string idempotency_key;
  /// Of the last answer of text.
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;

  void as_app();
  void as(const Member& member);
  void as_guest();
  void as_user();

  /// Runs in a transaction of its own; what `work` throws goes on.
  void write(const std::function<void(Call&)>& work) { run(true, work); }
  void read(const std::function<void(Call&)>& work) { run(false, work); }

  /// Rows of an area that builds on this one.
  void add_routes(void (*add)(Routes&)) { add(routes_); }

  /// One of the routes, its request and its answer checked by their schemas.
  Json ask(std::string_view route, Json request);
  /// The refusal; no code where there was none.
  No refused(std::string_view route, Json request);
  /// One of the routes that take texts.
  std::string ask_text(std::string_view route, const std::string& body);

  Member new_member(std::int64_t points = 0);
  std::string new_contact();
  std::string new_id();
  /// Points as the account shows them.
  std::int64_t balance(const Member& member);
  std::int64_t held(const Member& member);
  Json account(const Member& member);
  /// Types of all transactions, oldest first: `EARN REDEEM`.
  std::string transactions(const Member& member);
  /// Slugs of new events of an entity.
  std::vector<std::string> new_events(std::string_view fqdn);

  /// 10 points are worth 1.00, from 10 points on.
  Json new_flexible_reward();
  Json new_reward(Json reward);
  /// A coupon of 5.00 off for 50 points.
  Json new_coupon_reward();
  Json new_promotion(Json promotion);
  /// Points per dollar of the shop's orders.
  Json new_earning_rule(std::int64_t points_per_dollar);
  Json program_settings(Json settings);

  /// One line of the shop: amounts in cents.
  static Json cart(std::int64_t unit_price, std::int64_t quantity = 1);
  /// What POST /checkout/v1/checkouts answers.
  Json new_checkout(const Member& member, const Json& cart);
  Json new_guest_checkout(const Json& cart);
  static std::string id_of(const Json& standing) { return standing["checkout"]["id"]; }
  /// Applies a choice as the storefront does, without a preview.
  Json apply(const std::string& checkout, const Json& chosen);
  Json complete(const std::string& checkout, std::string_view payment = "PAID");
  Json update_cart(const std::string& checkout, const Json& cart);
  std::size_t time_out();
  std::size_t settle();

  static Json reward_choice(const Json& reward, std::int64_t points = 0);
  static Json coupon_choice(const Json& coupon);
  static Json code_choice(std::string_view code);

  std::filesystem::path folder;
  std::unique_ptr<store::Store> store;
  Caller caller;

 private:
  void run(bool writing, const std::function<void(Call&)>& work);
  Json try_to_ask(std::string_view route, Json request);
  const Route& route_of(std::string_view name) const;

  std::unique_ptr<Ids> ids_;
  Catalogs catalogs_;
  Routes routes_;
  std::int64_t last_event_ = 0;
  int contacts_ = 0;
  int keys_ = 0;
};

}  // namespace loyalty::service
