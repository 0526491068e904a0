#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/ledger/book.h"
#include "native/service/accounts/ledger_state.h"
#include "native/store/session.h"

namespace loyalty::service {

/// An account as it was loaded.
struct Card {
  store::AccountRow row;
  std::optional<Instant> reminded;
};

/// As much of the site's book as one command is about, out of the store.
class Loading {
 public:
  Loading(store::Session& session, const ledger::Program& program)
      : session_{session}, book_{program} {}

  /// All that decide() will ask for.
  void for_command(const ledger::Command& command);
  void account(std::string_view id);
  void account(store::AccountRow row);

  const ledger::Book& book() const { return book_; }
  /// Null for accounts that were not there.
  const Card* card(std::string_view id) const;

 private:
  void known(const std::string& key);
  void account_with(store::AccountRow row, const std::optional<Item>& item);

  store::Session& session_;
  ledger::Book book_;
  std::map<std::string, Card, std::less<>> cards_;
};

/// The row of the account that has everything now; nothing where there is none.
std::optional<store::AccountRow> remaining_account(store::Session& session, std::string_view id);

}  // namespace loyalty::service
