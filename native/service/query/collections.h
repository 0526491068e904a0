#pragma once

#include "native/service/query/fields.h"

/// The fields by which each collection of the public API is filtered and sorted.
namespace loyalty::service::collections {

using store::ValueType;

inline constexpr std::uint8_t id_operators =
    operators::equality | operators::order | operators::text;
inline constexpr std::uint8_t text_operators = id_operators;
inline constexpr std::uint8_t range_operators = operators::equality | operators::order;
inline constexpr std::uint8_t enum_operators = operators::equality;

/// A field that requests and stores call by the same name.
constexpr QueryField field(std::string_view name, ValueType type, std::uint8_t allowed,
                           bool aggregated = false) {
  return {name, {name, type}, allowed, true, aggregated};
}
constexpr QueryField id_field(std::string_view name, bool aggregated = false) {
  return field(name, ValueType::text, id_operators, aggregated);
}
constexpr QueryField integer_field(std::string_view name, bool aggregated = false) {
  return field(name, ValueType::integer, range_operators, aggregated);
}
constexpr QueryField instant_field(std::string_view name, bool aggregated = false) {
  return field(name, ValueType::instant, range_operators, aggregated);
}
constexpr QueryField enum_field(std::string_view name) {
  return field(name, ValueType::text, enum_operators);
}

inline constexpr store::Sort newest_first{{"createdDate", ValueType::instant}, true};

inline constexpr QueryField account_fields[] = {
    id_field("id"),
    id_field("contactId"),
    id_field("memberId"),
    id_field("tier.id", true),
    id_field("contact.id", true),
    id_field("contact.name"),
    id_field("contact.email"),
    id_field("contact.displayName"),
    integer_field("points.balance", true),
    integer_field("points.earned", true),
    integer_field("points.adjusted", true),
    integer_field("points.redeemed", true),
    integer_field("points.expired", true),
    integer_field("pointsExpiration.expiringPointsAmount", true),
    instant_field("pointsExpiration.expirationDate", true),
    instant_field("createdDate", true),
    instant_field("updatedDate", true),
    instant_field("lastActivityDate", true),
    field("rewardAvailable", ValueType::boolean, enum_operators, true),
};
inline constexpr Collection accounts{"accounts", account_fields, newest_first};

inline constexpr std::string_view account_texts[] = {"contact.email", "contact.name"};
inline constexpr Collection account_search{"accountSearch", account_fields, newest_first, 10,
                                           account_texts};

inline constexpr QueryField transaction_fields[] = {
    id_field("id"),
    id_field("accountId"),
    id_field("description"),
    id_field("idempotencyKey"),
    id_field("orderId"),
    integer_field("amount"),
    instant_field("createdDate"),
    enum_field("transactionType"),
};
inline constexpr Collection transactions{"transactions", transaction_fields, newest_first};

inline constexpr QueryField coupon_fields[] = {
    id_field("id"),
    id_field("accountId"),
    id_field("memberId"),
    id_field("transactionId"),
    id_field("rewardName"),
    {"couponReference", {"couponReference", ValueType::text}, operators::exists, false},
    id_field("couponReference.couponId"),
    id_field("couponReference.code"),
    id_field("couponReference.name"),
    enum_field("status"),
    instant_field("createdDate"),
    instant_field("updatedDate"),
};
inline constexpr Collection coupons{"coupons", coupon_fields, newest_first, 5, {}, true};

inline constexpr QueryField checkout_discount_fields[] = {
    id_field("id"),
    id_field("checkoutId"),
    enum_field("status"),
    instant_field("createdDate"),
};
inline constexpr Collection checkout_discounts{"checkoutDiscounts", checkout_discount_fields,
                                               newest_first};

inline constexpr QueryField import_fields[] = {
    id_field("id"),
    enum_field("status"),
    instant_field("createdDate"),
    instant_field("updatedDate"),
};
inline constexpr Collection imports{"imports", import_fields, newest_first};

inline constexpr QueryField reward_fields[] = {
    id_field("id"),
    id_field("name"),
    enum_field("type"),
    field("active", ValueType::boolean, enum_operators),
    instant_field("createdDate"),
    instant_field("updatedDate"),
};
inline constexpr Collection rewards{"rewards", reward_fields, newest_first};

inline constexpr QueryField contact_fields[] = {
    id_field("id"),
    id_field("email"),
    id_field("name"),
    id_field("memberId"),
    instant_field("createdDate"),
    instant_field("updatedDate"),
};
inline constexpr Collection contacts{"contacts", contact_fields, newest_first};

inline constexpr QueryField order_fields[] = {
    id_field("id"),
    id_field("contactId"),
    enum_field("status"),
    enum_field("paymentStatus"),
    instant_field("createdDate"),
};
inline constexpr Collection orders{"orders", order_fields, newest_first};

inline constexpr QueryField order_request_fields[] = {
    id_field("id"),
    instant_field("createdDate"),
};
inline constexpr Collection order_requests{"orderRequests", order_request_fields, newest_first};

inline constexpr QueryField referral_reward_fields[] = {
    id_field("id"),
    id_field("contactId"),
    enum_field("status"),
    instant_field("createdDate"),
    instant_field("updatedDate"),
};
inline constexpr Collection referral_rewards{"referralRewards", referral_reward_fields,
                                             newest_first};

}  // namespace loyalty::service::collections
