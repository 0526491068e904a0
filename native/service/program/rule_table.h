#pragma once

#include <string>
#include <string_view>

/// What can be earned for, by the app where it happens.
namespace loyalty::service {

struct RuleKind {
  std::string_view app_id;
  std::string_view activity;
  bool fixed;         ///< a fixed number of points
  bool conversion;    ///< points per money spent
  bool preinstalled;  ///< automated: comes with the app, and can only be paused
  std::string_view title;
};

inline constexpr std::string_view stores_app = "1380b703-ce81-ff05-f115-39571d94dfcd";
inline constexpr std::string_view bookings_app = "13d21c63-b5ec-5912-8397-c3a5ddb27a97";
inline constexpr std::string_view events_app = "140603ad-af8d-84a5-2c80-a0f60cb47351";
inline constexpr std::string_view pricing_plans_app = "1522827f-c56c-a5c9-2ac9-00f9e6ae12d3";
inline constexpr std::string_view restaurants_app = "9a5d83fd-8570-482e-81ab-cfa88942ee60";
inline constexpr std::string_view old_restaurants_app = "13e8d036-5516-6104-b456-c8466db39542";

inline constexpr RuleKind rule_kinds[] = {
    {stores_app, "stores/OrderPaid", true, true, false, "Purchase a product"},
    {bookings_app, "bookings/BookingConfirmed", true, false, false, "Book a session"},
    {events_app, "events/OrderConfirmed", true, true, false, "Buy a ticket"},
    {events_app, "events/Rsvp", true, false, false, "RSVP to an event"},
    {pricing_plans_app, "wix_pricing_plans-plan_purchased", true, true, true, "Order a plan"},
    {old_restaurants_app, "wix_restaurants_orders-order_submitted", false, true, true,
     "Order from the restaurant"},
    {restaurants_app, "restaurants-order-is-pending", false, true, true,
     "Order from the restaurant"},
};

/// The row of an activity; null for activities that only automations know.
const RuleKind* rule_kind_of(std::string_view activity);

/// What is unique among rules: the same title for the same activity is the same rule again.
std::string rule_key(std::string_view app_id, std::string_view activity, std::string_view title);

}  // namespace loyalty::service
