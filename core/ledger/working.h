#pragma once

#include <string>
#include <string_view>

#include "core/ledger/book.h"

namespace loyalty::ledger {

/// The copies on which one command is decided. Nothing of the book changes; whoever refuses simply
/// drops the whole.
class Working {
 public:
  Working(const Book& book, const Request& request);

  const Request& request() const { return request_; }
  const Program& program() const { return change_.program ? *change_.program : book_.program(); }
  Program& change_program();
  Settings const& settings() const { return program().settings; }

  /// The account with all that has fallen due posted; null where there is none.
  Account* enter(std::string_view id);
  /// Likewise, through all merges; of an id that a known key names.
  Account& enter_remaining(std::string_view id);
  void enter_all();
  Account& create(const std::string& id);

  /// Now, by the account's own clock: strictly later than its last entry (Z15).
  Instant time(const Account& account) const;

  /// Completes the entry (account, sequence, time, key, origin, what it leaves), appends it, and
  /// lets the account follow. The entry brings kind, of, amount, postings, lots.
  const Entry& post(Account& account, Entry entry);

  /// Adds slices to what is available. A balance below zero swallows what it lacks first, so that
  /// the lots are always worth max(0, available). Call after the entry is posted.
  void restore(Account& account, Lots slices);

  /// Removes points of what is available, in spending order.
  Lots take(Account& account, Points points) { return take_front(account.lots, points); }

  /// The member did something: inactivity counts anew (U31).
  void note_activity(Account& account);

  Change finish(std::string account);

 private:
  void settle(Account& account);
  void expire_hold(Account& account, Hold& hold);
  void expire_points(Account& account, Instant due);
  const Entry& post_at(Account& account, Entry entry, Instant at);

  const Book& book_;
  const Request& request_;
  Change change_;
};

/// Slices as an entry lists them.
std::vector<LotPart> parts_of(const Lots& slices);

}  // namespace loyalty::ledger
