#pragma once

#include <algorithm>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "core/ledger/book.h"

/// What a store would load of a book to decide one request.
namespace loyalty::ledger {

/// The account with its open holds only, no grants, and beside them what `named` is the key of.
inline Account slim(Account account, const std::string& named = {}) {
  std::erase_if(account.holds, [&](const Hold& hold) {
    return hold.state != HoldState::held && hold.key != named;
  });
  std::erase_if(account.grants, [&](const Grant& grant) { return grant.key != named; });
  return account;
}

class PartialBook {
 public:
  PartialBook(const Book& whole, const Command& command) : whole_{whole}, part_{whole.program()} {
    std::visit([&](const auto& c) { load(c); }, command);
  }

  const Book& part() const { return part_; }

  /// Of the hold or grant that the command is about; empty where it names none.
  const std::string& named() const { return named_; }

 private:
  void account(const std::string& id) {
    if (const auto found = whole_.accounts().find(id); found != whole_.accounts().end()) {
      part_.restore(slim(found->second));
    }
  }

  void known(const std::string& key) {
    const Answer* answer = whole_.answer(key);
    if (answer == nullptr) {
      return;
    }
    const auto* capture = std::get_if<Capture>(&answer->command);
    named_ = capture == nullptr ? key : capture->hold;
    std::string owner;
    if (!answer->outcome.account.empty()) {
      const Account& remaining = whole_.remaining(answer->outcome.account);
      owner = remaining.id;
      part_.restore(slim(remaining, named_));
    }
    part_.restore(Known{.key = key, .command = answer->command, .account = owner});
  }

  void all() {
    for (const auto& [id, account] : whole_.accounts()) {
      part_.restore(slim(account));
    }
  }

  template <class C>
  void load(const C& c) {
    if constexpr (std::is_same_v<C, Merge>) {
      account(c.from);
      account(c.into);
    } else if constexpr (std::is_same_v<C, Capture> || std::is_same_v<C, Release> ||
                         std::is_same_v<C, ExtendHold>) {
      known(c.hold);
    } else if constexpr (std::is_same_v<C, Refund> || std::is_same_v<C, Reverse>) {
      known(c.of);
    } else if constexpr (std::is_same_v<C, SetStatus> || std::is_same_v<C, SetExpiry> ||
                         std::is_same_v<C, SetZone>) {
      all();
    } else if (c.account.empty()) {
      all();
    } else {
      account(c.account);
    }
  }

  const Book& whole_;
  Book part_;
  std::string named_;
};

}  // namespace loyalty::ledger
