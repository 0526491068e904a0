#include "native/service/accounts/schemas.h"

#include "core/base/limits.h"
#include "core/ledger/command.h"

namespace loyalty::service {
namespace {

using namespace wire;

constexpr std::int64_t most = limits::points_max;

Schema points() { return integer(-most, most); }
Schema total() { return integer(INT64_MIN, INT64_MAX); }
Schema revision() { return integer_text(1, INT64_MAX); }

Schema transaction_types() {
  return enumeration({"UNKNOWN", "EARN", "REDEEM", "ADJUST", "REFUND", "EXPIRE"});
}

}  // namespace

Schema account_schema() {
  const Schema totals = object({required("balance", points()), required("earned", total()),
                                required("adjusted", total()), required("redeemed", total()),
                                required("expired", total()), required("held", points())});
  const Schema tier = object(
      {optional("id", guid()), optional("updatedDate", timestamp()), required("points", points())});
  const Schema contact =
      object({optional("id", guid()), optional("name", text(0, 0)), optional("picture", text(0, 0)),
              optional("email", text(0, 0)), optional("displayName", text(0, 0))});
  const Schema expiration =
      object({required("expirationDate", timestamp()), required("expiringPointsAmount", points())});
  const Schema latest = object(
      {required("id", guid()), required("amount", points()), required("type", transaction_types()),
       optional("description", text(0, 0)), required("createdDate", timestamp()),
       optional("appId", text(0, 0)), optional("idempotencyKey", text(0, 0))});
  return object({required("id", guid()), required("contactId", guid()),
                 optional("memberId", guid()), required("points", totals),
                 required("rewardAvailable", boolean()), required("createdDate", timestamp()),
                 required("updatedDate", timestamp()), optional("lastActivityDate", timestamp()),
                 optional("lastQualifyingActivityDate", timestamp()),
                 required("revision", revision()), required("tier", tier),
                 required("contact", contact), optional("pointsExpiration", expiration),
                 optional("latestTransaction", latest)});
}

Schema transaction_schema() {
  const Schema earn =
      object({required("appId", text(1, 0)), optional("activityType", text(0, 100)),
              optional("orderId", text(0, 512)),
              optional("followedSocialMedia", object({optional("channel", text(0, 32))}))});
  const Schema redeem = object({optional("rewardId", guid()), optional("rewardType", text(0, 0)),
                                optional("referenceEntityId", text(0, 0))})
                            .open();
  const Schema adjust = object({required("appId", text(1, 0)), required("amountBefore", points()),
                                required("amountAfter", points())})
                            .open();
  const Schema refund =
      object({required("appId", text(1, 0)), optional("refundedTransactionId", guid())}).open();
  const Schema expire =
      object({required("amountBefore", points()), required("amountAfter", points())});
  return object(
      {required("id", guid()), required("accountId", guid()), required("createdDate", timestamp()),
       required("amount", points()), required("transactionType", transaction_types()),
       optional("description", text(0, 0)), optional("idempotencyKey", text(0, 0)),
       required("balanceDelta", points()), required("balanceAfter", points()),
       optional("earnInfo", earn), optional("redeemInfo", redeem), optional("adjustInfo", adjust),
       optional("refundInfo", refund), optional("expireInfo", expire),
       optional("originatedFrom", text(0, 0)), optional("revertedTransactionId", guid()),
       optional("shortfall", points()), optional("orderId", text(0, 512))});
}

Schema hold_schema() {
  return object({required("id", guid()), required("accountId", guid()),
                 required("state", enumeration({"HELD", "CAPTURED", "RELEASED", "EXPIRED"})),
                 required("points", points()), required("captured", points()),
                 required("refunded", points()), required("expiresAt", timestamp())});
}

Schema moved_schema() {
  return object({required("account", account_schema()), optional("transactionId", guid())});
}

}  // namespace loyalty::service
