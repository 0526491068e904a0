#include "native/ledger/answer.h"

#include <algorithm>

#include "core/json/encode_parts.h"
#include "core/ledger/audit.h"
#include "core/ledger/expiry.h"
#include "core/rules/tier_assignment.h"
#include "native/ledger/names.h"

namespace loyalty::ledger {
namespace {

/// Left out when there is none.
template <std::size_t Size>
void text_member(Writer& to, const char (&name)[Size], std::string_view text) {
  if (!text.empty()) {
    member(to, name, text);
  }
}

void encode_parts(Writer& to, const std::vector<LotPart>& parts) {
  to.key("lots");
  to.begin_array();
  for (const LotPart& part : parts) {
    to.begin_object();
    member(to, "lot", std::string_view{part.lot});
    member(to, "points", part.points);
    to.end_object();
  }
  to.end_array();
}

void encode_postings(Writer& to, const Postings& postings) {
  to.key("postings");
  to.begin_object();
  for (std::size_t i = 0; i < ledger_accounts; ++i) {
    const auto account = static_cast<LedgerAccount>(i);
    if (postings.on(account) != no_points) {
      to.key(name_of(account));
      to.value(postings.on(account));
    }
  }
  to.end_object();
}

void encode_entry(Writer& to, const Entry& entry) {
  to.begin_object();
  member(to, "account", std::string_view{entry.account});
  member(to, "amount", entry.amount);
  member(to, "at", entry.at);
  member(to, "availableAfter", entry.available_after);
  member(to, "balanceDelta", entry.postings.on(LedgerAccount::member_available));
  if (entry.clamped) {
    member(to, "clamped", true);
  }
  if (entry.debt_after != no_points) {
    member(to, "debtAfter", entry.debt_after);
  }
  member(to, "expiresAt", entry.expires_at);
  member(to, "heldAfter", entry.held_after);
  member(to, "key", std::string_view{entry.key});
  member(to, "kind", name_of(entry.kind));
  encode_parts(to, entry.lots);
  text_member(to, "of", entry.of);
  text_member(to, "origin", entry.origin);
  encode_postings(to, entry.postings);
  member(to, "sequence", entry.sequence);
  if (entry.shortfall != no_points) {
    member(to, "shortfall", entry.shortfall);
  }
  to.end_object();
}

void encode_balance(Writer& to, const Balance& balance) {
  member(to, "available", balance.available());
  member(to, "held", balance.held());
  member(to, "earned", balance.earned());
  member(to, "adjusted", balance.adjusted());
  member(to, "redeemed", balance.redeemed());
  member(to, "expired", balance.expired());
}

void encode_hold(Writer& to, const Hold& hold) {
  to.begin_object();
  member(to, "captured", hold.captured);
  if (hold.state == HoldState::held) {
    member(to, "expiresAt", hold.expires_at);
  }
  member(to, "key", std::string_view{hold.key});
  member(to, "points", hold.points);
  member(to, "refunded", hold.refunded);
  member(to, "state", name_of(hold.state));
  to.end_object();
}

std::string id_of(const Tier* tier) {
  return tier == nullptr ? std::string{} : std::string(tier->id.text());
}

/// `now`, or the account's last tier event where ledger time is ahead of the clock (Z15): what was
/// just granted counts at once.
Instant tier_time(const Account& account, Instant now) {
  return account.tier_events.empty() ? now : std::max(now, account.tier_events.back().at);
}

}  // namespace

std::vector<TierChange> tier_changes(const Book& book, const Setup& setup, Instant from,
                                     Instant to) {
  std::vector<TierChange> changes;
  const std::vector<Tier> tiers = tiers_of(setup);
  const ZoneTable& zone = book.program().settings.zone;
  for (const auto& [id, account] : book.accounts()) {
    Instant now = tier_time(account, from);
    while (true) {
      const TierForecast forecast = tier_forecast(tiers, setup.tiers_active, account.tier_events,
                                                  zone, setup.window_months, now);
      if (!forecast.changes_at || *forecast.changes_at > to) {
        break;
      }
      now = *forecast.changes_at;
      changes.push_back({id, now, id_of(forecast.tier), id_of(forecast.next_tier)});
    }
  }
  std::stable_sort(changes.begin(), changes.end(),
                   [](const TierChange& a, const TierChange& b) { return a.at < b.at; });
  return changes;
}

std::string_view Answers::opened(Instant now) {
  to_.clear();
  to_.begin_object();
  member(to_, "ok", true);
  to_.key("value");
  to_.begin_object();
  member(to_, "now", now);
  member(to_, "status", names::of(spelled::status, setup_.settings.status));
  to_.end_object();
  to_.end_object();
  return to_.text();
}

std::string_view Answers::done(const Book& book, const Operation& operation, const Outcome& outcome,
                               const std::vector<TierChange>& changes, Instant now, bool past) {
  to_.clear();
  to_.begin_object();
  member(to_, "ok", true);
  to_.key("value");
  to_.begin_object();
  if (!outcome.account.empty()) {
    to_.key("account");
    account(book.program(), book.remaining(outcome.account), now, false);
  }
  to_.key("entries");
  to_.begin_array();
  for (const Entry& entry : outcome.entries) {
    encode_entry(to_, entry);
  }
  to_.end_array();
  member(to_, "key", std::string_view{operation.key});
  member(to_, "now", now);
  member(to_, "op", std::string_view{operation.name});
  if (past) {
    member(to_, "past", true);
  }
  if (outcome.replayed) {
    member(to_, "replayed", true);
  }
  if (!changes.empty()) {
    to_.key("tierChanges");
    to_.begin_array();
    for (const TierChange& change : changes) {
      to_.begin_object();
      member(to_, "account", std::string_view{change.account});
      member(to_, "at", change.at);
      text_member(to_, "from", change.from);
      text_member(to_, "to", change.to);
      to_.end_object();
    }
    to_.end_array();
  }
  to_.end_object();
  to_.end_object();
  return to_.text();
}

std::string_view Answers::refused(const Operation& operation, const Refusal& refusal) {
  to_.clear();
  to_.begin_object();
  member(to_, "key", std::string_view{operation.key});
  member(to_, "ok", false);
  member(to_, "op", std::string_view{operation.name});
  to_.key("refused");
  to_.begin_object();
  member(to_, "code", name_of(refusal.code));
  text_member(to_, "field", refusal.field);
  member(to_, "message", sentence_of(refusal.code));
  to_.end_object();
  to_.end_object();
  return to_.text();
}

void Answers::account(const Program& program, const Account& account, Instant now, bool whole) {
  const std::vector<Tier> tiers = tiers_of(setup_);
  const TierForecast tier =
      tier_forecast(tiers, setup_.tiers_active, account.tier_events, program.settings.zone,
                    setup_.window_months, tier_time(account, now));
  to_.begin_object();
  member(to_, "id", std::string_view{account.id});
  member(to_, "revision", account.revision);
  encode_balance(to_, account.balance);
  if (account.debt() != no_points) {
    member(to_, "debt", account.debt());
  }
  text_member(to_, "mergedInto", account.merged_into);
  member(to_, "lastActivityAt", account.last_activity);
  const std::optional<NextExpiry> expiry = next_expiry(program, account, now);
  if (expiry && expiry->points > no_points) {
    to_.key("nextExpiry");
    to_.begin_object();
    member(to_, "at", expiry->at);
    member(to_, "points", expiry->points);
    to_.end_object();
  }
  member(to_, "tierPoints", tier.points);
  text_member(to_, "tierId", id_of(tier.tier));
  if (tier.changes_at) {
    to_.key("nextTier");
    to_.begin_object();
    member(to_, "at", *tier.changes_at);
    text_member(to_, "tierId", id_of(tier.next_tier));
    to_.end_object();
  }
  if (whole) {
    lots_and_holds(program, account, now);
  }
  to_.end_object();
}

void Answers::lots_and_holds(const Program& program, const Account& account, Instant now) {
  to_.key("lots");
  to_.begin_array();
  for (const Lot& lot : account.lots) {
    to_.begin_object();
    if (program.settings.expiry.model == ExpiryModel::lots) {
      member(to_, "expiresAt", lot_expiry(program, lot, now));
    }
    member(to_, "grantedAt", lot.granted_at);
    member(to_, "lot", std::string_view{lot.key});
    member(to_, "points", lot.points);
    to_.end_object();
  }
  to_.end_array();
  to_.key("holds");
  to_.begin_array();
  for (const Hold& hold : account.holds) {
    encode_hold(to_, hold);
  }
  to_.end_array();
}

std::string_view Answers::final_state(const Book& book, Instant now) {
  Balance totals;
  Points debt;
  to_.clear();
  to_.begin_object();
  member(to_, "ok", true);
  to_.key("value");
  to_.begin_object();
  to_.key("final");
  to_.begin_object();
  to_.key("accounts");
  to_.begin_array();
  for (const auto& [id, account] : book.accounts()) {
    this->account(book.program(), account, now, true);
    totals.post(account.balance.sums());
    debt += account.debt();
  }
  to_.end_array();
  to_.key("findings");
  to_.begin_array();
  for (const Finding& finding : audit(book)) {
    to_.begin_object();
    text_member(to_, "account", finding.account);
    member(to_, "invariant", name_of(finding.invariant));
    to_.end_object();
  }
  to_.end_array();
  member(to_, "entries", static_cast<std::int64_t>(book.log().size()));
  member(to_, "now", now);
  member(to_, "status", names::of(spelled::status, book.program().settings.status));
  to_.key("totals");
  to_.begin_object();
  encode_balance(to_, totals);
  member(to_, "debt", debt);
  encode_postings(to_, totals.sums());
  to_.end_object();
  to_.end_object();
  to_.end_object();
  to_.end_object();
  return to_.text();
}

std::string_view write_error(const Error& error, Writer& to) {
  to.clear();
  to.begin_object();
  to.key("error");
  to.begin_object();
  member(to, "code", name_of(error.code));
  member(to, "message", std::string_view{error.message});
  member(to, "path", std::string_view{error.path});
  to.end_object();
  member(to, "ok", false);
  to.end_object();
  return to.text();
}

}  // namespace loyalty::ledger
