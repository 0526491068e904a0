#include <utility>

#include "native/service/people/contacts.h"
#include "native/service/program/awards.h"
#include "native/service/program/payload.h"
#include "native/service/program/program.h"
#include "native/service/route.h"

/// Other applications report what members did.
namespace loyalty::service {
namespace {

using wire::member;
using wire::text_at;

/// The amounts of a price summary, for rules that name no field of the payload: the subtotal is
/// before discounts, the total is what was paid.
void read_amounts(const Json& payload, Currency currency, Activity& activity) {
  const Json& summary = member(payload, "priceSummary");
  const auto amount = [&](const char* name) {
    return amount_in(payload, std::string{"priceSummary."} + name, currency);
  };
  if (summary.contains("subtotal")) {
    activity.subtotal = amount("subtotal");
    activity.after_discounts = *activity.subtotal - amount("discount");
  }
  for (const char* name : {"total", "totalAmount"}) {
    if (summary.contains(name)) {
      activity.total = amount(name);
    }
  }
}

Json report(Call& call, const Json& request) {
  Activity activity;
  activity.contact_id = text_at(request, "contactId");
  require_contact(call.store, activity.contact_id);
  activity.trigger_app_id = text_at(request, "triggerAppId");
  activity.activity_type = text_at(request, "activityType");
  // Of different apps and kinds the same event id is not the same event.
  activity.event_id = "activity:" + activity.trigger_app_id + ":" + activity.activity_type + ":" +
                      text_at(request, "eventId");
  activity.order_id = text_at(request, "orderId");
  activity.payload = member(request, "payload");
  if (activity.payload.is_object()) {
    read_amounts(activity.payload, program_of(call)->currency, activity);
  }
  Json awards = Json::array();
  for (const Awarded& awarded : award(call, activity)) {
    Json shown{{"earningRuleId", awarded.rule_id},
               {"points", awarded.points.count()},
               {"repeated", awarded.repeated}};
    if (!awarded.transaction_id.empty()) {
      shown["transactionId"] = awarded.transaction_id;
    }
    awards.push_back(std::move(shown));
  }
  return {{"awards", std::move(awards)}};
}

}  // namespace

void add_activity_routes(Routes& to) {
  using namespace wire;
  const Schema award =
      object({required("earningRuleId", guid()), required("points", integer(0, INT64_MAX)),
              required("repeated", boolean()), optional("transactionId", guid())});
  to.push_back(
      {.name = "activities.report",
       .verb = Verb::post,
       .path = "/loyalty-triggers/v1/activities",
       .permission = Permission::report_activities,
       .access = Route::Access::write,
       .request = object({required("contactId", guid()), required("triggerAppId", text(1, 80)),
                          required("activityType", text(1, 80)), required("eventId", text(1, 256)),
                          optional("orderId", text(0, 512)), optional("payload", any())}),
       .response = object({required("awards", array(award, 0, 1'000))}),
       .run = report,
       .summary = "A contact did something: every active rule for it awards its points, "
                  "once an event"});
}

}  // namespace loyalty::service
