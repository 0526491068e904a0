#include "native/store/sqlite/seal.h"
#include "native/store/sqlite/session.h"

namespace loyalty::store::sqlite {
namespace {

/// Without the number, which the store gives: that it has no gap is what checks it.
std::int64_t seal_of(const EventRow& event) {
  return sqlite::seal_of(event.id, event.fqdn, event.slug, event.entity_id, event.at, event.body);
}

}  // namespace

std::int64_t SqliteSession::emit(const EventRow& event) {
  // Two statements, because RETURNING makes a table of its own each time.
  const std::int64_t sequence = last_event() + 1;
  connection_.execute(
      "INSERT INTO event (tenant, seq, id, fqdn, slug, entity, at, body, seal)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      tenant_, sequence, event.id, event.fqdn, event.slug, event.entity_id, event.at, event.body,
      seal_of(event));
  return sequence;
}

std::int64_t SqliteSession::last_event() {
  Cursor last = connection_.query("SELECT max(seq) FROM event WHERE tenant = ?", tenant_);
  return last.next() ? last.integer(0) : 0;
}

std::vector<EventRow> SqliteSession::events(std::int64_t after, std::size_t limit) {
  Cursor rows = connection_.query(
      "SELECT seq, id, fqdn, slug, entity, at, body, seal FROM event WHERE tenant = ? AND seq > ?"
      " ORDER BY seq LIMIT ?",
      tenant_, after, static_cast<std::int64_t>(limit));
  std::vector<EventRow> found;
  while (rows.next()) {
    Columns next{rows};
    EventRow event;
    event.sequence = next.integer();
    event.id = next.text();
    event.fqdn = next.text();
    event.slug = next.text();
    event.entity_id = next.text();
    event.at = next.instant();
    event.body = next.text();
    require_seal(next.integer(), seal_of(event));
    found.push_back(std::move(event));
  }
  return found;
}

}  // namespace loyalty::store::sqlite
