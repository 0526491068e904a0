#include "native/service/checkout/referrals.h"

#include <string>

#include "native/service/checkout/wallet.h"
#include "native/service/program/documents.h"

namespace loyalty::service {
namespace {

using wire::text_at;

std::string account_of(Call& call, const Json& reward) {
  if (std::string account = text_at(reward, "accountId"); !account.empty()) {
    return account;
  }
  const std::optional<store::AccountRow> row =
      call.store.account_of_contact(text_at(reward, "contactId"));
  return row ? row->id : std::string{};
}

/// The wallet's entry, to be put back where the order is undone.
Json wallet_entry(Call& call, std::string_view account_id, std::string_view id) {
  const std::string text = wallet_text(call.store, account_id);
  if (!text.empty()) {
    const Json wallet = Json::parse(text);
    for (const Json& entry : wire::member(wallet, "referralRewards")) {
      if (text_at(entry, "id") == id) {
        return entry;
      }
    }
  }
  return nullptr;
}

}  // namespace

void use_referral_reward(Call& call, std::string_view id, std::string_view order_id) {
  const std::optional<store::Document> document = call.store.get(store::Kind::referral_reward, id);
  if (!document) {
    return;
  }
  Json body = body_of(*document);
  const std::string account = account_of(call, body);
  body["walletEntry"] = wallet_entry(call, account, id);
  body["status"] = "APPLIED";
  body["orderId"] = std::string{order_id};
  call.store.update(store::Kind::referral_reward, next_revision(call, *document, body));
  take_from_wallet(call, account, Pocket::referral_rewards, id);
}

void give_back_referral_reward(Call& call, std::string_view id, std::string_view order_id) {
  const std::optional<store::Document> document = call.store.get(store::Kind::referral_reward, id);
  if (!document) {
    return;
  }
  Json body = body_of(*document);
  if (text_at(body, "orderId") != order_id) {
    return;
  }
  Json entry = wire::member(body, "walletEntry");
  body["status"] = "ACTIVE";
  body.erase("orderId");
  body.erase("walletEntry");
  const store::Document next = next_revision(call, *document, body);
  call.store.update(store::Kind::referral_reward, next);
  if (entry.is_object()) {
    entry["revision"] = next.revision;
    put_in_wallet(call, account_of(call, body), Pocket::referral_rewards, entry);
  }
}

}  // namespace loyalty::service
