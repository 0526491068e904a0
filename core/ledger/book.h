#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/ledger/account.h"
#include "core/ledger/command.h"
#include "core/ledger/entry.h"
#include "core/ledger/refusal.h"
#include "core/ledger/settings.h"

/// The ledger of one program: accounts, the log of entries that made them, and the keys of all
/// commands that took effect. Deterministic: the same requests give the same book, byte by byte.
namespace loyalty::ledger {

/// What a command did, in the order it happened: first what had fallen due on its accounts, then
/// its own entries. Empty for a command that succeeds without a transaction (U5, U21).
struct Outcome {
  std::vector<Entry> entries;
  std::string account;    ///< the account in question; empty for commands about the program
  bool replayed = false;  ///< the key was known; this is the first answer again
  friend bool operator==(const Outcome&, const Outcome&) = default;
};

/// A command that took effect: what was asked, what was answered (U26).
struct Answer {
  Command command;
  std::string origin;
  Outcome outcome;
  friend bool operator==(const Answer&, const Answer&) = default;
};

/// Everything that a command changes; new values, not differences.
struct Change {
  std::map<std::string, Account> accounts;
  std::optional<Program> program;
  Answer answer;
};

/// What an earlier command was about, as far as later ones that name its key ask.
struct Known {
  std::string key;
  Command command;
  std::string account;  ///< that it took effect on, or the one that has it all now
};

class Book {
 public:
  explicit Book(Settings settings);

  /// A part of a book, put together again from what was stored: the program, and then by restore()
  /// what one request is about. On it decide() answers as on the whole, as long as the accounts
  /// that the request names are there, or the one that it is about by a key, with the hold or the
  /// grant in question, and that key. Other ended holds and other grants may be missing.
  explicit Book(Program program);
  void restore(Account account);
  void restore(Known known);

  /// Carries out one command: decide(), then commit().
  ///
  /// A refused command changes nothing at all (L6): neither sequence nor log, not even what has
  /// fallen due is posted. It is not remembered either; who wants a refusal to be the answer for
  /// ever keeps it next to the key.
  Result<Outcome, Refusal> apply(const Request& request);

  /// Installs a decided change. Requires: decided on this very book.
  const Outcome& commit(const Request& request, Change change);

  const Program& program() const { return program_; }

  /// By id; null for unknown ids and for accounts merged into another.
  const Account* find(std::string_view id) const;

  /// All accounts by id, merged ones included.
  const std::map<std::string, Account, std::less<>>& accounts() const { return accounts_; }

  /// Every entry, in the order of taking effect.
  const std::vector<Entry>& log() const { return log_; }

  const Answer* answer(std::string_view key) const;

  /// Where an account's points are now, through all merges.
  const Account& remaining(std::string_view id) const;

  friend bool operator==(const Book&, const Book&) = default;

 private:
  Program program_;
  std::map<std::string, Account, std::less<>> accounts_;
  std::map<std::string, Answer, std::less<>> answers_;
  std::vector<Entry> log_;
};

/// What the request would change, or why it is refused. Checked in this order, the first one wins:
/// ranges, the key, the program's status, the account or transaction, its revision, its state, the
/// points.
///
/// Ledger time is the later of `now` and a millisecond after the account's last entry (Z15). What
/// has fallen due on the accounts by then is decided first: a hold is over at its expiry, points
/// are gone at theirs, whether or not anybody has swept.
Result<Change, Refusal> decide(const Book& book, const Request& request);

}  // namespace loyalty::ledger
