#include "native/service/accounts/loading.h"

#include <algorithm>
#include <type_traits>
#include <utility>
#include <variant>

#include "core/base/check.h"

namespace loyalty::service {
namespace {

using ledger::EntryKind;

/// The command that a transaction stands for, as far as those that name it ask.
ledger::Command command_of(const ledger::Entry& entry) {
  switch (entry.kind) {
    case EntryKind::earn:
      return ledger::Earn{};
    case EntryKind::hold:
      return ledger::PlaceHold{};
    case EntryKind::redeem:
      return ledger::Redeem{};
    case EntryKind::capture:
      return ledger::Capture{.hold = entry.of, .points = {}};
    default:
      return ledger::Adjust{};
  }
}

/// The key under which what the transaction is about is kept; empty where nothing is.
std::string item_key(const store::EntryRow& row) {
  switch (row.entry.kind) {
    case EntryKind::earn:
    case EntryKind::hold:
    case EntryKind::redeem:
      return row.id;
    case EntryKind::capture:
      return row.entry.of;
    default:
      return {};
  }
}

}  // namespace

std::optional<store::AccountRow> remaining_account(store::Session& session, std::string_view id) {
  std::optional<store::AccountRow> row = session.account(id);
  while (row && !row->merged_into.empty()) {
    row = session.account(row->merged_into);
  }
  return row;
}

const Card* Loading::card(std::string_view id) const {
  const auto at = cards_.find(id);
  return at == cards_.end() ? nullptr : &at->second;
}

void Loading::account(std::string_view id) {
  if (std::optional<store::AccountRow> row = session_.account(id)) {
    account(std::move(*row));
  }
}

void Loading::account(store::AccountRow row) { account_with(std::move(row), std::nullopt); }

void Loading::account_with(store::AccountRow row, const std::optional<Item>& item) {
  StoredAccount stored = read_account(row);
  if (item) {
    if (const auto* grant = std::get_if<ledger::Grant>(&*item)) {
      stored.account.grants.push_back(*grant);
    } else {
      stored.account.holds.push_back(std::get<ledger::Hold>(*item));
    }
  }
  book_.restore(std::move(stored.account));
  std::string id = row.id;
  cards_.insert_or_assign(std::move(id), Card{std::move(row), stored.reminded});
}

void Loading::known(const std::string& key) {
  const std::optional<store::EntryRow> entry = session_.entry(key);
  if (!entry) {
    return;
  }
  std::optional<store::AccountRow> row = remaining_account(session_, entry->entry.account);
  if (!row) {
    throw store::Corrupt("an entry without its account");
  }
  book_.restore(ledger::Known{.key = key, .command = command_of(entry->entry), .account = row->id});
  std::optional<Item> item;
  if (const std::string named = item_key(*entry); !named.empty()) {
    if (const std::optional<store::ItemRow> kept = session_.item(named)) {
      item = read_item(*kept);
    } else if (entry->entry.kind == EntryKind::earn) {
      item = ledger::Grant{key, entry->entry.amount, no_points};  // nothing was reversed so far
    }
  }
  account_with(std::move(*row), item);
}

void Loading::for_command(const ledger::Command& command) {
  std::visit(
      [&](const auto& c) {
        using C = std::decay_t<decltype(c)>;
        if constexpr (std::is_same_v<C, ledger::Merge>) {
          account(c.from);
          account(c.into);
        } else if constexpr (std::is_same_v<C, ledger::Capture> ||
                             std::is_same_v<C, ledger::Release> ||
                             std::is_same_v<C, ledger::ExtendHold>) {
          known(c.hold);
        } else if constexpr (std::is_same_v<C, ledger::Refund> ||
                             std::is_same_v<C, ledger::Reverse>) {
          known(c.of);
        } else if constexpr (std::is_same_v<C, ledger::SetStatus> ||
                             std::is_same_v<C, ledger::SetExpiry> ||
                             std::is_same_v<C, ledger::SetZone>) {
          LOYALTY_CHECK(false);  // a command about the program is carried out by its own document
        } else {
          account(c.account);
        }
      },
      command);
}

}  // namespace loyalty::service
