#include "core/json/decode_parts.h"

namespace loyalty {
namespace {

using namespace shapes;

constexpr Range code_bytes{0, limits::id_bytes_max};
constexpr Range coupons_count{0, limits::owned_coupons_max};
constexpr Range tags_count{0, limits::scope_tags_max};

constexpr FieldShape coupon_fields[] = {
    needed(text("id", LOYALTY_MEMBER(Coupon, id), bounds::id)),
    text("code", LOYALTY_MEMBER(Coupon, code), code_bytes),
    revision("revision", LOYALTY_MEMBER(Coupon, revision)),
    needed(one_of("status", LOYALTY_MEMBER(Coupon, status), names_of<names::coupon_status>)),
    text("name", LOYALTY_MEMBER(Coupon, name), bounds::name),
    instant("expiresAt", LOYALTY_MEMBER(Coupon, expires_at)),
    object("conditions", LOYALTY_MEMBER(Coupon, conditions), conditions_shape),
    boolean("exclusive", LOYALTY_MEMBER(Coupon, exclusive)),
    needed(list("effects", LOYALTY_MEMBER(Coupon, effects), effects_list, bounds::effects)),
};
constexpr Shape coupon_shape = of<Coupon, coupon_fields>();
constexpr ListShape coupons_list = unique_list_of<Coupon>(coupon_shape);

constexpr FieldShape account_fields[] = {
    needed(text("id", LOYALTY_MEMBER(Account, id), bounds::id)),
    revision("revision", LOYALTY_MEMBER(Account, revision)),
    needed(integer("available", LOYALTY_MEMBER(Account, available), ranges::points)),
    integer("held", LOYALTY_MEMBER(Account, held), ranges::points),
    integer("pending", LOYALTY_MEMBER(Account, pending), ranges::points),
    text("tierId", LOYALTY_MEMBER(Account, tier), bounds::id),
    integer("tierPoints", LOYALTY_MEMBER(Account, tier_points), ranges::points),
    list("customerTags", LOYALTY_MEMBER(Account, customer_tags), texts_of<std::string_view>,
         tags_count),
    integer("orderNumber", LOYALTY_MEMBER(Account, order_number), bounds::order_number),
    list("coupons", LOYALTY_MEMBER(Account, coupons), coupons_list, coupons_count),
    list("referralRewards", LOYALTY_MEMBER(Account, referral_rewards), coupons_list, coupons_count),
};

}  // namespace

constexpr Shape account_shape = of<Account, account_fields>();

}  // namespace loyalty
