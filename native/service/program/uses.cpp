#include "native/service/program/uses.h"

#include <algorithm>
#include <charconv>
#include <string>

namespace loyalty::service {
namespace {

constexpr std::string_view all_scope = "promotion-uses";
constexpr std::string_view contact_scope = "promotion-uses-by";

std::string of_contact(std::string_view promotion_id, std::string_view contact_id) {
  return std::string{promotion_id} + "/" + std::string{contact_id};
}

/// `3 1500`: times and minor units.
Uses read(store::Session& session, std::string_view scope, std::string_view key) {
  const std::optional<std::string> text = session.claimed(scope, key);
  if (!text) {
    return {};
  }
  Uses uses;
  std::int64_t minor = 0;
  const char* const end = text->data() + text->size();
  const std::from_chars_result times = std::from_chars(text->data(), end, uses.times);
  std::from_chars(std::min(times.ptr + 1, end), end, minor);
  uses.amount = Money::minor(minor);
  return uses;
}

void add(Call& call, std::string_view scope, std::string_view key, const Uses& change) {
  const Uses before = read(call.store, scope, key);
  const std::string next =
      std::to_string(std::max<std::int64_t>(0, before.times + change.times)) + " " +
      std::to_string(max(no_money, before.amount + change.amount).minor_units());
  if (!call.store.claim(scope, key, next)) {
    call.store.change_claim(scope, key, next);
  }
}

/// Leaves a limit out unless nothing is left of it.
void put_count(Json& limits, const char* name, std::int64_t used) {
  if (!limits.contains(name)) {
    return;
  }
  if (wire::integer_at(limits, name) > used) {
    limits.erase(name);
  } else {
    limits[name] = 0;
  }
}

}  // namespace

Uses uses_of(store::Session& session, std::string_view promotion_id) {
  return read(session, all_scope, promotion_id);
}

std::int64_t uses_by(store::Session& session, std::string_view promotion_id,
                     std::string_view contact_id) {
  return read(session, contact_scope, of_contact(promotion_id, contact_id)).times;
}

void change_uses(Call& call, std::string_view promotion_id, std::string_view contact_id,
                 const Uses& change) {
  add(call, all_scope, promotion_id, change);
  if (!contact_id.empty()) {
    add(call, contact_scope, of_contact(promotion_id, contact_id), change);
  }
}

void put_left(store::Session& session, std::string_view contact_id, Json& promotion) {
  if (!wire::member(promotion, "limits").is_object()) {
    return;
  }
  const std::string id = wire::text_at(promotion, "id");
  Json& limits = promotion["limits"];
  const Uses all = uses_of(session, id);
  put_count(limits, "usesLeft", all.times);
  put_count(limits, "usesLeftForCustomer",
            contact_id.empty() ? 0 : uses_by(session, id, contact_id));
  if (limits.contains("budgetLeft")) {
    limits["budgetLeft"] = std::max<std::int64_t>(
        0, wire::integer_at(limits, "budgetLeft") - all.amount.minor_units());
  }
  if (limits.empty()) {
    promotion.erase("limits");
  }
}

}  // namespace loyalty::service
