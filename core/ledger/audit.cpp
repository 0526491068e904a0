#include "core/ledger/audit.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <map>
#include <set>
#include <utility>
#include <variant>

#include "core/base/limits.h"

namespace loyalty::ledger {
namespace {

/// What the entries of one account say about it.
struct Derived {
  Postings sums;
  std::int64_t sequence = 0;
  Instant last_at;
  Points debt;
  bool gapless = true;
  bool zero_each = true;
};

/// A reversal that an earn brought about pays for one that came short.
Points paid_debt(const Book& book, const Entry& entry) {
  const Answer* answer = book.answer(entry.key);
  const bool by_earn = answer != nullptr && std::holds_alternative<Earn>(answer->command);
  return by_earn ? entry.amount : no_points;
}

std::map<std::string, Derived, std::less<>> derive(const Book& book) {
  std::map<std::string, Derived, std::less<>> derived;
  const bool clamp = book.program().settings.reversal == ReversalPolicy::clamp;
  for (const Entry& entry : book.log()) {
    Derived& account = derived[entry.account];
    account.zero_each = account.zero_each && entry.postings.sum() == no_points;
    account.gapless = account.gapless && entry.sequence == account.sequence + 1 &&
                      (entry.sequence == 1 || entry.at > account.last_at);
    account.sums += entry.postings;
    account.sequence = entry.sequence;
    account.last_at = entry.at;
    if (clamp && entry.kind == EntryKind::reverse) {
      account.debt += entry.shortfall - paid_debt(book, entry);
    }
  }
  return derived;
}

bool is_identity(const Balance& balance) {
  return balance.available() ==
         balance.earned() + balance.adjusted() - balance.redeemed() - balance.expired();
}

bool holds_are_sound(const Account& account) {
  Points held;
  for (const Hold& hold : account.holds) {
    const bool open = hold.state == HoldState::held;
    const bool captured = hold.state == HoldState::captured;
    const Points inside = open ? hold.points : captured ? hold.captured - hold.refunded : no_points;
    if (total(hold.lots) != inside || hold.captured > hold.points ||
        hold.refunded > hold.captured || (!captured && hold.captured != no_points)) {
      return false;
    }
    held += open ? hold.points : no_points;
  }
  return held == account.balance.held();
}

bool reversals_are_sound(const Account& account) {
  return std::all_of(account.grants.begin(), account.grants.end(),
                     [](const Grant& grant) {
                       return grant.reversed >= no_points && grant.reversed <= grant.points;
                     }) &&
         std::all_of(account.debts.begin(), account.debts.end(),
                     [](const Debt& debt) { return debt.points > no_points; });
}

bool is_in_range(const Account& account, ReversalPolicy policy) {
  const Points available = account.balance.available();
  const Points held = account.balance.held();
  const bool low = available < no_points && policy != ReversalPolicy::allow_negative;
  return !low && held >= no_points && (available + held).count() <= limits::points_max;
}

/// A sweep's key makes one entry; every other entry's key is that of a command that took effect.
bool keys_are_unique(const Book& book) {
  std::set<std::pair<std::string_view, std::string_view>> swept;
  return std::all_of(book.log().begin(), book.log().end(), [&](const Entry& entry) {
    const bool sweep =
        entry.kind == EntryKind::expire_hold || entry.kind == EntryKind::expire_points;
    return sweep ? swept.insert({entry.account, entry.key}).second
                 : book.answer(entry.key) != nullptr;
  });
}

}  // namespace

std::string_view name_of(Invariant invariant) {
  constexpr std::string_view names[] = {
      "SUMS_TO_ZERO",       "BALANCE_IS_SUM",   "NEVER_NEGATIVE",     "HELD_IS_OPEN_HOLDS",
      "ONE_EFFECT_PER_KEY", "GAPLESS_SEQUENCE", "LOTS_ARE_AVAILABLE", "REVERSALS_IN_RANGE",
  };
  return names[static_cast<std::size_t>(invariant)];
}

std::vector<Finding> audit(const Book& book) {
  std::vector<Finding> findings;
  const auto require = [&](bool holds, Invariant invariant, const std::string& account) {
    if (!holds) {
      findings.push_back({invariant, account});
    }
  };
  const ReversalPolicy policy = book.program().settings.reversal;
  auto derived = derive(book);
  Postings program;
  Points debts;
  Points owed;
  for (const auto& [id, account] : book.accounts()) {
    const Derived& by_entries = derived[id];
    program += by_entries.sums;
    require(by_entries.zero_each && account.balance.sums().sum() == no_points,
            Invariant::sums_to_zero, id);
    require(by_entries.sums == account.balance.sums() && is_identity(account.balance),
            Invariant::balance_is_sum, id);
    require(is_in_range(account, policy), Invariant::never_negative, id);
    require(holds_are_sound(account), Invariant::held_is_open_holds, id);
    require(by_entries.gapless && by_entries.sequence == account.sequence,
            Invariant::gapless_sequence, id);
    require(total(account.lots) == max(account.balance.available(), no_points),
            Invariant::lots_are_available, id);
    require(reversals_are_sound(account), Invariant::reversals_in_range, id);
    debts += account.debt();
    owed += by_entries.debt;
  }
  require(program.sum() == no_points, Invariant::sums_to_zero, {});
  require(debts == owed, Invariant::reversals_in_range, {});
  require(keys_are_unique(book), Invariant::one_effect_per_key, {});
  return findings;
}

}  // namespace loyalty::ledger
