#pragma once

#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "native/store/query.h"
#include "native/store/records.h"

namespace loyalty::store {

/// A name that must be unique is taken.
class Duplicate : public std::runtime_error {
 public:
  explicit Duplicate(std::string name)
      : std::runtime_error{"taken: " + name}, name_{std::move(name)} {}
  const std::string& name() const { return name_; }  ///< of Document::keys, or `id`

 private:
  std::string name_;
};

/// The row is not as the caller read it: a conditional update found nothing to update.
class Conflict : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The store cannot answer now: disk full, locked, a commit whose outcome is unknown. Retried by
/// the client under the same key.
class Unavailable : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The same, and it is certain that nothing was changed: the batch can be tried again, each of its
/// works alone.
class Undone : public Unavailable {
 public:
  using Unavailable::Unavailable;
};

/// The store holds what it must not: a chain that does not verify, a constraint that broke. Our bug
/// or a broken disk; never served.
class Corrupt : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// One site's data inside one transaction. Nothing of another site can be reached through it.
///
/// Reading methods work in every session, writing ones in those of Store::write(). Sees its own
/// writes.
class Session {
 public:
  virtual ~Session() = default;
  virtual TenantId tenant() const = 0;

  // --- documents
  virtual std::optional<Document> get(Kind kind, std::string_view id) = 0;
  /// By one of its keys.
  virtual std::optional<Document> find(Kind kind, std::string_view key, std::string_view value) = 0;
  /// All of a kind in the order of creation; for collections that are small by nature.
  virtual std::vector<Document> all(Kind kind) = 0;
  /// Fields: paths into the body, and `id`, `revision`, `createdDate`, `updatedDate`.
  virtual Page<Document> page(Kind kind, const Query& query) = 0;
  virtual std::int64_t count(Kind kind, const Filter& filter) = 0;
  /// Throws Duplicate.
  virtual void insert(Kind kind, const Document& document) = 0;
  /// Replaces the one whose revision is `document.revision - 1`. Throws Conflict, Duplicate.
  virtual void update(Kind kind, const Document& document) = 0;
  /// False where there is none.
  virtual bool remove(Kind kind, std::string_view id) = 0;

  // --- accounts
  virtual std::optional<AccountRow> account(std::string_view id) = 0;
  virtual std::optional<AccountRow> account_of_contact(std::string_view contact_id) = 0;
  virtual std::optional<AccountRow> account_of_member(std::string_view member_id) = 0;
  /// Fields: id contactId memberId tier.id revision createdDate updatedDate lastActivityDate
  /// points.{balance,earned,adjusted,redeemed,expired}
  /// pointsExpiration.{expirationDate,expiringPointsAmount} contact.{id,name,email,displayName}
  /// rewardAvailable. Merged accounts are left out.
  virtual Page<AccountRow> accounts(const Query& query) = 0;
  virtual std::int64_t count_accounts(const Filter& filter) = 0;
  /// All accounts in the order of their ids, merged ones too, from the one after `id`; for audits.
  virtual std::vector<AccountRow> accounts_after(std::string_view id, std::size_t limit) = 0;
  /// How many accounts have each value of a field, most frequent first; for aggregations.
  virtual std::vector<ValueCount> count_by(const FieldRef& field, const Filter& filter,
                                           std::size_t limit) = 0;
  virtual ProgramTotals totals() = 0;
  /// Every account that is not merged away, in no particular order; `with_state` tells its state
  /// too. Only sums are made of these: they come without the check of each row's seal.
  virtual void each_account(bool with_state,
                            const std::function<void(const AccountPoints&)>& see) = 0;
  /// Throws Duplicate("contactId" or "memberId" or "id").
  virtual void insert(const AccountRow& row) = 0;
  /// Replaces the row that has `revision_before`. Throws Conflict; constraints throw Corrupt.
  virtual void update(const AccountRow& row, std::int64_t revision_before) = 0;
  /// Accounts that time alone changes at or before `now`, the earliest first.
  virtual std::vector<std::string> due_accounts(Instant now, std::size_t limit) = 0;
  virtual std::optional<Instant> next_due() = 0;

  // --- the ledger
  virtual std::optional<ItemRow> item(std::string_view key) = 0;
  virtual std::vector<ItemRow> items(std::string_view account_id) = 0;
  virtual void put(const ItemRow& row) = 0;
  /// Entries are never changed or removed; a trigger sees to that. Throws Duplicate("sequence")
  /// where another entry has the number.
  virtual void append(const EntryRow& row) = 0;
  virtual std::optional<EntryRow> entry(std::string_view id) = 0;
  virtual std::vector<EntryRow> entries(std::string_view account_id, std::int64_t after_sequence,
                                        std::size_t limit) = 0;
  virtual std::int64_t count_entries() = 0;
  /// Fields: id accountId createdDate amount transactionType description idempotencyKey orderId.
  /// The amount is what the balance changed by: signed for ADJUST, else without its sign (U20).
  /// Only those with a transaction type.
  virtual Page<EntryRow> transactions(const Query& query) = 0;
  virtual std::int64_t count_transactions(const Filter& filter) = 0;
  /// What moved from each border on and before the next one. Requires: ascending, at least two.
  virtual PointFlows flows(const std::vector<Instant>& borders) = 0;

  // --- keys
  virtual std::optional<Remembered> remembered(std::string_view scope, std::string_view key) = 0;
  /// Throws Duplicate.
  virtual void remember(std::string_view scope, std::string_view key, const Remembered& answer,
                        Instant now) = 0;
  /// Removes answers older than `before`, not those of the ledger's natural keys. Returns how many.
  virtual std::int64_t forget(Instant before, std::size_t limit) = 0;
  /// Takes a natural key for ever: ("earn", "rule:order") -> value. False where it is taken.
  virtual bool claim(std::string_view scope, std::string_view key, std::string_view value) = 0;
  virtual std::optional<std::string> claimed(std::string_view scope, std::string_view key) = 0;
  virtual void change_claim(std::string_view scope, std::string_view key,
                            std::string_view value) = 0;

  // --- events
  virtual std::int64_t emit(const EventRow& event) = 0;
  virtual std::vector<EventRow> events(std::int64_t after, std::size_t limit) = 0;
  /// The sequence of the last event; 0 before the first.
  virtual std::int64_t last_event() = 0;

  /// Runs `work` so that all its writes are undone where it throws; what it throws goes on.
  virtual void attempt(const std::function<void()>& work) = 0;
};

}  // namespace loyalty::store
