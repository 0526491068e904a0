#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/instant.h"
#include "core/ledger/entry.h"
#include "core/money/points.h"

/// What a store keeps. Identifiers are canonical textual GUIDs.
namespace loyalty::store {

/// The number of a site inside this store; 0 is the server's own (sites, keys).
using TenantId = std::int64_t;
inline constexpr TenantId system_tenant = 0;

/// What kind of thing a document is. Appended only: the numbers are stored.
enum class Kind : std::uint8_t {
  site = 1,        // system tenant
  api_key,         // system tenant
  program,         // one per site, id = "program": status, names, settings, pauses, catalog version
  tiers_settings,  // one per site, id = "tiers"
  tier,
  earning_rule,
  reward,
  promotion,
  contact,
  coupon,
  referral_reward,
  checkout,
  checkout_discount,
  order,
  loyalty_import,
  followed_channel,
  job,
  upload,
  wallet,  // one per account, id = the account's: coupons and referral rewards as a quote sees them
  order_request,     // id = the order's: what it was priced with
  catalog_snapshot,  // id = the catalog version: the whole catalog, of versions that orders name
  catalog_change,    // id = the catalog version: who changed what
};

/// Anything that is not the ledger: a JSON text with a revision.
struct Document {
  std::string id;
  std::int64_t revision = 1;
  Instant created;
  Instant updated;
  std::string body;  ///< JSON object; instants in it are time_text()
  /// Names under which it is found and of which each may exist once: {"code","ABC"},
  /// {"email","a@b"}.
  std::vector<std::pair<std::string, std::string>> keys;
};

/// An account as it is stored. What is queried stands in fields; what only the ledger reads is in
/// `state`.
struct AccountRow {
  std::string id;
  std::string contact_id;
  std::string member_id;  ///< empty: not a member of the site
  std::int64_t revision = 1;
  std::int64_t sequence = 0;  ///< of the last entry
  Instant created;
  Instant updated;
  Points available;
  Points held;
  Points earned;
  Points adjusted;
  Points redeemed;
  Points expired;
  bool below_zero_allowed = false;  ///< the site's policy lets a reversal do that (U15)
  std::string tier_id;              ///< empty: the base tier
  Points tier_points;
  std::optional<Instant> tier_updated;
  std::optional<Instant> last_activity;
  std::optional<Instant> expires_at;  ///< the next expiry of points
  Points expiring;
  bool reward_available = false;
  std::optional<Instant> due;  ///< when time alone changes it next: a hold, an expiry, a tier
  // Copied from the contact, for searching.
  std::string contact_name;
  std::string contact_email;
  std::string contact_picture;
  std::string merged_into;  ///< empty, or the account that has it all now
  std::string state;        ///< lots, open holds, debts, tier events: JSON
  std::string latest;  ///< the latest transaction as the API shows it: JSON, empty before the first
  std::array<unsigned char, 32> chain = {};  ///< hash of the last entry
};

/// A closed hold or a grant: kept beside the account, read when a refund or a reversal names it.
struct ItemRow {
  std::string key;  ///< of the command that made it
  std::string account_id;
  std::string state;  ///< JSON
};

/// One entry of the ledger and what the API says about it.
struct EntryRow {
  ledger::Entry entry;
  std::string id;                ///< of the transaction at the API
  std::string transaction_type;  ///< EARN, REDEEM, ADJUST, REFUND, EXPIRE; empty: not shown
                                 ///< (capture of all)
  std::string description;
  std::string idempotency_key;  ///< as the caller of EarnPoints sent it
  std::string info;  ///< JSON: the one-of block of the transaction and what else is known
  std::array<unsigned char, 32> hash =
      {};  ///< SHA-256 of the previous hash and the canonical entry
};

/// A domain event on its way out. Written in the transaction of the change it tells of.
struct EventRow {
  std::int64_t sequence = 0;  ///< given by the store, increasing within the site: also the entity's
  std::string id;
  std::string fqdn;  ///< wix.loyalty.v1.account
  std::string slug;  ///< points_updated
  std::string entity_id;
  Instant at;
  std::string body;  ///< JSON of the rest of the envelope
};

/// The first answer to a key.
struct Remembered {
  std::array<unsigned char, 32> fingerprint = {};
  int status = 200;
  std::string body;
};

struct ProgramTotals {
  Points balance, earned, adjusted, redeemed, expired, held;
  std::vector<std::pair<std::string, std::int64_t>> accounts_by_tier;  ///< empty id: the base tier
};

/// What moved in a stretch of time, over all accounts. What all balances changed by is
/// earned - redeemed + refunded + adjusted - reversed - expired.
struct PointFlow {
  Points earned;
  Points redeemed;  ///< spent or set aside
  Points refunded;  ///< that came back of what was redeemed
  Points adjusted;  ///< by staff, signed
  Points reversed;  ///< earned points that were taken back
  Points expired;
  std::int64_t active_accounts = 0;  ///< that earned or redeemed
  friend bool operator==(const PointFlow&, const PointFlow&) = default;
};

/// What moved from border to border, and in all of that time.
struct PointFlows {
  std::vector<PointFlow> parts;
  PointFlow whole;  ///< who is active in several parts is one account here
};

/// What of an account a report about all accounts looks at.
struct AccountPoints {
  std::string_view id;  ///< valid until the next account
  std::string_view name;
  std::string_view tier_id;  ///< empty: the base tier
  Points available;
  Points tier_points;
  std::optional<Instant> expires_at;
  Points expiring;
  std::string_view state;  ///< empty unless asked for
};

/// A bucket of accounts that share a value; what aggregations are made of.
struct ValueCount {
  std::optional<std::string> value;  ///< as text
  std::int64_t count = 0;
};

}  // namespace loyalty::store
