#include <set>
#include <utility>

#include "core/ledger/command.h"
#include "native/service/accounts/desk.h"
#include "native/service/checkout/shopper.h"
#include "native/service/checkout/wallet.h"
#include "native/service/people/birthdays.h"
#include "native/service/people/contacts.h"
#include "native/service/people/social_media.h"
#include "native/service/program/awards.h"
#include "native/service/program/documents.h"
#include "native/service/program/uses.h"
#include "native/service/query/filters.h"
#include "native/wire/refused.h"

namespace loyalty::service {
namespace {

using store::Kind;
using wire::Refused;
using wire::text_at;

constexpr std::size_t documents_at_once = 200;

/// Everything of a kind that names the contact names the other from now on.
void repoint(Call& call, Kind kind, std::string_view from, std::string_view to) {
  store::Query query;
  query.filter =
      condition({"contactId", store::ValueType::text}, store::Filter::Op::eq, {std::string{from}});
  query.sort = {{{"createdDate", store::ValueType::instant}, false}};
  query.limit = documents_at_once;
  std::vector<store::Document> found = call.store.page(kind, query).rows;
  while (!found.empty()) {  // what is changed is no longer found
    for (const store::Document& document : found) {
      Json body = body_of(document);
      body["contactId"] = std::string{to};
      call.store.update(kind, next_revision(call, document, body));
    }
    found = call.store.page(kind, query).rows;
  }
}

void merge_accounts(Call& call, std::string_view source, std::string_view target) {
  auto from = call.store.account_of_contact(source);
  const auto into = call.store.account_of_contact(target);
  if (!from) {
    return;
  }
  if (!into) {
    const std::int64_t revision = from->revision;
    from->contact_id = target;
    from->updated = call.now;
    ++from->revision;
    call.store.update(*from, revision);
    return;
  }
  move(call, ledger::Merge{from->id, into->id}, {});
  wallets_merged(call, from->id, into->id);
  channels_merged(call, from->id, into->id);
}

/// Orders placed, and promotions used, count for the one who remains: else a limit of one a
/// customer would be two for who has two contacts.
void uses_merged(Call& call, std::string_view source, std::string_view target) {
  if (const std::int64_t orders = orders_of(call.store, source); orders > 0) {
    count_order(call, target, orders);
    count_order(call, source, -orders);
  }
  for (const store::Document& promotion : call.store.all(Kind::promotion)) {
    const std::int64_t times = uses_by(call.store, promotion.id, source);
    if (times > 0) {  // of the promotion as a whole they are what they were
      change_uses(call, promotion.id, target, {.times = times, .amount = {}});
      change_uses(call, promotion.id, source, {.times = -times, .amount = {}});
    }
  }
}

/// What the target does not tell of itself.
Json filled(const Json& target, const Json& source) {
  Json changes = Json::object();
  for (const char* name : {"email", "name", "birthdate", "picture", "memberId"}) {
    if (!target.contains(name) && source.contains(name)) {
      changes[name] = source[name];
    }
  }
  std::set<std::string> tags;
  for (const Json* one : {&target, &source}) {
    for (const Json& tag : wire::member(*one, "tags")) {
      tags.insert(tag.get<std::string>());
    }
  }
  if (!tags.empty()) {
    changes["tags"] = tags;
  }
  return changes;
}

}  // namespace

store::Document merge_contacts(Call& call, std::string_view source, std::string_view target) {
  if (source == target) {
    throw Refused::invalid("targetContactId", "DIFFERENT", "must be another contact");
  }
  const store::Document from = require_contact(call.store, source);
  const store::Document into = require_contact(call.store, target);
  merge_accounts(call, source, target);
  for (const Kind kind : {Kind::order, Kind::checkout, Kind::referral_reward}) {
    repoint(call, kind, source, target);
  }
  awards_merged(call, source, target);
  birthdays_merged(call, source, target);
  uses_merged(call, source, target);
  // Its address and member are free from here on.
  call.store.remove(Kind::contact, source);
  const store::Document merged = update_contact(call, into, filled(body_of(into), body_of(from)));
  contact_changed(call, target);
  return merged;
}

store::Document anonymize_contact(Call& call, std::string_view id) {
  const store::Document before = require_contact(call.store, id);
  if (wire::truth_at(body_of(before), "anonymized")) {
    return before;
  }
  call.anonymizing = true;
  store::Document wiped = next_revision(call, before, Json{{"anonymized", true}});
  wiped.keys.clear();
  call.store.update(Kind::contact, wiped);
  contact_changed(call, id);
  return wiped;
}

}  // namespace loyalty::service
