#include "native/store/audit.h"

#include <cstddef>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "core/ledger/balance.h"
#include "native/store/chain.h"

namespace loyalty::store {
namespace {

using ledger::EntryKind;
using ledger::LedgerAccount;

constexpr std::size_t slice = 500;
constexpr Kind last_kind = Kind::upload;

/// Takes findings, and keeps the first of them.
class Findings {
 public:
  explicit Findings(Audit& audit) : audit_{audit} {}

  void require(bool holds, Invariant invariant, const std::string& account,
               std::int64_t sequence = 0) {
    if (holds) {
      return;
    }
    ++audit_.found;
    if (audit_.findings.size() < findings_max) {
      audit_.findings.push_back({invariant, account, sequence});
    }
  }

 private:
  Audit& audit_;
};

bool ends_hold(EntryKind kind) {
  return kind == EntryKind::capture || kind == EntryKind::release || kind == EntryKind::expire_hold;
}

/// The open holds of an account, by its entries.
class OpenHolds {
 public:
  /// False where a hold begins or ends that cannot.
  bool follow(const ledger::Entry& entry) {
    const Points held = entry.postings.on(LedgerAccount::member_held);
    if (entry.kind == EntryKind::hold) {
      return held > no_points && open_.emplace(entry.key, held).second;
    }
    if (ends_hold(entry.kind)) {
      return end(entry.of, -held);
    }
    if (entry.kind == EntryKind::merge_in) {
      merged_ += held;  // under keys that the other account knows
      return held >= no_points;
    }
    if (entry.kind == EntryKind::merge_out) {
      const Points all = total();
      open_.clear();
      merged_ = no_points;
      return all == -held;
    }
    return held == no_points;
  }

  Points total() const {
    Points sum = merged_;
    for (const auto& [key, points] : open_) {
      sum += points;
    }
    return sum;
  }

 private:
  bool end(const std::string& key, Points points) {
    const auto known = open_.find(key);
    if (known != open_.end()) {
      const bool whole = known->second == points;
      open_.erase(known);
      return whole;
    }
    merged_ -= points;
    return points > no_points && merged_ >= no_points;
  }

  std::map<std::string, Points, std::less<>> open_;
  Points merged_;
};

/// Follows the entries of one account.
class AccountAudit {
 public:
  AccountAudit(Findings& findings, const std::string& account)
      : findings_{findings}, account_{account} {}

  void follow(const EntryRow& row) {
    const ledger::Entry& entry = row.entry;
    require(entry.postings.sum() == no_points, Invariant::sums_to_zero, entry);
    require(entry.sequence == sequence_ + 1 && (sequence_ == 0 || entry.at > at_),
            Invariant::gapless_sequence, entry);
    require(row.hash == hash(chain_, row), Invariant::chain_verifies, entry);
    // An earn may pay several debts of one grant, each with an entry of its own (U15).
    const bool pays_debt = entry.kind == EntryKind::reverse &&
                           keys_.contains({EntryKind::earn, entry.key, std::string{}});
    require(keys_.emplace(entry.kind, entry.key, entry.of).second || pays_debt,
            Invariant::one_effect_per_key, entry);
    require(holds_.follow(entry), Invariant::held_is_open_holds, entry);
    balance_.post(entry.postings);
    require(entry.available_after == balance_.available() && entry.held_after == balance_.held(),
            Invariant::balance_is_sum, entry);
    require(entry.held_after >= no_points && entry.debt_after >= no_points,
            Invariant::never_negative, entry);
    sequence_ = entry.sequence;
    at_ = entry.at;
    chain_ = row.hash;
  }

  void compare(const AccountRow& row) {
    const bool same_sums = row.available == balance_.available() && row.held == balance_.held() &&
                           row.earned == balance_.earned() && row.adjusted == balance_.adjusted() &&
                           row.redeemed == balance_.redeemed() && row.expired == balance_.expired();
    require(same_sums, Invariant::balance_is_sum);
    require(row.held >= no_points && (row.available >= no_points || row.below_zero_allowed),
            Invariant::never_negative);
    require(holds_.total() == balance_.held(), Invariant::held_is_open_holds);
    require(row.sequence == sequence_, Invariant::gapless_sequence);
    require(row.chain == chain_, Invariant::chain_verifies);
  }

  std::int64_t sequence() const { return sequence_; }
  const ledger::Balance& balance() const { return balance_; }

 private:
  void require(bool holds, Invariant invariant, const ledger::Entry& entry) {
    findings_.require(holds, invariant, account_, entry.sequence);
  }
  void require(bool holds, Invariant invariant) { findings_.require(holds, invariant, account_); }

  Findings& findings_;
  const std::string& account_;
  ledger::Balance balance_;
  OpenHolds holds_;
  std::set<std::tuple<EntryKind, std::string, std::string>> keys_;
  std::int64_t sequence_ = 0;
  Instant at_;
  Hash chain_ = {};
};

class ProgramAudit {
 public:
  explicit ProgramAudit(Session& session) : session_{session} {}

  Audit run() {
    for (std::string last;;) {
      const std::vector<AccountRow> rows = session_.accounts_after(last, slice);
      for (const AccountRow& row : rows) {
        audit_account(row);
      }
      if (rows.size() < slice) {
        break;
      }
      last = rows.back().id;
    }
    audit_totals();
    audit_events();
    for (int kind = 1; kind <= static_cast<int>(last_kind); ++kind) {
      audit_documents(static_cast<Kind>(kind));
    }
    return std::move(audit_);
  }

 private:
  void audit_account(const AccountRow& row) {
    ++audit_.accounts;
    AccountAudit account{findings_, row.id};
    try {
      for (;;) {
        const std::vector<EntryRow> entries = session_.entries(row.id, account.sequence(), slice);
        for (const EntryRow& entry : entries) {
          account.follow(entry);
        }
        audit_.entries += static_cast<std::int64_t>(entries.size());
        if (entries.size() < slice) {
          break;
        }
      }
    } catch (const Corrupt&) {
      findings_.require(false, Invariant::row_is_readable, row.id, account.sequence() + 1);
      return;
    }
    account.compare(row);
    try {
      static_cast<void>(session_.items(row.id));
    } catch (const Corrupt&) {
      findings_.require(false, Invariant::row_is_readable, row.id);
    }
    sums_ += account.balance().sums();
  }

  void audit_totals() {
    const ProgramTotals totals = session_.totals();
    ledger::Balance program;
    program.post(sums_);
    audit_.available = program.available();
    audit_.held = program.held();
    findings_.require(sums_.sum() == no_points, Invariant::sums_to_zero, {});
    findings_.require(
        totals.balance == program.available() && totals.held == program.held() &&
            totals.earned == program.earned() && totals.adjusted == program.adjusted() &&
            totals.redeemed == program.redeemed() && totals.expired == program.expired(),
        Invariant::balance_is_sum, {});
    findings_.require(session_.count_entries() == audit_.entries, Invariant::entry_has_account, {});
  }

  void audit_events() {
    std::int64_t last = 0;
    for (;;) {
      const std::vector<EventRow> events = session_.events(last, slice);
      for (const EventRow& event : events) {
        findings_.require(last == 0 || event.sequence == last + 1, Invariant::events_are_gapless,
                          {}, event.sequence);
        last = event.sequence;
      }
      audit_.events += static_cast<std::int64_t>(events.size());
      if (events.size() < slice) {
        return;
      }
    }
  }

  /// Reading them is what checks them.
  void audit_documents(Kind kind) {
    Query query{.limit = slice};
    try {
      for (;;) {
        const Page<Document> page = session_.page(kind, query);
        audit_.documents += static_cast<std::int64_t>(page.rows.size());
        if (!page.more) {
          return;
        }
        query.after = page.places.back();
      }
    } catch (const Corrupt&) {
      findings_.require(false, Invariant::row_is_readable, {});
    }
  }

  Session& session_;
  Audit audit_;
  Findings findings_{audit_};
  ledger::Postings sums_;
};

}  // namespace

std::string_view name_of(Invariant invariant) {
  constexpr std::string_view names[] = {
      "SUMS_TO_ZERO",       "BALANCE_IS_SUM",     "NEVER_NEGATIVE", "HELD_IS_OPEN_HOLDS",
      "ONE_EFFECT_PER_KEY", "GAPLESS_SEQUENCE",   "CHAIN_VERIFIES", "ROW_IS_READABLE",
      "ENTRY_HAS_ACCOUNT",  "EVENTS_ARE_GAPLESS",
  };
  return names[static_cast<std::size_t>(invariant)];
}

Audit audit(Session& session) { return ProgramAudit{session}.run(); }

}  // namespace loyalty::store
