#include "core/ledger/entry.h"

namespace loyalty::ledger {

std::string_view name_of(LedgerAccount account) {
  constexpr std::string_view names[ledger_accounts] = {
      "member:available", "member:held",      "program:issued",   "program:redeemed",
      "program:expired",  "program:adjusted", "program:reversed",
  };
  return names[static_cast<std::size_t>(account)];
}

std::string_view name_of(EntryKind kind) {
  constexpr std::string_view names[entry_kinds] = {
      "EARN",   "ADJUST",  "HOLD",          "CAPTURE",   "RELEASE",  "EXPIRE_HOLD", "REDEEM",
      "REFUND", "REVERSE", "EXPIRE_POINTS", "MERGE_OUT", "MERGE_IN", "EXTEND",
  };
  return names[static_cast<std::size_t>(kind)];
}

}  // namespace loyalty::ledger
