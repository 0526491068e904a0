#include "native/service/checkout/wallet.h"

#include <algorithm>

#include "core/base/limits.h"
#include "native/service/program/documents.h"

namespace loyalty::service {
namespace {

constexpr std::size_t shown_max = limits::owned_coupons_max;

constexpr const char* name_of(Pocket pocket) {
  return pocket == Pocket::coupons ? "coupons" : "referralRewards";
}

Json read(const std::optional<store::Document>& document) {
  Json wallet = document ? body_of(*document) : Json::object();
  for (const char* name : {"coupons", "referralRewards", "more"}) {
    if (!wallet.contains(name)) {
      wallet[name] = Json::array();
    }
  }
  return wallet;
}

void write(Call& call, std::string_view account_id, const std::optional<store::Document>& before,
           const Json& wallet) {
  if (before) {
    call.store.update(store::Kind::wallet, next_revision(call, *before, wallet));
    return;
  }
  store::Document document = new_document(call, wallet);
  document.id = account_id;
  call.store.insert(store::Kind::wallet, document);
}

bool erase(Json& list, std::string_view id) {
  const auto at = std::find_if(list.begin(), list.end(), [id](const Json& entry) {
    return wire::text_at(entry, "id") == id;
  });
  if (at == list.end()) {
    return false;
  }
  list.erase(at);
  return true;
}

/// The newest stay in view.
void add(Json& wallet, Pocket pocket, const Json& entry) {
  Json& list = wallet[name_of(pocket)];
  const std::string id = wire::text_at(entry, "id");
  const auto at = std::find_if(list.begin(), list.end(),
                               [&id](const Json& one) { return wire::text_at(one, "id") == id; });
  if (at != list.end()) {
    *at = entry;
    return;
  }
  list.push_back(entry);
  if (list.size() > shown_max) {
    if (pocket == Pocket::coupons) {
      wallet["more"].push_back(list.front());
    }
    list.erase(list.begin());
  }
}

}  // namespace

std::string wallet_text(store::Session& session, std::string_view account_id) {
  std::optional<store::Document> document = session.get(store::Kind::wallet, account_id);
  return document ? std::move(document->body) : std::string{};
}

void put_in_wallet(Call& call, std::string_view account_id, Pocket pocket, const Json& entry) {
  const std::optional<store::Document> before = call.store.get(store::Kind::wallet, account_id);
  Json wallet = read(before);
  erase(wallet["more"], wire::text_at(entry, "id"));
  add(wallet, pocket, entry);
  write(call, account_id, before, wallet);
}

void take_from_wallet(Call& call, std::string_view account_id, Pocket pocket, std::string_view id) {
  const std::optional<store::Document> before = call.store.get(store::Kind::wallet, account_id);
  if (!before) {
    return;
  }
  Json wallet = read(before);
  const bool shown = erase(wallet[name_of(pocket)], id);
  if (!shown && !(pocket == Pocket::coupons && erase(wallet["more"], id))) {
    return;
  }
  Json& more = wallet["more"];
  if (shown && pocket == Pocket::coupons && !more.empty()) {
    Json& coupons = wallet["coupons"];
    coupons.insert(coupons.begin(), more.back());
    more.erase(more.size() - 1);
  }
  write(call, account_id, before, wallet);
}

}  // namespace loyalty::service
