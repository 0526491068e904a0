#include <string>

#include "native/store/sqlite/seal.h"
#include "native/store/sqlite/select.h"
#include "native/store/sqlite/session.h"

namespace loyalty::store::sqlite {
namespace {

constexpr std::string_view columns =
    "id, contact_id, member_id, revision, sequence, created, updated, available, held,"
    " earned, adjusted, redeemed, expired, below_zero_allowed, tier_id, tier_points,"
    " tier_updated, last_activity, expires_at, expiring, reward_available, due,"
    " contact_name, contact_email, contact_picture, merged_into, chain, latest, state, seal";
constexpr int column_count = 30;

Collection account_collection() {
  return {columns, column_count, "account WHERE tenant = ? AND merged_into IS NULL",
          account_column};
}

std::int64_t seal_of(const AccountRow& row) {
  return sqlite::seal_of(
      row.id, row.contact_id, row.member_id, row.revision, row.sequence, row.created, row.updated,
      row.available, row.held, row.earned, row.adjusted, row.redeemed, row.expired,
      row.below_zero_allowed, row.tier_id, row.tier_points, row.tier_updated, row.last_activity,
      row.expires_at, row.expiring, row.reward_available, row.due, row.contact_name,
      row.contact_email, row.contact_picture, row.merged_into, row.chain, row.latest, row.state);
}

AccountRow read_account(const Cursor& cursor) {
  Columns next{cursor};
  AccountRow row;
  row.id = next.text();
  row.contact_id = next.text();
  row.member_id = next.text();
  row.revision = next.integer();
  row.sequence = next.integer();
  row.created = next.instant();
  row.updated = next.instant();
  row.available = next.points();
  row.held = next.points();
  row.earned = next.points();
  row.adjusted = next.points();
  row.redeemed = next.points();
  row.expired = next.points();
  row.below_zero_allowed = next.truth();
  row.tier_id = next.text();
  row.tier_points = next.points();
  row.tier_updated = next.instant_or_none();
  row.last_activity = next.instant_or_none();
  row.expires_at = next.instant_or_none();
  row.expiring = next.points();
  row.reward_available = next.truth();
  row.due = next.instant_or_none();
  row.contact_name = next.text();
  row.contact_email = next.text();
  row.contact_picture = next.text();
  row.merged_into = next.text();
  row.chain = next.bytes32();
  row.latest = next.text();
  row.state = next.text();
  require_seal(next.integer(), seal_of(row));
  return row;
}

std::optional<AccountRow> read_one(Cursor&& cursor) {
  return cursor.next() ? std::optional{read_account(cursor)} : std::nullopt;
}

std::optional<std::string> text_of(const Cursor& row, Column::Stored stored) {
  if (row.is_null(0)) {
    return std::nullopt;
  }
  switch (stored) {
    case Column::Stored::instant:
      return instant_text(row.integer(0));
    case Column::Stored::boolean:
      return row.integer(0) != 0 ? "true" : "false";
    default:
      return row.text(0);
  }
}

}  // namespace

std::optional<AccountRow> SqliteSession::account(std::string_view id) {
  return read_one(connection_.query(
      "SELECT id, contact_id, member_id, revision, sequence, created, updated, available,"
      " held, earned, adjusted, redeemed, expired, below_zero_allowed, tier_id, tier_points,"
      " tier_updated, last_activity, expires_at, expiring, reward_available, due,"
      " contact_name, contact_email, contact_picture, merged_into, chain, latest, state, seal FROM"
      " account WHERE tenant = ? AND id = ?",
      tenant_, id));
}

std::optional<AccountRow> SqliteSession::account_of_contact(std::string_view contact_id) {
  return read_one(connection_.query(
      "SELECT id, contact_id, member_id, revision, sequence, created, updated, available,"
      " held, earned, adjusted, redeemed, expired, below_zero_allowed, tier_id, tier_points,"
      " tier_updated, last_activity, expires_at, expiring, reward_available, due,"
      " contact_name, contact_email, contact_picture, merged_into, chain, latest, state, seal FROM"
      " account WHERE tenant = ? AND contact_id = ?",
      tenant_, contact_id));
}

std::optional<AccountRow> SqliteSession::account_of_member(std::string_view member_id) {
  return read_one(connection_.query(
      "SELECT id, contact_id, member_id, revision, sequence, created, updated, available,"
      " held, earned, adjusted, redeemed, expired, below_zero_allowed, tier_id, tier_points,"
      " tier_updated, last_activity, expires_at, expiring, reward_available, due,"
      " contact_name, contact_email, contact_picture, merged_into, chain, latest, state, seal FROM"
      " account WHERE tenant = ? AND member_id = ?",
      tenant_, member_id));
}

Page<AccountRow> SqliteSession::accounts(const Query& query) {
  return read_page(connection_, account_collection(), tenant_, query, read_account);
}

std::vector<AccountRow> SqliteSession::accounts_after(std::string_view id, std::size_t limit) {
  Cursor rows = connection_.query(
      "SELECT id, contact_id, member_id, revision, sequence, created, updated, available,"
      " held, earned, adjusted, redeemed, expired, below_zero_allowed, tier_id, tier_points,"
      " tier_updated, last_activity, expires_at, expiring, reward_available, due,"
      " contact_name, contact_email, contact_picture, merged_into, chain, latest, state, seal FROM"
      " account WHERE tenant = ? AND id > ? ORDER BY id LIMIT ?",
      tenant_, id, static_cast<std::int64_t>(limit));
  std::vector<AccountRow> found;
  while (rows.next()) {
    found.push_back(read_account(rows));
  }
  return found;
}

std::int64_t SqliteSession::count_accounts(const Filter& filter) {
  return read_count(connection_, select_count(account_collection(), tenant_, filter));
}

std::vector<ValueCount> SqliteSession::count_by(const FieldRef& field, const Filter& filter,
                                                std::size_t limit) {
  const Selection selection = select_count_by(account_collection(), tenant_, field, filter, limit);
  const Column::Stored stored = account_column(field).stored;
  Cursor rows = connection_.query_built(selection.sql, selection.values);
  std::vector<ValueCount> found;
  while (rows.next()) {
    found.push_back({text_of(rows, stored), rows.integer(1)});
  }
  return found;
}

ProgramTotals SqliteSession::totals() {
  ProgramTotals totals;
  {
    Cursor sums = connection_.query(
        "SELECT sum(available), sum(earned), sum(adjusted), sum(redeemed), sum(expired), sum(held)"
        " FROM account WHERE tenant = ?",
        tenant_);
    if (sums.next()) {
      Columns next{sums};
      totals.balance = next.points();
      totals.earned = next.points();
      totals.adjusted = next.points();
      totals.redeemed = next.points();
      totals.expired = next.points();
      totals.held = next.points();
    }
  }
  Cursor tiers = connection_.query(
      "SELECT tier_id, count(*) FROM account WHERE tenant = ? AND merged_into IS NULL"
      " GROUP BY tier_id ORDER BY tier_id",
      tenant_);
  while (tiers.next()) {
    totals.accounts_by_tier.emplace_back(tiers.text(0), tiers.integer(1));
  }
  return totals;
}

void SqliteSession::each_account(bool with_state,
                                 const std::function<void(const AccountPoints&)>& see) {
  Cursor rows = connection_.query(
      "SELECT id, coalesce(contact_name, contact_email), tier_id, available, tier_points,"
      " expires_at, expiring, iif(?, state, NULL) FROM account"
      " WHERE tenant = ? AND merged_into IS NULL",
      with_state, tenant_);
  while (rows.next()) {
    Columns next{rows};
    const std::string id = next.text();
    const std::string name = next.text();
    const std::string tier_id = next.text();
    AccountPoints account;
    account.id = id;
    account.name = name;
    account.tier_id = tier_id;
    account.available = next.points();
    account.tier_points = next.points();
    account.expires_at = next.instant_or_none();
    account.expiring = next.points();
    const std::string state = next.text();
    account.state = state;
    see(account);
  }
}

void SqliteSession::insert(const AccountRow& row) {
  connection_.execute(
      "INSERT INTO account (tenant, id, contact_id, member_id, revision, sequence, created,"
      " updated, available, held, earned, adjusted, redeemed, expired, below_zero_allowed,"
      " tier_id, tier_points, tier_updated, last_activity, expires_at, expiring,"
      " reward_available, due, contact_name, contact_email, contact_picture, merged_into,"
      " chain, latest, state, seal) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
      "?,"
      " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      tenant_, row.id, OrNull{row.contact_id}, OrNull{row.member_id}, row.revision, row.sequence,
      row.created, row.updated, row.available, row.held, row.earned, row.adjusted, row.redeemed,
      row.expired, row.below_zero_allowed, OrNull{row.tier_id}, row.tier_points, row.tier_updated,
      row.last_activity, row.expires_at, row.expiring, row.reward_available, row.due,
      OrNull{row.contact_name}, OrNull{row.contact_email}, OrNull{row.contact_picture},
      OrNull{row.merged_into}, row.chain, OrNull{row.latest}, row.state, seal_of(row));
}

void SqliteSession::update(const AccountRow& row, std::int64_t revision_before) {
  // Setting an indexed column rewrites its index, changed or not: most updates leave these alone.
  const std::int64_t alike = connection_.execute(
      "UPDATE account SET revision = ?, sequence = ?, updated = ?, available = ?, held = ?,"
      " earned = ?, adjusted = ?, redeemed = ?, expired = ?, below_zero_allowed = ?, tier_id"
      " = ?, tier_points = ?, tier_updated = ?, last_activity = ?, expires_at = ?, expiring ="
      " ?, reward_available = ?, contact_name = ?, contact_email = ?, contact_picture = ?,"
      " merged_into = ?, chain = ?, latest = ?, state = ?, seal = ? WHERE tenant = ? AND id = ? AND"
      " revision = ? AND contact_id IS ? AND member_id IS ? AND created = ? AND due IS ?",
      row.revision, row.sequence, row.updated, row.available, row.held, row.earned, row.adjusted,
      row.redeemed, row.expired, row.below_zero_allowed, OrNull{row.tier_id}, row.tier_points,
      row.tier_updated, row.last_activity, row.expires_at, row.expiring, row.reward_available,
      OrNull{row.contact_name}, OrNull{row.contact_email}, OrNull{row.contact_picture},
      OrNull{row.merged_into}, row.chain, OrNull{row.latest}, row.state, seal_of(row), tenant_,
      row.id, revision_before, OrNull{row.contact_id}, OrNull{row.member_id}, row.created, row.due);
  if (alike == 1) {
    return;
  }
  const std::int64_t changed = connection_.execute(
      "UPDATE account SET contact_id = ?, member_id = ?, revision = ?, sequence = ?, created"
      " = ?, updated = ?, available = ?, held = ?, earned = ?, adjusted = ?, redeemed = ?,"
      " expired = ?, below_zero_allowed = ?, tier_id = ?, tier_points = ?, tier_updated = ?,"
      " last_activity = ?, expires_at = ?, expiring = ?, reward_available = ?, due = ?,"
      " contact_name = ?, contact_email = ?, contact_picture = ?, merged_into = ?, chain = ?,"
      " latest = ?, state = ?, seal = ? WHERE tenant = ? AND id = ? AND revision = ?",
      OrNull{row.contact_id}, OrNull{row.member_id}, row.revision, row.sequence, row.created,
      row.updated, row.available, row.held, row.earned, row.adjusted, row.redeemed, row.expired,
      row.below_zero_allowed, OrNull{row.tier_id}, row.tier_points, row.tier_updated,
      row.last_activity, row.expires_at, row.expiring, row.reward_available, row.due,
      OrNull{row.contact_name}, OrNull{row.contact_email}, OrNull{row.contact_picture},
      OrNull{row.merged_into}, row.chain, OrNull{row.latest}, row.state, seal_of(row), tenant_,
      row.id, revision_before);
  if (changed != 1) {
    throw Conflict{"the account is another by now"};
  }
}

std::vector<std::string> SqliteSession::due_accounts(Instant now, std::size_t limit) {
  Cursor rows =
      connection_.query("SELECT id FROM account WHERE tenant = ? AND due <= ? ORDER BY due LIMIT ?",
                        tenant_, now, static_cast<std::int64_t>(limit));
  std::vector<std::string> found;
  while (rows.next()) {
    found.push_back(rows.text(0));
  }
  return found;
}

std::optional<Instant> SqliteSession::next_due() {
  Cursor row = connection_.query(
      "SELECT min(due) FROM account WHERE tenant = ? AND due IS NOT NULL", tenant_);
  return row.next() ? row.instant_or_none(0) : std::nullopt;
}

}  // namespace loyalty::store::sqlite
