#include <utility>

#include "core/base/limits.h"
#include "native/service/program/rewards.h"

namespace loyalty::service {
namespace {

using namespace wire;

/// 9,999,999.99, in ten thousandths: currencies have up to four decimals.
constexpr std::int64_t amount_max = 99'999'999'900;
constexpr std::int64_t cent = 100;

Schema points() { return integer(1, limits::points_per_call_max); }
Schema amount() { return decimal(4, cent, amount_max); }

Schema configs(Schema config) {
  return object({required("configsByTier", array(std::move(config), 1, limits::tier_configs_max))});
}

Schema flexible_schema() {
  const Schema config =
      object({required("amount", decimal(2, 1, 999'999'999).describe("Major units.")),
              optional("tierId", guid()), required("costInPoints", points())});
  return object(
      {required("configsByTier", array(config, 1, limits::tier_configs_max)),
       optional("minPoints", points().describe("Absent: the program's minimum, else the cost.")),
       optional("maxPoints", points()), optional("stepPoints", points()),
       optional("maxShareOfOrder", decimal(2, 1, 10'000).describe("Percent of the items."))});
}

Schema scope_schema() {
  const Schema group = object({required("name", text(1, 50)), optional("entityId", text(1, 100))});
  return object({required("namespace", text(1, 50)), optional("group", group)});
}

Schema coupon_schema() {
  const Schema cost = required("costInPoints", points()).schema;
  const Schema fixed = object(
      {optional("tierId", guid()), required("costInPoints", cost), required("amount", amount())});
  const Schema percentage = object({optional("tierId", guid()), required("costInPoints", cost),
                                    required("percentage", decimal(2, 1, 10'000))});
  const Schema shipping = object({optional("tierId", guid()), required("costInPoints", cost)});
  return object({read_only("name", any()), optional("fixedAmount", configs(fixed)),
                 optional("percentage", configs(percentage)),
                 optional("freeShipping", configs(shipping)),
                 optional("minimumSubtotal", decimal(4, 0, amount_max)),
                 optional("scope", scope_schema()), optional("limitedToOneItem", boolean()),
                 optional("appliesToSubscriptions", boolean()),
                 optional("discountedCycleCount", integer(1, 999))})
      .exactly_one_of({"fixedAmount", "percentage", "freeShipping"})
      .at_most_one_of({"minimumSubtotal", "scope"});
}

Schema conditions_schema() {
  return object({optional("minOrders", integer(1, 10'000)), optional("minSpend", amount()),
                 optional("withinDays", integer(1, 3'660))});
}

}  // namespace

wire::Schema reward_schema(wire::Field id, wire::Field revision, wire::Field name) {
  return object({std::move(id), std::move(revision), std::move(name), optional("active", boolean()),
                 optional("type", enumeration({"DISCOUNT_AMOUNT", "COUPON_REWARD"})),
                 optional("discountAmount", flexible_schema()),
                 optional("couponReward", coupon_schema()),
                 optional("customConditions",
                          conditions_schema().describe("Orders of the member that it asks for.")),
                 read_only("requiredPoints", any()), read_only("createdDate", any()),
                 read_only("updatedDate", any()), read_only("_id", any()),
                 read_only("_createdDate", any()), read_only("_updatedDate", any())})
      .at_most_one_of({"discountAmount", "couponReward"});
}

}  // namespace loyalty::service
