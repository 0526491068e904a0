#include "core/ledger/working.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/base/check.h"
#include "core/ledger/expiry.h"

namespace loyalty::ledger {
namespace {

using enum LedgerAccount;

/// What the entry counts toward tiers; zero for most (U41).
Points tier_points_of(const Entry& entry) {
  switch (entry.kind) {
    case EntryKind::earn:
      return entry.amount;
    case EntryKind::adjust:
      return entry.excluded_from_tiers ? no_points : entry.amount;
    case EntryKind::reverse:
      return -entry.amount;
    default:
      return no_points;
  }
}

Hold* first_hold_to_expire(Account& account) {
  Hold* first = nullptr;
  for (Hold& hold : account.holds) {
    if (hold.state == HoldState::held &&
        (first == nullptr || hold.expires_at < first->expires_at)) {
      first = &hold;
    }
  }
  return first;
}

}  // namespace

std::vector<LotPart> parts_of(const Lots& slices) {
  std::vector<LotPart> parts;
  parts.reserve(slices.size());
  for (const Lot& slice : slices) {
    parts.push_back({slice.key, slice.points});
  }
  return parts;
}

Working::Working(const Book& book, const Request& request)
    : book_{book},
      request_{request},
      change_{.accounts = {},
              .program = {},
              .answer = {.command = request.command, .origin = request.origin, .outcome = {}}} {}

Program& Working::change_program() {
  if (!change_.program) {
    change_.program = book_.program();
  }
  return *change_.program;
}

Account* Working::enter(std::string_view id) {
  const Account* stored = book_.find(id);
  if (stored == nullptr) {
    return nullptr;
  }
  const auto [at, is_new] = change_.accounts.emplace(stored->id, *stored);
  Account& account = at->second;
  if (is_new) {
    settle(account);
    put_in_spending_order(program(), account, time(account));
  }
  return &account;
}

Account& Working::enter_remaining(std::string_view id) {
  Account* account = enter(book_.remaining(id).id);
  LOYALTY_CHECK(account != nullptr);
  return *account;
}

void Working::enter_all() {
  for (const auto& [id, account] : book_.accounts()) {
    enter(id);
  }
  auto& entries = change_.answer.outcome.entries;
  std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return a.at != b.at ? a.at < b.at : a.account < b.account;
  });
}

Account& Working::create(const std::string& id) {
  Account& account = change_.accounts[id];
  account.id = id;
  account.last_at = request_.now;
  account.inactive_since = {local_day(settings().zone, request_.now), request_.now};
  return account;
}

Instant Working::time(const Account& account) const {
  const Duration step = Duration::milliseconds(account.sequence == 0 ? 0 : 1);
  return std::max(request_.now, account.last_at + step);
}

const Entry& Working::post(Account& account, Entry entry) {
  return post_at(account, std::move(entry), time(account));
}

const Entry& Working::post_at(Account& account, Entry entry, Instant at) {
  entry.account = account.id;
  entry.sequence = ++account.sequence;
  entry.at = at;
  if (entry.key.empty()) {
    entry.key = request_.key;
    entry.origin = request_.origin;
  }
  account.last_at = at;
  account.balance.post(entry.postings);
  ++account.revision;
  entry.available_after = account.balance.available();
  entry.held_after = account.balance.held();
  entry.debt_after = account.debt();
  LOYALTY_CHECK(entry.held_after >= no_points && entry.postings.sum() == no_points);
  if (const Points points = tier_points_of(entry); points != no_points) {
    account.tier_events.push_back({at, points});
  }
  auto& entries = change_.answer.outcome.entries;
  entries.push_back(std::move(entry));
  return entries.back();
}

void Working::restore(Account& account, Lots slices) {
  const Points worth = max(account.balance.available(), no_points);
  const Points lacking = total(account.lots) + total(slices) - worth;
  take_front(slices, lacking);
  give_back(account.lots, slices);
  put_in_spending_order(program(), account, time(account));
}

void Working::note_activity(Account& account) {
  account.last_activity = account.last_at;
  account.inactive_since = {local_day(settings().zone, account.last_at), account.last_at};
}

void Working::settle(Account& account) {
  while (true) {
    const Instant now = time(account);
    Hold* hold = first_hold_to_expire(account);
    const bool hold_due = hold != nullptr && hold->expires_at <= now;
    const std::optional<NextExpiry> points = next_expiry(program(), account, now);
    const bool points_due = points && points->at <= now;
    // At the same instant the hold goes first: what it gives back expires with the rest.
    if (hold_due && (!points_due || hold->expires_at <= points->at)) {
      expire_hold(account, *hold);
    } else if (points_due) {
      expire_points(account, points->at);
    } else {
      return;
    }
  }
}

void Working::expire_hold(Account& account, Hold& hold) {
  hold.state = HoldState::expired;
  Entry entry{.kind = EntryKind::expire_hold, .key = "expire:" + hold.key, .of = hold.key};
  entry.amount = hold.points;
  entry.postings.move(hold.points, member_held, member_available);
  entry.lots = parts_of(hold.lots);
  const Instant earliest = account.last_at + Duration::milliseconds(1);
  post_at(account, std::move(entry), std::max(hold.expires_at, earliest));
  restore(account, std::exchange(hold.lots, {}));
}

void Working::expire_points(Account& account, Instant due) {
  Lots gone;
  if (settings().expiry.model == ExpiryModel::lots) {
    const Instant now = time(account);
    put_in_spending_order(program(), account, now);
    Points points;
    for (const Lot& lot : account.lots) {
      points += lot_expiry(program(), lot, now) == due ? lot.points : no_points;
    }
    gone = take(account, points);
  } else {
    const std::optional<NextExpiry> next = next_expiry(program(), account, time(account));
    gone = take(account, next->points);
    account.inactive_since = {local_day(settings().zone, due), due};
  }
  if (gone.empty()) {
    return;
  }
  Entry entry{.kind = EntryKind::expire_points};
  // By sequence and not by date: a hold that is released late brings the same date back.
  entry.key = "expire-points:" + account.id + ":" + std::to_string(account.sequence + 1);
  entry.amount = total(gone);
  entry.postings.move(entry.amount, member_available, program_expired);
  entry.lots = parts_of(gone);
  const Duration step = Duration::milliseconds(account.sequence == 0 ? 0 : 1);
  post_at(account, std::move(entry), std::max(due, account.last_at + step));
}

Change Working::finish(std::string account) {
  change_.answer.outcome.account = std::move(account);
  return std::move(change_);
}

}  // namespace loyalty::ledger
