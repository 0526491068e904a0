#include "native/api/permissions.h"

#include <algorithm>
#include <iterator>

namespace loyalty::api {
namespace {

using service::Caller;
using service::Permission;

struct Who {
  bool anonymous, member, app, user;
};
constexpr Who everybody{true, true, true, true};
constexpr Who signed_in{false, true, true, true};
constexpr Who staff{false, false, true, true};
constexpr Who users{false, false, false, true};

constexpr Grant row(Permission permission, std::string_view name, Who who, Scope scope,
                    Data data = Data::site) {
  return {permission, name, who.anonymous, who.member, who.app, who.user, scope, data};
}

constexpr Grant table[] = {
    row(Permission::none_needed, "PUBLIC", everybody, Scope::none),
    row(Permission::read_program, "LOYALTY.READ_PROGRAM", staff, Scope::read),
    row(Permission::manage_program, "LOYALTY.MANAGE_PROGRAM", staff, Scope::manage),
    row(Permission::program_bulk_read, "LOYALTY.PROGRAM_BULK_READ", users, Scope::read),
    row(Permission::read_accounts, "LOYALTY.READ_ACCOUNTS", staff, Scope::read),
    row(Permission::manage_accounts, "LOYALTY.MANAGE_ACCOUNTS", staff, Scope::manage),
    row(Permission::read_own_account, "LOYALTY.READ_OWN_ACCOUNT", signed_in, Scope::read),
    row(Permission::read_transactions, "LOYALTY.READ_TRANSACTIONS", staff, Scope::read),
    row(Permission::manage_transactions, "LOYALTY.MANAGE_TRANSACTIONS", staff, Scope::manage),
    row(Permission::read_own_transactions, "LOYALTY.READ_OWN_TRANSACTIONS", signed_in, Scope::read),
    row(Permission::read_tiers, "LOYALTY.READ_TIERS", staff, Scope::read),
    row(Permission::manage_tiers, "LOYALTY.MANAGE_TIERS", staff, Scope::manage),
    row(Permission::read_earning_rules, "LOYALTY.READ_EARNING_RULES", staff, Scope::read),
    row(Permission::manage_earning_rules, "LOYALTY.MANAGE_EARNING_RULES", staff, Scope::manage),
    row(Permission::read_rewards, "LOYALTY.READ_REWARDS", staff, Scope::read),
    row(Permission::manage_rewards, "LOYALTY.MANAGE_REWARDS", staff, Scope::manage),
    row(Permission::reward_bulk_read, "LOYALTY.REWARD_BULK_READ", users, Scope::read),
    row(Permission::read_coupons, "LOYALTY.READ_COUPONS", staff, Scope::read),
    row(Permission::manage_coupons, "LOYALTY.MANAGE_COUPONS", staff, Scope::manage),
    row(Permission::redeem_coupon, "LOYALTY.REDEEM_COUPON", staff, Scope::manage),
    row(Permission::redeem_own_coupon, "LOYALTY.REDEEM_OWN_COUPON", signed_in, Scope::manage),
    row(Permission::read_own_coupons, "LOYALTY.READ_OWN_COUPONS", signed_in, Scope::read),
    row(Permission::query_checkout_discounts, "LOYALTY.QUERY_CHECKOUT_DISCOUNTS", signed_in,
        Scope::manage),
    row(Permission::apply_discount, "LOYALTY.APPLY_DISCOUNT", signed_in, Scope::manage),
    row(Permission::manage_imports, "LOYALTY.MANAGE_IMPORTS", staff, Scope::manage),
    row(Permission::followed_channel_create, "LOYALTY.FOLLOWED_CHANNEL_CREATE", signed_in,
        Scope::manage),
    row(Permission::followed_channel_read, "LOYALTY.FOLLOWED_CHANNEL_READ", signed_in, Scope::read),
    row(Permission::manage_contacts, "LOYALTY.MANAGE_CONTACTS", staff, Scope::manage),
    row(Permission::read_contacts, "LOYALTY.READ_CONTACTS", staff, Scope::read),
    row(Permission::manage_promotions, "LOYALTY.MANAGE_PROMOTIONS", staff, Scope::manage),
    row(Permission::read_promotions, "LOYALTY.READ_PROMOTIONS", staff, Scope::read),
    row(Permission::quote, "LOYALTY.QUOTE", everybody, Scope::none),
    row(Permission::own_checkout, "LOYALTY.OWN_CHECKOUT", signed_in, Scope::manage),
    row(Permission::manage_checkouts, "LOYALTY.MANAGE_CHECKOUTS", staff, Scope::manage),
    row(Permission::manage_orders, "LOYALTY.MANAGE_ORDERS", staff, Scope::manage),
    row(Permission::manage_holds, "LOYALTY.MANAGE_HOLDS", staff, Scope::manage),
    row(Permission::report_activities, "LOYALTY.REPORT_ACTIVITIES", staff, Scope::manage),
    row(Permission::manage_referrals, "LOYALTY.MANAGE_REFERRALS", staff, Scope::manage),
    row(Permission::read_ledger, "LOYALTY.READ_LEDGER", staff, Scope::read),
    row(Permission::read_events, "LOYALTY.READ_EVENTS", staff, Scope::read),
    row(Permission::manage_jobs, "LOYALTY.MANAGE_JOBS", staff, Scope::manage),
    row(Permission::mint_tokens, "LOYALTY.MINT_TOKENS", staff, Scope::manage, Data::keys),
    row(Permission::manage_keys, "LOYALTY.MANAGE_KEYS", staff, Scope::admin, Data::keys),
    row(Permission::manage_sites, "LOYALTY.MANAGE_SITES", users, Scope::admin, Data::server),
    row(Permission::know_own_key, "LOYALTY.KNOW_OWN_KEY", staff, Scope::none, Data::server),
    row(Permission::move_clock, "LOYALTY.MOVE_CLOCK", users, Scope::admin, Data::server),
};

bool holds(const Caller& caller, std::string_view scope) {
  return std::find(caller.scopes.begin(), caller.scopes.end(), scope) != caller.scopes.end();
}

}  // namespace

const Grant* grant_of(Permission permission) {
  const auto* const found =
      std::find_if(std::begin(table), std::end(table),
                   [permission](const Grant& grant) { return grant.permission == permission; });
  return found == std::end(table) ? nullptr : found;
}

bool has_scope(const Caller& caller, Scope scope) {
  const bool all = holds(caller, restaurants_scope);
  switch (scope) {
    case Scope::none:
      return true;
    case Scope::read:
      return all || holds(caller, read_scope) || holds(caller, manage_scope);
    case Scope::manage:
      return all || holds(caller, manage_scope);
    case Scope::admin:
      return holds(caller, admin_scope);
  }
  return false;
}

Verdict judge(Permission permission, const Caller& caller) {
  const Grant* const grant = grant_of(permission);
  if (grant == nullptr) {
    return Verdict::denied;
  }
  switch (caller.identity) {
    case Caller::Identity::anonymous:
      return grant->anonymous ? Verdict::allowed : Verdict::unauthenticated;
    case Caller::Identity::member:
      return grant->member ? Verdict::allowed : Verdict::denied;
    case Caller::Identity::app:
      return grant->app && has_scope(caller, grant->scope) ? Verdict::allowed : Verdict::denied;
    case Caller::Identity::user:
      return grant->user && has_scope(caller, grant->scope) ? Verdict::allowed : Verdict::denied;
    case Caller::Identity::server:
      return Verdict::denied;  // works by itself and never comes in by a request
  }
  return Verdict::denied;
}

}  // namespace loyalty::api
