#include "native/service/member/member_view.h"

#include <utility>

#include "native/service/accounts/loading.h"
#include "native/service/program/documents.h"
#include "native/wire/refused.h"

namespace loyalty::service {

std::optional<store::AccountRow> account_of_caller(Call& call) {
  if (!call.is_member() || call.caller.contact_id.empty()) {
    throw wire::Refused{wire::Code::member_required};
  }
  const std::optional<store::AccountRow> row =
      call.store.account_of_contact(call.caller.contact_id);
  return row ? remaining_account(call.store, row->id) : std::nullopt;
}

void name_order(Call& call, const std::string& order_id, Json& shown) {
  if (order_id.empty()) {
    return;
  }
  shown["orderId"] = order_id;
  const auto order = call.store.get(store::Kind::order, order_id);
  if (const std::string number = order ? wire::text_at(body_of(*order), "number") : std::string{};
      !number.empty()) {
    shown["number"] = number;
  }
}

MemberView view_of_caller(Call& call) {
  MemberView view;
  std::optional<store::AccountRow> row = account_of_caller(call);
  view.contact_id = call.caller.contact_id;
  view.program = program_of(call);
  view.published = call.catalogs.catalog(call.store);
  if (const auto contact = call.store.get(store::Kind::contact, view.contact_id)) {
    view.name = wire::text_at(body_of(*contact), "name");
  }
  if (row) {
    view.detail = detail_now(call, *std::move(row));
  }
  return view;
}

}  // namespace loyalty::service
