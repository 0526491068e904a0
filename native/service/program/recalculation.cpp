#include <utility>

#include "native/service/accounts/desk.h"
#include "native/service/program/documents.h"
#include "native/service/program/program.h"
#include "native/service/schedule.h"

/// After tiers, rewards or the program change, every account is looked at anew, in slices. How far
/// that has come is a document, so that it goes on after a restart.
namespace loyalty::service {
namespace {

constexpr std::string_view recalculation_id = "recalculation";

void put(Call& call, const std::optional<store::Document>& before, const Json& body) {
  if (before) {
    call.store.update(store::Kind::program, next_revision(call, *before, body));
    return;
  }
  store::Document begun = new_document(call, body);
  begun.id = recalculation_id;
  call.store.insert(store::Kind::program, begun);
}

}  // namespace

void recalculate_later(Call& call, std::string_view trigger) {
  // One that is under way begins again: accounts it has seen may be others by the new rules.
  put(call, call.store.get(store::Kind::program, recalculation_id),
      Json{{"trigger", trigger}, {"after", ""}});
}

bool awaits_recalculation(Call& call, std::string_view account_id) {
  const auto under_way = call.store.get(store::Kind::program, recalculation_id);
  return under_way && account_id > wire::text_at(body_of(*under_way), "after");
}

std::size_t recalculate_accounts(Call& call, std::size_t limit) {
  const auto under_way = call.store.get(store::Kind::program, recalculation_id);
  if (!under_way || limit == 0) {
    return 0;
  }
  Json body = body_of(*under_way);
  const std::string trigger = wire::text_at(body, "trigger");
  store::Query query{.filter = {}, .sort = {}, .limit = limit, .after = {}};
  if (const std::string after = wire::text_at(body, "after"); !after.empty()) {
    query.after = std::vector<store::Value>{after};
  }
  const store::Page<store::AccountRow> page = call.store.accounts(query);
  for (const store::AccountRow& row : page.rows) {
    recalculate(call, row.id, trigger);
  }
  if (page.rows.size() < limit) {
    call.store.remove(store::Kind::program, recalculation_id);
  } else {
    body["after"] = page.rows.back().id;
    put(call, under_way, body);
  }
  return page.rows.size();
}

}  // namespace loyalty::service
