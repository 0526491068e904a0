#pragma once

#include <string_view>
#include <vector>

#include "native/service/call.h"
#include "native/wire/schema.h"

/// The table of everything that can be asked for. One row drives routing, authorisation, checking,
/// rate limits, metrics and the OpenAPI document.
namespace loyalty::service {

enum class Verb : std::uint8_t { get, post, put, patch, del };

/// What a caller must be allowed to do. The table of who may is native/api/permissions.
enum class Permission : std::uint8_t {
  none_needed,  ///< the public part of a site, health
  read_program,
  manage_program,
  program_bulk_read,
  read_accounts,
  manage_accounts,
  read_own_account,
  read_transactions,
  manage_transactions,
  read_own_transactions,
  read_tiers,
  manage_tiers,
  read_earning_rules,
  manage_earning_rules,
  read_rewards,
  manage_rewards,
  reward_bulk_read,
  read_coupons,
  manage_coupons,
  redeem_coupon,
  redeem_own_coupon,
  read_own_coupons,
  query_checkout_discounts,
  apply_discount,
  manage_imports,
  followed_channel_create,
  followed_channel_read,
  manage_contacts,
  read_contacts,
  manage_promotions,
  read_promotions,
  quote,
  own_checkout,
  manage_checkouts,
  manage_orders,
  manage_holds,
  report_activities,
  manage_referrals,
  read_ledger,
  read_events,
  manage_jobs,
  mint_tokens,
  manage_keys,
  manage_sites,
  move_clock,
  know_own_key,
};

/// The request message: body, path variables and query parameters together, checked and normalised
/// by the row's schema. A path variable `{tier.id}` stands at its dotted place.
using Operation = Json (*)(Call& call, const Json& request);

/// The same for what must be fast or large: the body as it came, unchecked, and the answer's text.
/// Path variables and query parameters play no part. Such a row's `request` serves the OpenAPI
/// document only.
using TextOperation = std::string (*)(Call& call, std::string_view body);

struct Route {
  enum class Access : std::uint8_t { read, write };
  enum class Key : std::uint8_t { accepted, required };  ///< the Idempotency-Key header (U26)
  enum class Rate : std::uint8_t { normal, code_entry, quote };

  std::string_view
      name;  ///< `accounts.earnPoints`, unique: metrics label, scope of keys, operationId
  Verb verb = Verb::get;
  std::string_view
      path;  ///< `/loyalty-accounts/v1/accounts/{accountId}/earn-points`, also served under `/_api`
  Permission permission = Permission::none_needed;
  Access access = Access::read;
  wire::Schema request;
  wire::Schema response;
  Operation run = nullptr;
  Key key = Key::accepted;
  Rate rate = Rate::normal;
  std::string_view summary = {};     ///< for the OpenAPI document
  TextOperation run_text = nullptr;  ///< in place of `run`
  /// Takes and gives texts that are not JSON: a body of another content type is the message's
  /// `content`; an answer {"content","contentType","fileName"?} is sent as such.
  bool raw = false;
  bool stream = false;  ///< answers with server-sent events, for as long as the caller listens
  bool secret = false;  ///< the answer holds a secret: it is never stored for a repeated key
  std::size_t body_bytes_max = 256 * 1024;
};

using Routes = std::vector<Route>;

// Each area adds its rows.
void add_program_routes(Routes& to);       // program/
void add_tier_routes(Routes& to);          // program/
void add_earning_rule_routes(Routes& to);  // program/
void add_reward_routes(Routes& to);        // program/
void add_promotion_routes(Routes& to);     // program/
void add_account_routes(Routes& to);       // accounts/
void add_transaction_routes(Routes& to);   // accounts/
void add_ledger_routes(Routes& to);        // accounts/ : holds, redeem, refund, entries, audit
void add_contact_routes(Routes& to);       // people/
void add_import_routes(Routes& to);        // people/
void add_social_media_routes(Routes& to);  // people/
void add_referral_routes(Routes& to);      // people/
void add_activity_routes(Routes& to);      // people/ : triggers, awards
void add_coupon_routes(Routes& to);        // checkout/
void add_checkout_routes(Routes& to);  // checkout/ : exchange, checkouts, orders, storefront, quote
void add_member_routes(Routes& to);    // member/ : the signed-in member
void add_event_routes(Routes& to);     // accounts/
void add_draft_routes(Routes& to);     // program/ : drafts, versions of the catalog
void add_report_routes(Routes& to);    // reports/
void add_identity_routes(Routes& to);  // api/

}  // namespace loyalty::service
