#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/ledger/book.h"
#include "native/service/accounts/desk.h"
#include "native/service/accounts/loading.h"
#include "native/service/program/program.h"

namespace loyalty::service {

inline constexpr std::string_view account_fqdn = "wix.loyalty.v1.account";
inline constexpr std::string_view transaction_fqdn =
    "wix.loyalty.transaction.v1.loyalty_transaction";
inline constexpr std::string_view loyalty_app_id = "553c79f3-5625-4f38-b14b-ef7c0d1e87df";

/// What caused a change, as account_reward_availability_updated names it.
namespace trigger {
inline constexpr std::string_view balance = "BALANCE_UPDATED";
inline constexpr std::string_view rewards = "REWARD_UPDATED";
inline constexpr std::string_view tiers = "TIERS_RECALCULATED";
}  // namespace trigger

/// Writes what was decided on a loaded part of the book: entries with their chain, items, account
/// rows with everything that follows from them, events.
class Posting {
 public:
  Posting(Call& call, const ProgramState& program, const Loading& loading);

  Posting& named(std::string key, const Movement& movement);  ///< of the command's own entry
  Posting& because_of(std::string_view trigger);              ///< else the balance
  Posting& with_reminders();                                  ///< of points that expire soon

  Moved write(ledger::Change change);

 private:
  struct Changed;

  store::AccountRow write_account_of(ledger::Account account,
                                     const std::vector<ledger::Entry>& entries);
  void append(const ledger::Entry& entry, Changed& changed);
  store::EntryRow row_of_entry(const ledger::Entry& entry, std::string& app_id);
  void remind(Changed& changed);
  void store_account(Changed& changed);
  void tell(const Changed& changed);

  Call& call_;
  const ProgramState& program_;
  const Loading& loading_;
  std::string key_;
  const Movement* movement_ = nullptr;
  std::string own_account_;
  bool own_is_written_ = false;
  std::string_view trigger_ = trigger::balance;
  bool reminders_ = false;
};

}  // namespace loyalty::service
