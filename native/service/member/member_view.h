#pragma once

#include <memory>
#include <optional>
#include <string>

#include "native/service/accounts/desk.h"
#include "native/service/program/catalogs.h"
#include "native/service/program/program.h"

/// What a signed-in member sees of its own.
namespace loyalty::service {

/// A member as it stands at the time of a call, and the rules that hold for it.
struct MemberView {
  std::string contact_id;
  std::string name;                     ///< may be empty
  std::optional<AccountDetail> detail;  ///< none before the member has joined
  std::shared_ptr<const ProgramState> program;
  std::shared_ptr<const PublishedCatalog> published;

  const Catalog& catalog() const { return published->document->catalog(); }
  Points available() const { return detail ? detail->row.available : no_points; }
  TierId tier() const { return detail ? TierId{detail->row.tier_id} : TierId{}; }
  bool program_is_active() const {
    return program->ledger.settings.status == ledger::Status::active;
  }
};

/// The caller. Throws MEMBER_REQUIRED.
MemberView view_of_caller(Call& call);

/// The account of the caller's contact, wherever it was merged into; nothing where there is none.
std::optional<store::AccountRow> account_of_caller(Call& call);

/// Names an order in what is shown: `orderId`, and `number` where people call it by one.
void name_order(Call& call, const std::string& order_id, Json& shown);

// The parts of the overview; the shape of each stands in overview_schema().
Json account_part(const MemberView& member, Points pending);
Json holds_part(Call& call, const MemberView& member);
Json pending_orders_part(Call& call, const MemberView& member);
Json expiring_part(const MemberView& member);           ///< null: nothing expires as things stand
Json tier_part(Call& call, const MemberView& member);   ///< null: the program has no tiers
Json worth_part(Call& call, const MemberView& member);  ///< null: points cannot be spent as money
Json rewards_part(Call& call, const MemberView& member);
Json coupons_part(Call& call, const MemberView& member);
Json ways_part(Call& call, const MemberView& member);

}  // namespace loyalty::service
