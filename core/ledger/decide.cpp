#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "core/base/check.h"
#include "core/base/limits.h"
#include "core/ledger/book.h"
#include "core/ledger/expiry.h"
#include "core/ledger/working.h"

namespace loyalty::ledger {
namespace {

using enum LedgerAccount;
using Decision = Result<Change, Refusal>;

constexpr Points most = Points::of(limits::points_max);

Refusal refuse(RefusalCode code, std::string_view field = {}) { return {code, field}; }

/// Held points count: a release must not lift the balance over the limit later.
bool exceeds_limit(const Account& account, Points more) {
  return account.balance.available() + account.balance.held() + more > most;
}

Lots new_lot(const Working& work, const Entry& entry) {
  return {{.key = entry.key,
           .sequence = entry.sequence,
           .granted_at = entry.at,
           .granted_day = local_day(work.settings().zone, entry.at),
           .refunded = {},
           .points = entry.amount}};
}

/// Debts are paid from what was just earned, the oldest first; the earn itself stays whole.
void pay_debts(Working& work, Account& account, const std::string& earn, Points earned) {
  while (earned > no_points && !account.debts.empty()) {
    Debt& debt = account.debts.front();
    const std::string grant = debt.grant;
    const Points paid = min(debt.points, earned);
    Lots gone = take_of(account.lots, earn, paid);
    const Lots more = take_front(account.lots, min(paid - total(gone), total(account.lots)));
    gone.insert(gone.end(), more.begin(), more.end());
    debt.points -= paid;
    if (debt.points == no_points) {
      account.debts.erase(account.debts.begin());
    }
    earned -= paid;
    Entry entry{.kind = EntryKind::reverse, .of = grant, .amount = paid};
    entry.postings.move(paid, member_available, program_reversed);
    entry.lots = parts_of(gone);
    work.post(account, std::move(entry));
  }
}

Decision create(Working& work, const Book& book, const CreateAccount& command) {
  if (work.settings().status != Status::active) {
    return refuse(RefusalCode::program_not_active);
  }
  if (book.accounts().find(command.account) != book.accounts().end()) {
    return refuse(RefusalCode::account_already_exists);
  }
  work.create(command.account);
  return work.finish(command.account);
}

Decision earn(Working& work, const Book& book, const Earn& command) {
  if (work.settings().status != Status::active) {
    return refuse(RefusalCode::program_not_active);
  }
  Account* account = work.enter(command.account);
  if (account == nullptr) {
    const bool taken = book.accounts().find(command.account) != book.accounts().end();
    if (taken || !command.by_rule || !work.settings().create_accounts) {
      return refuse(RefusalCode::account_not_found);
    }
    account = &work.create(command.account);
  }
  if (exceeds_limit(*account, command.points)) {
    return refuse(RefusalCode::balance_limit_exceeded);
  }
  if (command.points > no_points) {
    Entry entry{.kind = EntryKind::earn, .amount = command.points, .clamped = command.clamped};
    entry.postings.move(command.points, program_issued, member_available);
    const Entry posted = work.post(*account, std::move(entry));
    work.restore(*account, new_lot(work, posted));
    account->grants.push_back({work.request().key, command.points, no_points});
    if (work.settings().activity.earn) {
      work.note_activity(*account);
    }
    pay_debts(work, *account, work.request().key, command.points);
  }
  return work.finish(account->id);
}

Decision adjust(Working& work, const Book& book, const Adjust& command) {
  Account* account = work.enter(command.account);
  if (account == nullptr) {
    return refuse(RefusalCode::account_not_found);
  }
  // What the caller read is the stored state, so that is what its revision is compared with.
  if (command.revision && *command.revision != book.find(command.account)->revision) {
    return refuse(RefusalCode::revision_mismatch);
  }
  const Points available = account->balance.available();
  const Points points = command.points ? *command.points : *command.balance - available;
  if (points == no_points) {
    return work.finish(account->id);
  }
  if (points < no_points && available + points < no_points) {
    return refuse(RefusalCode::negative_balance);
  }
  if (points > no_points && exceeds_limit(*account, points)) {
    return refuse(RefusalCode::balance_limit_exceeded);
  }
  Entry entry{.kind = EntryKind::adjust,
              .amount = points,
              .excluded_from_tiers = command.excluded_from_tiers};
  entry.postings.move(points, program_adjusted, member_available);
  if (points < no_points) {
    entry.lots = parts_of(work.take(*account, -points));
  }
  const Entry posted = work.post(*account, std::move(entry));
  if (points > no_points) {
    work.restore(*account, new_lot(work, posted));
  }
  if (work.settings().activity.adjust) {
    work.note_activity(*account);
  }
  return work.finish(account->id);
}

/// Takes points out of the balance for a hold, or for good.
Decision spend(Working& work, const std::string& id, Points points, EntryKind kind,
               std::optional<Duration> lifetime) {
  if (work.settings().status != Status::active) {
    return refuse(RefusalCode::program_not_active);
  }
  Account* account = work.enter(id);
  if (account == nullptr) {
    return refuse(RefusalCode::account_not_found);
  }
  if (account->balance.available() < points) {
    return refuse(RefusalCode::insufficient_points);
  }
  const bool held = kind == EntryKind::hold;
  Hold hold{.key = work.request().key};
  hold.state = held ? HoldState::held : HoldState::captured;
  hold.points = points;
  hold.captured = held ? no_points : points;
  hold.lots = work.take(*account, points);
  Entry entry{.kind = kind, .amount = points};
  entry.postings.move(points, member_available, held ? member_held : program_redeemed);
  entry.lots = parts_of(hold.lots);
  hold.expires_at = work.time(*account);
  if (held) {
    hold.expires_at = hold.expires_at + lifetime.value_or(work.settings().hold_lifetime);
    entry.expires_at = hold.expires_at;
  }
  work.post(*account, std::move(entry));
  account->holds.push_back(std::move(hold));
  if (work.settings().activity.redeem) {
    work.note_activity(*account);
  }
  return work.finish(account->id);
}

/// The hold that a transaction is about, and its account.
struct Found {
  Account* account = nullptr;
  Hold* hold = nullptr;
};

Found find_hold(Working& work, const Answer& answer, const std::string& hold_key) {
  Account& account = work.enter_remaining(answer.outcome.account);
  const auto hold = std::find_if(account.holds.begin(), account.holds.end(),
                                 [&](const Hold& candidate) { return candidate.key == hold_key; });
  LOYALTY_CHECK(hold != account.holds.end());
  return {&account, &*hold};
}

/// Nothing for keys that made no hold.
Found find_placed_hold(Working& work, const Book& book, const std::string& key) {
  const Answer* answer = book.answer(key);
  const bool placed = answer != nullptr && std::holds_alternative<PlaceHold>(answer->command);
  return placed ? find_hold(work, *answer, key) : Found{};
}

/// Nothing for keys that spent nothing.
Found find_redemption(Working& work, const Book& book, const std::string& key) {
  const Answer* answer = book.answer(key);
  if (answer == nullptr) {
    return {};
  }
  if (const auto* capture = std::get_if<Capture>(&answer->command)) {
    return find_hold(work, *answer, capture->hold);
  }
  const bool spent = std::holds_alternative<PlaceHold>(answer->command) ||
                     std::holds_alternative<Redeem>(answer->command);
  return spent ? find_hold(work, *answer, key) : Found{};
}

Decision capture(Working& work, const Book& book, const Capture& command) {
  const Found found = find_placed_hold(work, book, command.hold);
  if (found.hold == nullptr) {
    return refuse(RefusalCode::transaction_not_found);
  }
  Hold& hold = *found.hold;
  const Points points = command.points.value_or(hold.points);
  if (const auto code = refuse_capture(hold, points, work.time(*found.account))) {
    return refuse(*code);
  }
  hold.state = HoldState::captured;
  hold.captured = points;
  const Lots rest = take_back(hold.lots, hold.points - points);
  Entry entry{.kind = EntryKind::capture, .of = hold.key, .amount = points};
  entry.postings.move(points, member_held, program_redeemed);
  entry.postings.move(hold.points - points, member_held, member_available);
  entry.lots = parts_of(hold.lots);
  work.post(*found.account, std::move(entry));
  work.restore(*found.account, rest);
  return work.finish(found.account->id);
}

Decision release(Working& work, const Book& book, const Release& command) {
  const Found found = find_placed_hold(work, book, command.hold);
  if (found.hold == nullptr) {
    return refuse(RefusalCode::transaction_not_found);
  }
  Hold& hold = *found.hold;
  if (const auto code = refuse_release(hold, work.time(*found.account))) {
    return refuse(*code);
  }
  hold.state = HoldState::released;
  Entry entry{.kind = EntryKind::release, .of = hold.key, .amount = hold.points};
  entry.postings.move(hold.points, member_held, member_available);
  entry.lots = parts_of(hold.lots);
  work.post(*found.account, std::move(entry));
  work.restore(*found.account, std::exchange(hold.lots, {}));
  return work.finish(found.account->id);
}

Decision extend(Working& work, const Book& book, const ExtendHold& command) {
  const Found found = find_placed_hold(work, book, command.hold);
  if (found.hold == nullptr) {
    return refuse(RefusalCode::transaction_not_found);
  }
  Hold& hold = *found.hold;
  const Instant at = work.time(*found.account);
  if (const auto code = refuse_extend(hold, at)) {
    return refuse(*code);
  }
  const Instant until = at + command.lifetime.value_or(work.settings().hold_lifetime);
  if (until > hold.expires_at) {
    hold.expires_at = until;
    Entry entry{.kind = EntryKind::extend, .of = hold.key, .amount = hold.points};
    entry.expires_at = until;
    work.post(*found.account, std::move(entry));
  }
  return work.finish(found.account->id);
}

Decision expire(Working& work, const Expire& command) {
  if (command.account.empty()) {
    work.enter_all();
    return work.finish({});
  }
  const Account* account = work.enter(command.account);
  if (account == nullptr) {
    return refuse(RefusalCode::account_not_found);
  }
  return work.finish(account->id);
}

/// Restored points keep their day, but never one so near that they are worthless (U18).
void promise_grace(const Working& work, Account& account, Lots& slices) {
  const Instant at = account.last_at;
  const Deadline grace = grace_from(work.settings().zone, at);
  const Instant until = expiry_of(grace, work.settings().zone, work.program().pauses, at);
  switch (work.settings().expiry.model) {
    case ExpiryModel::none:
      return;
    case ExpiryModel::inactivity:
      if (inactivity_expiry(work.program(), account, at) < until) {
        account.refunded = grace;
      }
      return;
    case ExpiryModel::lots:
      for (Lot& slice : slices) {
        if (lot_expiry(work.program(), slice, at) < until) {
          slice.refunded = grace;
        }
      }
      return;
  }
}

Decision refund(Working& work, const Book& book, const Refund& command) {
  const Answer* answer = book.answer(command.of);
  const Found found = find_redemption(work, book, command.of);
  if (found.hold == nullptr) {
    return refuse(answer == nullptr ? RefusalCode::transaction_not_found
                                    : RefusalCode::transaction_not_refundable);
  }
  Hold& hold = *found.hold;
  Account& account = *found.account;
  const Points points = command.points.value_or(hold.captured - hold.refunded);
  if (const auto code = refuse_refund(hold, points)) {
    return refuse(*code);
  }
  if (exceeds_limit(account, points)) {
    return refuse(RefusalCode::balance_limit_exceeded);
  }
  hold.refunded += points;
  Lots slices = take_back(hold.lots, points);
  Entry entry{.kind = EntryKind::refund, .of = hold.key, .amount = points};
  entry.postings.move(points, program_redeemed, member_available);
  entry.lots = parts_of(slices);
  work.post(account, std::move(entry));
  promise_grace(work, account, slices);
  work.restore(account, std::move(slices));
  if (work.settings().activity.refund) {
    work.note_activity(account);
  }
  return work.finish(account.id);
}

/// What a reversal of `points` takes from the balance now.
Points reversible_now(ReversalPolicy policy, Points available, Points points) {
  return policy == ReversalPolicy::allow_negative ? points : min(points, max(available, no_points));
}

Decision reverse(Working& work, const Book& book, const Reverse& command) {
  const Answer* answer = book.answer(command.of);
  if (answer == nullptr) {
    return refuse(RefusalCode::transaction_not_found);
  }
  if (!std::holds_alternative<Earn>(answer->command)) {
    return refuse(RefusalCode::transaction_not_refundable);
  }
  Account& account = work.enter_remaining(answer->outcome.account);
  const auto grant = std::find_if(account.grants.begin(), account.grants.end(),
                                  [&](const Grant& g) { return g.key == command.of; });
  if (grant == account.grants.end()) {  // an earn of nothing (U5)
    return refuse(RefusalCode::transaction_not_refundable);
  }
  const Points left = grant->points - grant->reversed;
  const Points points = command.points.value_or(left);
  if (left == no_points || points > left) {
    return refuse(RefusalCode::transaction_already_refunded);
  }
  const Points now = reversible_now(work.settings().reversal, account.balance.available(), points);
  grant->reversed += points;
  if (work.settings().reversal == ReversalPolicy::clamp && now < points) {
    account.debts.push_back({command.of, points - now});
  }
  // The order's own points first, then as if they were spent.
  Lots gone = take_of(account.lots, command.of, now);
  const Lots more = take_front(account.lots, min(now - total(gone), total(account.lots)));
  gone.insert(gone.end(), more.begin(), more.end());
  Entry entry{.kind = EntryKind::reverse, .of = command.of, .amount = now};
  entry.shortfall = points - now;
  entry.postings.move(now, member_available, program_reversed);
  entry.lots = parts_of(gone);
  work.post(account, std::move(entry));
  return work.finish(account.id);
}

template <class T>
void append(std::vector<T>& to, std::vector<T>& from) {
  to.insert(to.end(), from.begin(), from.end());
  from.clear();
}

/// Everything that an account is made of, but its numbers.
void move_contents(Account& from, Account& into) {
  give_back(into.lots, std::exchange(from.lots, {}));
  append(into.holds, from.holds);
  append(into.grants, from.grants);
  append(into.debts, from.debts);
  append(into.tier_events, from.tier_events);
  std::stable_sort(into.tier_events.begin(), into.tier_events.end(),
                   [](const TierEvent& a, const TierEvent& b) { return a.at < b.at; });
  into.last_activity = std::max(into.last_activity, from.last_activity);
  if (into.inactive_since.at < from.inactive_since.at) {
    into.inactive_since = from.inactive_since;
  }
  if (from.refunded && (!into.refunded || into.refunded->last_day < from.refunded->last_day)) {
    into.refunded = from.refunded;
  }
  from.merged_into = into.id;
}

Decision merge(Working& work, const Merge& command) {
  Account* from = work.enter(command.from);
  Account* into = work.enter(command.into);
  if (from == nullptr || into == nullptr) {
    return refuse(RefusalCode::account_not_found, from == nullptr ? "from" : "into");
  }
  if (exceeds_limit(*into, from->balance.available() + from->balance.held())) {
    return refuse(RefusalCode::balance_limit_exceeded);
  }
  const Postings moved = from->balance.sums();
  const Points amount = from->balance.available();
  const Instant at = std::max(work.time(*from), work.time(*into));
  move_contents(*from, *into);
  Entry out{.kind = EntryKind::merge_out, .of = into->id, .amount = amount};
  out.postings = -moved;
  work.post(*from, std::move(out));
  // What comes in comes no earlier than it went out.
  const Duration step = Duration::milliseconds(into->sequence == 0 ? 0 : 1);
  into->last_at = std::max(into->last_at, at - step);
  Entry in{.kind = EntryKind::merge_in, .of = from->id, .amount = amount};
  in.postings = moved;
  work.post(*into, std::move(in));
  // Where one of the two was below zero, the other's points are worth that much less.
  take_front(into->lots, total(into->lots) - max(into->balance.available(), no_points));
  return work.finish(into->id);
}

Decision set_status(Working& work, const SetStatus& command) {
  const Status from = work.settings().status;
  if (command.status == from) {
    return work.finish({});
  }
  if (command.status == Status::draft ||
      (from == Status::draft && command.status == Status::paused)) {
    return refuse(RefusalCode::invalid_program_transition);
  }
  Program& program = work.change_program();
  program.settings.status = command.status;
  const Instant now = work.request().now;
  if (command.status == Status::paused) {
    const bool first = program.pauses.empty();
    program.pauses.push_back({first ? now : std::max(now, *program.pauses.back().to), {}});
  } else if (from == Status::paused) {
    Pause& pause = program.pauses.back();
    pause.to = std::max(now, pause.from);
  }
  return work.finish({});
}

Decision set_expiry(Working& work, const SetExpiry& command) {
  if (command.expiry == work.settings().expiry) {
    return work.finish({});
  }
  work.enter_all();  // what has fallen due, fell due by the rules until now
  Program& program = work.change_program();
  program.settings.expiry = command.expiry;
  program.expiry_changed = grace_from(program.settings.zone, work.request().now);
  return work.finish({});
}

Decision set_zone(Working& work, const SetZone& command) {
  if (command.zone == work.settings().zone) {
    return work.finish({});
  }
  work.enter_all();  // what is over by the calendar until now, is over
  work.change_program().settings.zone = command.zone;
  return work.finish({});
}

/// Sends a command to its rule.
struct Decide {
  Working& work;
  const Book& book;

  Decision operator()(const CreateAccount& c) const { return create(work, book, c); }
  Decision operator()(const Earn& c) const { return earn(work, book, c); }
  Decision operator()(const Adjust& c) const { return adjust(work, book, c); }
  Decision operator()(const PlaceHold& c) const {
    return spend(work, c.account, c.points, EntryKind::hold, c.lifetime);
  }
  Decision operator()(const Capture& c) const { return capture(work, book, c); }
  Decision operator()(const Release& c) const { return release(work, book, c); }
  Decision operator()(const Expire& c) const { return expire(work, c); }
  Decision operator()(const Redeem& c) const {
    return spend(work, c.account, c.points, EntryKind::redeem, {});
  }
  Decision operator()(const Refund& c) const { return refund(work, book, c); }
  Decision operator()(const Reverse& c) const { return reverse(work, book, c); }
  Decision operator()(const Merge& c) const { return merge(work, c); }
  Decision operator()(const SetStatus& c) const { return set_status(work, c); }
  Decision operator()(const SetExpiry& c) const { return set_expiry(work, c); }
  Decision operator()(const ExtendHold& c) const { return extend(work, book, c); }
  Decision operator()(const SetZone& c) const { return set_zone(work, c); }
};

Decision replay(const Answer& first, const Request& request) {
  std::string_view field = first_difference(first.command, request.command);
  if (field.empty() && first.origin != request.origin) {
    field = "origin";
  }
  if (!field.empty()) {
    return refuse(RefusalCode::idempotency_key_reused, field);
  }
  Change change{.accounts = {}, .program = {}, .answer = first};
  change.answer.outcome.replayed = true;
  return change;
}

}  // namespace

Result<Change, Refusal> decide(const Book& book, const Request& request) {
  if (const std::string_view field = first_invalid_field(request); !field.empty()) {
    return refuse(RefusalCode::validation, field);
  }
  if (const Answer* first = book.answer(request.key)) {
    return replay(*first, request);
  }
  Working work(book, request);
  return std::visit(Decide{work, book}, request.command);
}

}  // namespace loyalty::ledger
