#include "native/service/accounts/desk.h"

#include <algorithm>
#include <utility>

#include "core/base/check.h"
#include "native/service/accounts/loading.h"
#include "native/service/accounts/posting.h"
#include "native/service/accounts/shown.h"
#include "native/service/accounts/standing.h"
#include "native/service/events.h"
#include "native/wire/refused.h"

namespace loyalty::service {
namespace {

using wire::Code;
using wire::Refused;

ledger::Request request_of(const Call& call, std::string key, ledger::Command command) {
  return {
      .key = std::move(key), .origin = call.origin, .now = call.now, .command = std::move(command)};
}

/// The points that a command takes away, and of which account; none where it takes none.
struct Demand {
  std::string_view account;
  Points points;
};

Demand demand_of(const ledger::Command& command) {
  if (const auto* redeem = std::get_if<ledger::Redeem>(&command)) {
    return {redeem->account, redeem->points};
  }
  if (const auto* hold = std::get_if<ledger::PlaceHold>(&command)) {
    return {hold->account, hold->points};
  }
  if (const auto* adjust = std::get_if<ledger::Adjust>(&command)) {
    return {adjust->account, adjust->points ? -*adjust->points : no_points};
  }
  return {};
}

/// The ledger's "no" to a command; where points are missing, it tells how many.
Refused refusal_of(Call& call, const ledger::Refusal& refusal, const ledger::Command& command) {
  if (refusal.code != ledger::RefusalCode::insufficient_points &&
      refusal.code != ledger::RefusalCode::negative_balance) {
    return Refused(refusal);
  }
  const Demand demand = demand_of(command);
  const Points available = require_account(call, demand.account).available;
  return Refused(wire::code_of(refusal.code),
                 Json{{"required", demand.points.count()},
                      {"available", available.count()},
                      {"missing", (demand.points - available).count()}});
}

/// What the book says, or its refusal thrown.
ledger::Change decided(const Loading& loading, const ledger::Request& request) {
  Result<ledger::Change, ledger::Refusal> decision = ledger::decide(loading.book(), request);
  if (!decision.ok()) {
    throw Refused(decision.error());
  }
  return std::move(decision.value());
}

/// The account with all that has fallen due, and all its holds that time has ended just now.
AccountDetail settled(Call& call, const ProgramState& program, store::AccountRow row) {
  Loading loading(call.store, program.ledger);
  loading.account(row);
  const ledger::Request request = request_of(call, "view", ledger::Expire{row.id});
  ledger::Change change = decided(loading, request);
  AccountDetail settled{std::move(row), std::move(change.accounts.begin()->second)};
  StoredAccount kept{settled.account, std::nullopt};
  std::erase_if(kept.account.holds,
                [](const ledger::Hold& hold) { return hold.state != ledger::HoldState::held; });
  // What clients send back is compared with what is stored (U22).
  kept.account.revision = settled.row.revision;
  kept.account.sequence = settled.row.sequence;
  write_account(kept, program.ledger.settings.zone, call.now, settled.row);
  set_standing(call, program, settled.account, settled.row);
  return settled;
}

void copy_contact(const store::Document& document, store::AccountRow& row) {
  const Json contact = Json::parse(document.body);
  row.member_id = wire::text_at(contact, "memberId");
  row.contact_name = wire::text_at(contact, "name");
  row.contact_email = wire::text_at(contact, "email");
  row.contact_picture = wire::text_at(contact, "picture");
}

void tell_merge(Call& call, const ledger::Merge& merge, const store::AccountRow& into) {
  Json body = Json::object();
  body["sourceAccounts"] = Json::array({merge.from, merge.into});
  body["updatedAccount"] = account_json(into);
  emit(call, account_fqdn, "accounts_merged", EventKind::action, into.id, body);
}

/// Posts what has fallen due on one account and stores what follows from the time.
void settle(Call& call, const ProgramState& program, std::string_view account_id,
            std::string_view trigger) {
  Loading loading(call.store, program.ledger);
  loading.account(account_id);
  const Card* card = loading.card(account_id);
  if (card == nullptr || !card->row.merged_into.empty()) {
    return;
  }
  ledger::Change change =
      decided(loading, request_of(call, "settle", ledger::Expire{card->row.id}));
  const bool moved = !change.answer.outcome.entries.empty();
  Posting(call, program, loading)
      .because_of(moved ? trigger::balance : trigger)
      .with_reminders()
      .write(std::move(change));
}

}  // namespace

Moved move(Call& call, const ledger::Command& command, const Movement& movement) {
  const std::shared_ptr<const ProgramState> program = program_of(call);
  const ledger::Request request = request_of(call, call.ids.next(call.now), command);
  Loading loading(call.store, program->ledger);
  loading.for_command(command);
  if (const auto* earn = std::get_if<ledger::Earn>(&command);
      earn != nullptr && loading.card(earn->account) == nullptr) {
    throw Refused(Code::account_not_found);  // accounts are opened for contacts, not by earning
  }
  Result<ledger::Change, ledger::Refusal> decision = ledger::decide(loading.book(), request);
  if (!decision.ok()) {
    throw refusal_of(call, decision.error(), command);
  }
  Moved moved = Posting(call, *program, loading)
                    .named(request.key, movement)
                    .write(std::move(decision.value()));
  if (const auto* merge = std::get_if<ledger::Merge>(&command)) {
    tell_merge(call, *merge, moved.account);
  }
  return moved;
}

std::optional<store::AccountRow> account_now(Call& call, std::string_view account_id) {
  std::optional<store::AccountRow> row = remaining_account(call.store, account_id);
  return row ? std::optional(row_now(call, std::move(*row))) : std::nullopt;
}

store::AccountRow row_now(Call& call, store::AccountRow row) {
  const std::shared_ptr<const ProgramState> program = program_of(call);
  const bool is_due = row.due && *row.due <= call.now;
  const bool paused = program->ledger.settings.status == ledger::Status::paused;
  // Points leave the window of the tiers, and a pause postpones what expires, from moment to
  // moment.
  const bool drifts =
      row.sequence != 0 && (program->tiers_active || (paused && row.expires_at.has_value()));
  return is_due || drifts || awaits_recalculation(call, row.id)
             ? settled(call, *program, std::move(row)).row
             : row;
}

AccountDetail detail_now(Call& call, store::AccountRow row) {
  return settled(call, *program_of(call), std::move(row));
}

store::AccountRow require_account(Call& call, std::string_view account_id) {
  std::optional<store::AccountRow> row = account_now(call, account_id);
  if (!row) {
    throw Refused(Code::account_not_found);
  }
  return std::move(*row);
}

store::AccountRow own_account(Call& call) {
  const Caller& caller = call.caller;
  if (caller.member_id.empty()) {
    throw Refused(Code::member_required);
  }
  std::optional<store::AccountRow> row = call.store.account_of_member(caller.member_id);
  if (!row && !caller.contact_id.empty()) {
    row = call.store.account_of_contact(caller.contact_id);
  }
  if (!row) {
    throw Refused(Code::account_not_found);
  }
  return require_account(call, row->id);
}

store::AccountRow open_account(Call& call, std::string_view contact_id, bool by_rule) {
  if (!by_rule) {
    require_active(call);
  }
  const std::optional<store::Document> contact = call.store.get(store::Kind::contact, contact_id);
  if (!contact) {
    throw Refused(Code::contact_not_found);
  }
  if (call.store.account_of_contact(contact_id)) {
    throw Refused(Code::account_already_exists);
  }
  const std::shared_ptr<const ProgramState> program = program_of(call);
  ledger::Program open = program->ledger;
  open.settings.status = ledger::Status::active;  // asked above, where it matters
  const Loading nothing(call.store, open);
  store::AccountRow row;
  row.id = call.ids.next(call.now);
  ledger::Change change = decided(nothing, request_of(call, row.id, ledger::CreateAccount{row.id}));
  StoredAccount stored{std::move(change.accounts.begin()->second), std::nullopt};
  row.contact_id = contact_id;
  row.created = call.now;
  row.updated = call.now;
  row.below_zero_allowed = open.settings.reversal == ledger::ReversalPolicy::allow_negative;
  copy_contact(*contact, row);
  write_account(stored, open.settings.zone, call.now, row);
  set_standing(call, *program, stored.account, row);
  row.tier_updated = call.now;
  row.due = due(*program, stored.account, std::nullopt, row, call.now);
  call.store.insert(row);
  emit_text(call, account_fqdn, "created", EventKind::created, row.id, account_text(row));
  return row;
}

std::optional<store::AccountRow> account_for_award(Call& call, std::string_view contact_id) {
  if (const std::optional<store::AccountRow> row = call.store.account_of_contact(contact_id)) {
    return account_now(call, row->id);
  }
  if (!program_of(call)->ledger.settings.create_accounts) {
    return std::nullopt;
  }
  return open_account(call, contact_id, true);
}

void recalculate(Call& call, std::string_view account_id, std::string_view trigger) {
  settle(call, *program_of(call), account_id, trigger);
}

void contact_changed(Call& call, std::string_view contact_id) {
  std::optional<store::AccountRow> row = call.store.account_of_contact(contact_id);
  const std::optional<store::Document> contact = call.store.get(store::Kind::contact, contact_id);
  if (!row || !contact) {
    return;
  }
  store::AccountRow changed = *row;
  copy_contact(*contact, changed);
  if (changed.member_id == row->member_id && changed.contact_name == row->contact_name &&
      changed.contact_email == row->contact_email &&
      changed.contact_picture == row->contact_picture) {
    return;
  }
  ++changed.revision;
  changed.updated = call.now;
  call.store.update(changed, row->revision);
  emit_text(call, account_fqdn, "updated", EventKind::updated, changed.id, account_text(changed));
}

Json account_json(const store::AccountRow& row) { return Json::parse(account_text(row)); }

Json transaction_json(const store::EntryRow& row) { return Json::parse(transaction_text(row)); }

HoldNow require_hold(Call& call, std::string_view hold_id) {
  const std::optional<store::EntryRow> entry = call.store.entry(hold_id);
  if (!entry || entry->entry.kind != ledger::EntryKind::hold) {
    throw Refused(Code::hold_not_found);
  }
  std::optional<store::AccountRow> row = remaining_account(call.store, entry->entry.account);
  if (!row) {
    throw store::Corrupt("an entry without its account");
  }
  std::string account_id = row->id;
  if (const std::optional<store::ItemRow> item = call.store.item(hold_id)) {
    return {std::get<ledger::Hold>(read_item(*item)), std::move(account_id)};
  }
  AccountDetail now = settled(call, *program_of(call), std::move(*row));
  for (ledger::Hold& hold : now.account.holds) {
    if (hold.key == hold_id) {
      return {std::move(hold), std::move(account_id)};
    }
  }
  throw store::Corrupt("a hold that neither its account nor an item has");
}

void settle_all_due(Call& call) {
  constexpr std::size_t slice = 500;
  std::string first;  // of the slice before: where it is met again, time has done all it can
  std::vector<std::string> accounts = call.store.due_accounts(call.now, slice);
  const std::shared_ptr<const ProgramState> program = program_of(call);
  while (!accounts.empty() && accounts.front() != first) {
    for (const std::string& account : accounts) {
      settle(call, *program, account, trigger::tiers);
    }
    first = accounts.front();
    accounts = call.store.due_accounts(call.now, slice);
  }
}

std::size_t settle_due(Call& call, std::size_t limit) {
  const std::vector<std::string> accounts = call.store.due_accounts(call.now, limit);
  const std::shared_ptr<const ProgramState> program = program_of(call);
  for (const std::string& account : accounts) {
    settle(call, *program, account, trigger::tiers);
  }
  return accounts.size();
}

}  // namespace loyalty::service
