#include "native/service/accounts/shown.h"

#include "core/json/writer.h"
#include "native/service/accounts/ledger_state.h"
#include "native/wire/json.h"

namespace loyalty::service {
namespace {

using ledger::Entry;
using ledger::EntryKind;

template <std::size_t size>
void text_member(Writer& to, const char (&name)[size], std::string_view text) {
  if (!text.empty()) {
    to.key(name);
    to.value(text);
  }
}

template <std::size_t size>
void time_member(Writer& to, const char (&name)[size], const std::optional<Instant>& at) {
  if (at) {
    to.key(name);
    to.value(std::string_view{wire::time_text(*at)});
  }
}

template <std::size_t size>
void points_member(Writer& to, const char (&name)[size], Points points) {
  to.key(name);
  to.value(points);
}

void write_contact(Writer& to, const store::AccountRow& row) {
  to.key("contact");
  to.begin_object();
  text_member(to, "id", row.contact_id);
  text_member(to, "name", row.contact_name);
  text_member(to, "picture", row.contact_picture);
  text_member(to, "email", row.contact_email);
  text_member(to, "displayName", row.contact_name.empty() ? row.contact_email : row.contact_name);
  to.end_object();
}

void write_points(Writer& to, const store::AccountRow& row) {
  to.key("points");
  to.begin_object();
  points_member(to, "balance", row.available);
  points_member(to, "earned", row.earned);
  points_member(to, "adjusted", row.adjusted);
  points_member(to, "redeemed", row.redeemed);
  points_member(to, "expired", row.expired);
  points_member(to, "held", row.held);
  to.end_object();
}

/// Members of `info`, which is an object, written after those that are there.
std::string with_members(std::string_view object, std::string_view info) {
  std::string text{object};
  if (info.size() > 2) {
    text.back() = ',';
    text += info.substr(1);
  }
  return text;
}

}  // namespace

Points balance_delta(const Entry& entry) {
  return entry.postings.on(ledger::LedgerAccount::member_available);
}

std::string_view transaction_type(const Entry& entry) {
  switch (entry.kind) {
    case EntryKind::earn:
      return "EARN";
    case EntryKind::hold:
    case EntryKind::redeem:
      return "REDEEM";
    case EntryKind::release:
    case EntryKind::expire_hold:
    case EntryKind::refund:
      return "REFUND";
    case EntryKind::capture:
      return balance_delta(entry) > no_points ? "REFUND" : "";
    case EntryKind::adjust:
    case EntryKind::reverse:
    case EntryKind::merge_out:
    case EntryKind::merge_in:
      return "ADJUST";
    case EntryKind::expire_points:
      return "EXPIRE";
    case EntryKind::extend:
      return "";
  }
  return "";
}

Points shown_amount(const Entry& entry) {
  const Points delta = balance_delta(entry);
  return transaction_type(entry) == "ADJUST" ? delta : max(delta, -delta);
}

std::string account_text(const store::AccountRow& row) {
  thread_local Writer to;
  to.clear();
  to.begin_object();
  text_member(to, "id", row.id);
  text_member(to, "contactId", row.contact_id);
  text_member(to, "memberId", row.member_id);
  write_points(to, row);
  to.key("rewardAvailable");
  to.value(row.reward_available);
  time_member(to, "createdDate", row.created);
  time_member(to, "updatedDate", row.updated);
  time_member(to, "lastActivityDate", row.last_activity);
  time_member(to, "lastQualifyingActivityDate", qualifying_activity(row));
  to.key("revision");
  to.value(std::string_view{std::to_string(row.revision)});
  to.key("tier");
  to.begin_object();
  text_member(to, "id", row.tier_id);
  time_member(to, "updatedDate", row.tier_updated);
  points_member(to, "points", row.tier_points);
  to.end_object();
  write_contact(to, row);
  if (row.expires_at) {
    to.key("pointsExpiration");
    to.begin_object();
    time_member(to, "expirationDate", row.expires_at);
    points_member(to, "expiringPointsAmount", row.expiring);
    to.end_object();
  }
  if (!row.latest.empty()) {
    to.key("latestTransaction");
    to.json(row.latest);
  }
  to.end_object();
  return std::string{to.text()};
}

std::string transaction_text(const store::EntryRow& row) {
  thread_local Writer to;
  const Entry& entry = row.entry;
  to.clear();
  to.begin_object();
  text_member(to, "id", row.id);
  text_member(to, "accountId", entry.account);
  time_member(to, "createdDate", entry.at);
  points_member(to, "amount", shown_amount(entry));
  to.key("transactionType");
  to.value(std::string_view{row.transaction_type});
  text_member(to, "description", row.description);
  text_member(to, "idempotencyKey", row.idempotency_key);
  points_member(to, "balanceDelta", balance_delta(entry));
  points_member(to, "balanceAfter", entry.available_after);
  to.end_object();
  return with_members(to.text(), row.info);
}

std::string latest_text(const store::EntryRow& row, std::string_view app_id) {
  thread_local Writer to;
  to.clear();
  to.begin_object();
  text_member(to, "id", row.id);
  points_member(to, "amount", shown_amount(row.entry));
  to.key("type");
  to.value(std::string_view{row.transaction_type});
  text_member(to, "description", row.description);
  time_member(to, "createdDate", row.entry.at);
  text_member(to, "appId", app_id);
  text_member(to, "idempotencyKey", row.idempotency_key);
  to.end_object();
  return std::string{to.text()};
}

}  // namespace loyalty::service
