#include "core/json/decode_parts.h"

namespace loyalty {
namespace {

constexpr FieldNames account_fields{"id",          "revision", "available",      "held",
                                    "pending",     "tierId",   "tierPoints",     "customerTags",
                                    "orderNumber", "coupons",  "referralRewards"};
constexpr FieldNames coupon_fields{"id",        "code",       "revision",  "status", "name",
                                   "expiresAt", "conditions", "exclusive", "effects"};

void decode_coupon(Decoder& decoder, Tape::Position at, Coupon& coupon) {
  const Fields<coupon_fields> in{decoder, at, Unknown::ignored};
  if (!in.is_object()) {
    return;
  }
  decoder.need(in.at<"id">(), coupon.id);
  decoder.read(in.at<"code">(), coupon.code, TextRule{0, limits::id_bytes_max});
  decoder.read_revision(in.at<"revision">(), coupon.revision);
  decoder.need_name(in.at<"status">(), coupon.status, names::coupon_status);
  decoder.read(in.at<"name">(), coupon.name, name_text);
  decoder.read(in.at<"expiresAt">(), coupon.expires_at);
  decode_conditions(decoder, in.at<"conditions">(), coupon.conditions, Unknown::ignored);
  decoder.read(in.at<"exclusive">(), coupon.exclusive);
  const Field effects = in.at<"effects">();
  if (!effects) {
    decoder.fail(ErrorCode::missing_field, at, "effects");
  }
  decode_effects(decoder, effects, coupon.effects, {Unknown::ignored, std::nullopt});
}

void decode_coupons(Decoder& decoder, const Field& field, std::span<const Coupon>& coupons) {
  decoder.read_list(field, coupons, {limits::owned_coupons_max},
                    [&](Tape::Position at, Coupon& coupon) { decode_coupon(decoder, at, coupon); });
  decoder.check_unique(field, coupons, "id", [](const Coupon& c) { return c.id.text(); });
}

}  // namespace

void decode_account(Decoder& decoder, Tape::Position at, Account& account) {
  const Fields<account_fields> in{decoder, at, Unknown::ignored};
  if (!in.is_object()) {
    return;
  }
  decoder.need(in.at<"id">(), account.id);
  decoder.read_revision(in.at<"revision">(), account.revision);
  decoder.need(in.at<"available">(), account.available);
  decoder.read(in.at<"held">(), account.held);
  decoder.read(in.at<"pending">(), account.pending);
  decoder.read(in.at<"tierId">(), account.tier);
  decoder.read(in.at<"tierPoints">(), account.tier_points);
  decoder.read(in.at<"customerTags">(), account.customer_tags, ListRule{limits::scope_tags_max});
  decoder.read(in.at<"orderNumber">(), account.order_number, Range{1, ranges::count.max});
  decode_coupons(decoder, in.at<"coupons">(), account.coupons);
  decode_coupons(decoder, in.at<"referralRewards">(), account.referral_rewards);
}

}  // namespace loyalty
