#include "native/service/accounts/posting.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/json/writer.h"
#include "native/service/accounts/shown.h"
#include "native/service/accounts/standing.h"
#include "native/service/events.h"
#include "native/store/chain.h"

namespace loyalty::service {
namespace {

using ledger::Entry;
using ledger::EntryKind;

/// Ended holds and grants are kept beside the account.
void put_items(store::Session& session, ledger::Account& account) {
  for (const ledger::Hold& hold : account.holds) {
    if (hold.state != ledger::HoldState::held) {
      session.put(row_of(account.id, hold));
    }
  }
  std::erase_if(account.holds,
                [](const ledger::Hold& hold) { return hold.state != ledger::HoldState::held; });
  for (const ledger::Grant& grant : account.grants) {
    if (grant.reversed > no_points) {
      session.put(row_of(account.id, grant));
    }
  }
  account.grants.clear();
}

/// Whether the API shows the difference.
bool differs_visibly(const store::AccountRow& a, const store::AccountRow& b) {
  return a.sequence != b.sequence || a.tier_id != b.tier_id || a.tier_points != b.tier_points ||
         a.reward_available != b.reward_available || a.expires_at != b.expires_at ||
         a.expiring != b.expiring;
}

std::string_view info_name(std::string_view transaction_type) {
  return transaction_type == "EARN"     ? "earnInfo"
         : transaction_type == "REDEEM" ? "redeemInfo"
         : transaction_type == "REFUND" ? "refundInfo"
         : transaction_type == "EXPIRE" ? "expireInfo"
                                        : "adjustInfo";
}

/// What the ledger itself knows about the movement is completed, what the caller said stays.
void complete_info(const Entry& entry, std::string_view type, std::string_view app_id,
                   const std::string& origin, Json& info) {
  Json& block = info[std::string{info_name(type)}];
  if (block.is_null()) {
    block = Json::object();
  }
  if (type != "REDEEM" && type != "EXPIRE" && !block.contains("appId")) {
    block["appId"] = app_id;
  }
  if (type == "ADJUST" || type == "EXPIRE") {
    block["amountBefore"] = (entry.available_after - balance_delta(entry)).count();
    block["amountAfter"] = entry.available_after.count();
  }
  if (type == "REFUND" && !entry.of.empty()) {
    block["refundedTransactionId"] = entry.of;
  }
  if (entry.kind == EntryKind::reverse) {
    info["originatedFrom"] = "EARN_REVERT";
    info["revertedTransactionId"] = entry.of;
    if (entry.shortfall > no_points) {
      info["shortfall"] = entry.shortfall.count();
    }
  } else if (!origin.empty() && !info.contains("originatedFrom")) {
    info["originatedFrom"] = origin;
  }
}

std::string app_of(const Json& info, std::string_view type) {
  return wire::text_at(wire::member(info, info_name(type)), "appId");
}

std::string reward_body(bool available, std::string_view trigger) {
  Writer to;
  to.begin_object();
  to.key("rewardAvailable");
  to.value(available);
  to.key("updateTrigger");
  to.value(trigger);
  to.end_object();
  return std::string{to.text()};
}

std::string tier_body(const std::string& from, const std::string& to_tier) {
  Writer to;
  to.begin_object();
  if (!from.empty()) {
    to.key("from");
    to.value(std::string_view{from});
  }
  if (!to_tier.empty()) {
    to.key("to");
    to.value(std::string_view{to_tier});
  }
  to.end_object();
  return std::string{to.text()};
}

}  // namespace

/// One account on its way from what was loaded to what is stored.
struct Posting::Changed {
  store::AccountRow before;
  store::AccountRow row;
  StoredAccount stored;
  bool moved = false;  ///< there is a transaction that the API shows
  bool is_new = false;
};

Posting::Posting(Call& call, const ProgramState& program, const Loading& loading)
    : call_{call}, program_{program}, loading_{loading} {}

Posting& Posting::named(std::string key, const Movement& movement) {
  key_ = std::move(key);
  movement_ = &movement;
  return *this;
}

Posting& Posting::because_of(std::string_view trigger) {
  trigger_ = trigger;
  return *this;
}

Posting& Posting::with_reminders() {
  reminders_ = true;
  return *this;
}

Moved Posting::write(ledger::Change change) {
  Moved moved;
  moved.entries = std::move(change.answer.outcome.entries);
  own_account_ = std::move(change.answer.outcome.account);
  for (auto& [id, account] : change.accounts) {
    store::AccountRow row = write_account_of(std::move(account), moved.entries);
    if (id == own_account_) {
      moved.account = std::move(row);
    }
  }
  moved.transaction_id = own_is_written_ ? key_ : std::string{};
  return moved;
}

store::AccountRow Posting::write_account_of(ledger::Account account,
                                            const std::vector<Entry>& entries) {
  Changed changed;
  const Card* card = loading_.card(account.id);
  LOYALTY_CHECK(card != nullptr);
  changed.before = card->row;
  changed.row = card->row;
  changed.stored = {std::move(account), card->reminded};
  put_items(call_.store, changed.stored.account);
  for (const Entry& entry : entries) {
    if (entry.account == changed.row.id) {
      append(entry, changed);
    }
  }
  write_account(changed.stored, program_.ledger.settings.zone, call_.now, changed.row);
  // A balance that was let below zero may stay there when the policy changes (U15).
  changed.row.below_zero_allowed =
      changed.row.available < no_points ||
      program_.ledger.settings.reversal == ledger::ReversalPolicy::allow_negative;
  if (changed.row.merged_into.empty()) {
    set_standing(call_, program_, changed.stored.account, changed.row);
    remind(changed);
    changed.row.due =
        due(program_, changed.stored.account, changed.stored.reminded, changed.row, call_.now);
  } else {
    changed.row.member_id.clear();  // the account that remains may have it
    changed.row.due.reset();
    changed.row.expires_at.reset();
    changed.row.expiring = no_points;
    changed.row.reward_available = false;
  }
  store_account(changed);
  return std::move(changed.row);
}

void Posting::append(const Entry& entry, Changed& changed) {
  std::string app_id;
  store::EntryRow row = row_of_entry(entry, app_id);
  row.hash = store::hash(changed.row.chain, row);
  changed.row.chain = row.hash;
  call_.store.append(row);
  if (row.transaction_type.empty()) {
    return;
  }
  changed.moved = true;
  changed.row.last_activity = entry.at;
  changed.row.latest = latest_text(row, app_id);
  emit_text(call_, transaction_fqdn, "created", EventKind::created, row.id, transaction_text(row));
}

store::EntryRow Posting::row_of_entry(const Entry& entry, std::string& app_id) {
  const bool own = !own_is_written_ && movement_ != nullptr && entry.key == key_ &&
                   entry.account == own_account_;
  store::EntryRow row;
  row.entry = entry;
  row.id = own ? key_ : call_.ids.next(call_.now);
  row.transaction_type = transaction_type(entry);
  Json info = Json::object();
  if (own) {
    own_is_written_ = true;
    row.description = movement_->description;
    row.idempotency_key = movement_->idempotency_key;
    if (movement_->info.is_object()) {
      info = movement_->info;
    }
  }
  app_id = call_.caller.app_id.empty() ? std::string{loyalty_app_id} : call_.caller.app_id;
  if (!row.transaction_type.empty()) {
    complete_info(entry, row.transaction_type, app_id, entry.origin, info);
    app_id = app_of(info, row.transaction_type);
  }
  row.info = wire::text_of(info);
  return row;
}

void Posting::remind(Changed& changed) {
  const std::optional<Instant> expiry =
      reminders_ ? reminder_now(program_, changed.row, changed.stored.reminded, call_.now)
                 : std::nullopt;
  if (!expiry) {
    return;
  }
  changed.stored.reminded = expiry;
  write_account(changed.stored, program_.ledger.settings.zone, call_.now, changed.row);
  Writer to;
  to.begin_object();
  to.key("account");
  to.json(account_text(changed.row));
  to.key("expirationDate");
  to.value(std::string_view{wire::time_text(*expiry)});
  to.key("expiringPointsAmount");
  to.value(changed.row.expiring);
  to.end_object();
  emit_text(call_, account_fqdn, "points_about_to_expire", EventKind::action, changed.row.id,
            to.text());
}

void Posting::store_account(Changed& changed) {
  const store::AccountRow& before = changed.before;
  store::AccountRow& row = changed.row;
  if (!differs_visibly(before, row)) {
    if (row.state != before.state || row.due != before.due) {
      call_.store.update(row, before.revision);
    }
    return;
  }
  if (row.revision == before.revision) {
    ++row.revision;
  }
  row.updated = call_.now;
  call_.store.update(row, before.revision);
  if (row.merged_into.empty()) {
    tell(changed);
  }
}

void Posting::tell(const Changed& changed) {
  const store::AccountRow& row = changed.row;
  const std::string account = account_text(row);
  emit_text(call_, account_fqdn, "updated", EventKind::updated, row.id, account);
  if (changed.moved) {
    emit_text(call_, account_fqdn, "points_updated", EventKind::action, row.id,
              R"({"account":)" + account + "}");
  }
  if (row.reward_available != changed.before.reward_available) {
    emit_text(call_, account_fqdn, "reward_availability_updated", EventKind::action, row.id,
              reward_body(row.reward_available, trigger_));
  }
  if (row.tier_id != changed.before.tier_id) {
    emit_text(call_, account_fqdn, "tier_changed", EventKind::action, row.id,
              tier_body(changed.before.tier_id, row.tier_id));
  }
}

}  // namespace loyalty::service
