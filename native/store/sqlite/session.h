#pragma once

#include "native/store/session.h"
#include "native/store/sqlite/connection.h"

namespace loyalty::store::sqlite {

/// A session on a connection that is in a transaction.
class SqliteSession final : public Session {
 public:
  SqliteSession(Connection& connection, TenantId tenant)
      : connection_{connection}, tenant_{tenant} {}

  TenantId tenant() const override { return tenant_; }
  void attempt(const std::function<void()>& work) override;

  // documents.cpp
  std::optional<Document> get(Kind kind, std::string_view id) override;
  std::optional<Document> find(Kind kind, std::string_view key, std::string_view value) override;
  std::vector<Document> all(Kind kind) override;
  Page<Document> page(Kind kind, const Query& query) override;
  std::int64_t count(Kind kind, const Filter& filter) override;
  void insert(Kind kind, const Document& document) override;
  void update(Kind kind, const Document& document) override;
  bool remove(Kind kind, std::string_view id) override;

  // accounts.cpp
  std::optional<AccountRow> account(std::string_view id) override;
  std::optional<AccountRow> account_of_contact(std::string_view contact_id) override;
  std::optional<AccountRow> account_of_member(std::string_view member_id) override;
  Page<AccountRow> accounts(const Query& query) override;
  std::vector<AccountRow> accounts_after(std::string_view id, std::size_t limit) override;
  std::int64_t count_accounts(const Filter& filter) override;
  std::vector<ValueCount> count_by(const FieldRef& field, const Filter& filter,
                                   std::size_t limit) override;
  ProgramTotals totals() override;
  void each_account(bool with_state, const std::function<void(const AccountPoints&)>& see) override;
  void insert(const AccountRow& row) override;
  void update(const AccountRow& row, std::int64_t revision_before) override;
  std::vector<std::string> due_accounts(Instant now, std::size_t limit) override;
  std::optional<Instant> next_due() override;

  // ledger.cpp
  std::optional<ItemRow> item(std::string_view key) override;
  std::vector<ItemRow> items(std::string_view account_id) override;
  void put(const ItemRow& row) override;
  void append(const EntryRow& row) override;
  std::optional<EntryRow> entry(std::string_view id) override;
  std::vector<EntryRow> entries(std::string_view account_id, std::int64_t after_sequence,
                                std::size_t limit) override;
  std::int64_t count_entries() override;
  Page<EntryRow> transactions(const Query& query) override;
  std::int64_t count_transactions(const Filter& filter) override;
  PointFlows flows(const std::vector<Instant>& borders) override;

  // keys.cpp
  std::optional<Remembered> remembered(std::string_view scope, std::string_view key) override;
  void remember(std::string_view scope, std::string_view key, const Remembered& answer,
                Instant now) override;
  std::int64_t forget(Instant before, std::size_t limit) override;
  bool claim(std::string_view scope, std::string_view key, std::string_view value) override;
  std::optional<std::string> claimed(std::string_view scope, std::string_view key) override;
  void change_claim(std::string_view scope, std::string_view key, std::string_view value) override;

  // events.cpp
  std::int64_t emit(const EventRow& event) override;
  std::vector<EventRow> events(std::int64_t after, std::size_t limit) override;
  std::int64_t last_event() override;

 private:
  Connection& connection_;
  TenantId tenant_;
};

}  // namespace loyalty::store::sqlite
