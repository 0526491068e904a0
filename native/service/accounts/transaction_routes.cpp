#include <optional>
#include <utility>

#include "native/service/accounts/desk.h"
#include "native/service/accounts/listing.h"
#include "native/service/accounts/schemas.h"
#include "native/wire/refused.h"

namespace loyalty::service {
namespace {

Json get_transaction(Call& call, const Json& request) {
  const std::optional<store::EntryRow> row =
      call.store.entry(wire::text_at(request, "loyaltyTransactionId"));
  if (!row || row->transaction_type.empty()) {
    throw wire::Refused(wire::Code::transaction_not_found);
  }
  return {{"loyaltyTransaction", transaction_json(*row)}};
}

}  // namespace

void add_transaction_routes(Routes& to) {
  using namespace wire;
  to.push_back({.name = "transactions.get",
                .verb = Verb::get,
                .path = "/loyalty-transactions/v1/loyalty-transactions/{loyaltyTransactionId}",
                .permission = Permission::read_transactions,
                .access = Route::Access::read,
                .request = object({required("loyaltyTransactionId", guid())}),
                .response = object({required("loyaltyTransaction", transaction_schema())}),
                .run = get_transaction,
                .summary = "One transaction"});
  add_transaction_listing(to);
}

}  // namespace loyalty::service
