#include "native/store/sqlite/fields.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <stdexcept>
#include <string_view>

#include "core/base/instant.h"

namespace loyalty::store::sqlite {
namespace {

struct Known {
  std::string_view path;
  const char* sql;
  Column::Stored stored;
};

using enum Column::Stored;

constexpr Known document_fields[] = {
    {"id", "id", text},
    {"revision", "revision", integer},
    {"createdDate", "created", instant},
    {"updatedDate", "updated", instant},
};

constexpr Known account_fields[] = {
    {"id", "id", text},
    {"contactId", "contact_id", text},
    {"memberId", "member_id", text},
    {"tier.id", "tier_id", text},
    {"revision", "revision", integer},
    {"createdDate", "created", instant},
    {"updatedDate", "updated", instant},
    {"lastActivityDate", "last_activity", instant},
    {"points.balance", "available", integer},
    {"points.earned", "earned", integer},
    {"points.adjusted", "adjusted", integer},
    {"points.redeemed", "redeemed", integer},
    {"points.expired", "expired", integer},
    {"pointsExpiration.expirationDate", "expires_at", instant},
    {"pointsExpiration.expiringPointsAmount", "expiring", integer},
    {"contact.id", "contact_id", text},
    {"contact.name", "contact_name", text},
    {"contact.email", "contact_email", text},
    {"contact.displayName", "coalesce(contact_name, contact_email)", text},
    {"rewardAvailable", "reward_available", boolean},
};

constexpr Known transaction_fields[] = {
    {"id", "id", text},
    {"accountId", "account", text},
    {"createdDate", "at", instant},
    // As the API shows it: what the balance changed by, signed where staff adjusted it (U20).
    {"amount", "iif(transaction_type = 'ADJUST', member_available, abs(member_available))",
     integer},
    {"transactionType", "transaction_type", text},
    {"description", "description", text},
    {"idempotencyKey", "idempotency_key", text},
    {"orderId",
     "coalesce(info ->> '$.orderId', info ->> '$.earnInfo.orderId', info ->> "
     "'$.redeemInfo.orderId',"
     " info ->> '$.refundInfo.orderId')",
     text},
};

const Known* find(std::span<const Known> fields, std::string_view path) {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&](const Known& known) { return known.path == path; });
  return found == fields.end() ? nullptr : &*found;
}

Column column_of(std::span<const Known> fields, std::string_view path) {
  const Known* known = find(fields, path);
  if (known == nullptr) {
    throw std::logic_error{"no such field: " + std::string{path}};
  }
  return {known->sql, known->stored};
}

/// Names of letters, digits and underscores, joined by dots: nothing that SQL could mistake.
bool is_path(std::string_view path) {
  const auto is_name = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  char before = '.';
  for (const char c : path) {
    if (!is_name(c) && (c != '.' || before == '.')) {
      return false;
    }
    before = c;
  }
  return before != '.';
}

Column::Stored stored_in_body(ValueType type) {
  switch (type) {
    case ValueType::text:
      return text;
    case ValueType::integer:
      return integer;
    case ValueType::boolean:
      return boolean;
    case ValueType::instant:
      return instant_text;
  }
  throw std::logic_error{"no such type of values"};
}

}  // namespace

Column document_column(const FieldRef& field) {
  if (find(document_fields, field.path) != nullptr) {
    return column_of(document_fields, field.path);
  }
  if (!is_path(field.path)) {
    throw std::logic_error{"no path: " + std::string{field.path}};
  }
  // Written as in the indexes of the schema, which only serve the very same expression.
  return {"body ->> '$." + std::string{field.path} + "'", stored_in_body(field.type)};
}

Column account_column(const FieldRef& field) { return column_of(account_fields, field.path); }

Column transaction_column(const FieldRef& field) {
  return column_of(transaction_fields, field.path);
}

std::string instant_text(std::int64_t ms) {
  const std::int64_t in_range = std::clamp(ms, Instant::min().ms(), Instant::max().ms());
  char digits[instant_text_bytes];
  const int size = format_instant(Instant::from_ms(in_range), digits);
  std::string text{digits, static_cast<std::size_t>(size)};
  if (in_range % 1'000 == 0) {
    text.insert(text.size() - 1, ".000");
  }
  return text;
}

}  // namespace loyalty::store::sqlite
