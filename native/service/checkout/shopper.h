#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/catalog.h"
#include "native/service/call.h"
#include "native/service/program/program.h"

/// Who buys: a guest, or a contact of the site with or without an account.
namespace loyalty::service {

struct Shopper {
  std::string contact_id;  ///< empty: a guest
  std::optional<store::AccountRow> account;

  bool is_guest() const { return contact_id.empty(); }
};

/// The caller, where it is a member; else a guest.
Shopper shopper_of_caller(Call& call);

/// Throws CONTACT_NOT_FOUND; a guest where the id is empty.
Shopper shopper_of_contact(Call& call, std::string_view contact_id);

/// What the `account` of a request says beside what the store holds.
struct AccountAdjustments {
  Points held_here;                 ///< by this checkout itself: available to it
  std::vector<Json> extra_coupons;  ///< chosen, but not in the wallet
};

/// The `account` of a request as text: `null` for a guest, an account without points for a contact
/// that has none yet.
std::string account_document(Call& call, const ProgramState& program, const Catalog& catalog,
                             const Shopper& shopper, const AccountAdjustments& adjustments);

/// How many orders the contact has placed and not cancelled; its next has the number after that.
std::int64_t orders_of(store::Session& session, std::string_view contact_id);
/// One more, or one less.
void count_order(Call& call, std::string_view contact_id, std::int64_t change);

}  // namespace loyalty::service
