#include "native/serve/all_routes.h"

#include "native/serve/clock_routes.h"
#include "native/serve/whoami.h"

namespace loyalty::serve {

service::Routes all_routes(bool with_clock) {
  using namespace service;
  constexpr void (*areas[])(Routes&) = {
      add_program_routes,     add_tier_routes,      add_earning_rule_routes,
      add_reward_routes,      add_promotion_routes, add_account_routes,
      add_transaction_routes, add_ledger_routes,    add_event_routes,
#ifdef LOYALTY_WITH_PEOPLE
      add_contact_routes,     add_import_routes,    add_social_media_routes,
      add_referral_routes,    add_activity_routes,
#endif
#ifdef LOYALTY_WITH_CHECKOUT
      add_coupon_routes,      add_checkout_routes,  add_report_routes,
#endif
      add_draft_routes,
#ifdef LOYALTY_WITH_MEMBER
      add_member_routes,
#endif
      add_identity_routes,
  };
  Routes routes;
  for (const auto add : areas) {
    add(routes);
  }
  add_whoami_route(routes);
  if (with_clock) {
    add_clock_routes(routes);
  }
  return routes;
}

std::vector<service::DueWork> all_due_works() {
  using namespace service;
  return {
      settle_accounts,    recalculate_accounts,
#ifdef LOYALTY_WITH_PEOPLE
      award_birthdays,
#endif
#ifdef LOYALTY_WITH_CHECKOUT
      time_out_checkouts,
#endif
      run_jobs,
  };
}

}  // namespace loyalty::serve
