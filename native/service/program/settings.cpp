#include "native/service/program/settings.h"

#include <algorithm>
#include <set>

#include "core/json/decode.h"
#include "native/service/program/core_check.h"
#include "native/service/program/zone_file.h"

namespace loyalty::service {
namespace {

using wire::member;
using wire::optional;
using wire::Refused;
using wire::text_at;

/// `https://shop.example:8443`: what browsers send as Origin.
bool is_origin(std::string_view text) {
  const std::size_t scheme = text.find("://");
  if (scheme == std::string_view::npos) {
    return false;
  }
  const std::string_view name = text.substr(0, scheme);
  const std::string_view host = text.substr(scheme + 3);
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == ':' ||
           c == '[' || c == ']';
  };
  return (name == "https" || name == "http") && !host.empty() &&
         std::all_of(host.begin(), host.end(), plain);
}

void check_policy(const Json& settings) {
  const Json& policy = member(settings, "policy");
  if (policy.is_null()) {
    return;
  }
  if (policy.is_object() && policy.contains("earnRounding")) {
    throw Refused::invalid("settings.policy.earnRounding", "UNKNOWN_FIELD",
                           "is a setting of its own: settings.earnRounding");
  }
  check_by_core(Json{{"version", "1"},
                     {"currency", settings.value("currency", "USD")},
                     {"program", {{"status", "DRAFT"}}},
                     {"policy", policy}},
                "/policy", "settings.policy");
}

void check_point_name(const Json& settings) {
  const Json& names = member(settings, "pointName");
  if (!names.is_null()) {
    check_by_core(Json{{"version", "1"},
                       {"currency", "USD"},
                       {"program", {{"status", "DRAFT"}, {"pointName", names}}}},
                  "/program/pointName", "settings.pointName");
  }
}

void check_channels(const Json& settings) {
  std::set<std::string> types;
  for (const Json& channel : member(member(settings, "socialMedia"), "channels")) {
    if (!types.insert(text_at(channel, "type")).second) {
      throw Refused::invalid("settings.socialMedia.channels", "UNIQUE",
                             "must have each channel once");
    }
  }
}

}  // namespace

wire::Schema settings_schema() {
  using namespace wire;
  const Schema channel = object(
      {required("type", enumeration({"FACEBOOK", "INSTAGRAM", "LINKEDIN", "X", "TIKTOK"})),
       required("enabled", boolean()), optional("id", text(1, 255)), read_only("url", any())});
  const Schema activity = object({optional("earn", boolean()), optional("redeem", boolean()),
                                  optional("adjust", boolean()), optional("refund", boolean())});
  const Schema features =
      object({optional("loyaltyProgram", boolean()), optional("tiers", boolean()),
              optional("pointsExpiration", boolean())});
  return object(
      {optional("currency", text(3, 3).describe("ISO 4217.")),
       optional("timeZone", text(1, 64).describe("A name of the IANA database.")),
       optional("earnRounding", enumeration({"wix", "floor", "perStep"})),
       optional("policy", any().describe("The switches of a catalog, without earnRounding.")),
       optional("holdMinutes", integer(1, 527'040)),
       optional("minPointsToSpend", integer(0, 9'999'999).describe("0: each reward's own cost.")),
       optional("expiryModel", enumeration({"inactivity", "lots"})),
       optional("expiryGrain", enumeration({"day", "month"})),
       optional("activity", activity.describe("What postpones expiry by inactivity.")),
       optional("reversalPolicy", enumeration({"CLAMP", "ALLOW_NEGATIVE", "FORGIVE"})),
       optional("pointsRefundPolicy", enumeration({"WHOLE_ORDER", "PROPORTIONAL"})),
       optional("autoPause", boolean()), optional("autoCreateAccounts", boolean()),
       optional("restaurantsMode", boolean()),
       optional("pointName", any().describe("Plural forms by locale.")),
       optional("socialMedia", object({required("channels", array(channel, 0, 5))})),
       optional("allowedOrigins", array(text(1, 255), 0, 100)),
       optional("premiumFeatures", features)});
}

Json checked_settings(const Json& settings) {
  static const wire::Schema shape = wire::object({wire::required("settings", settings_schema())});
  Json checked = wire::accept(shape, Json{{"settings", settings}})["settings"];
  if (checked.contains("currency") && !Currency::of(text_at(checked, "currency"))) {
    throw Refused::invalid("settings.currency", "FORMAT", "must be a currency of ISO 4217");
  }
  if (checked.contains("timeZone") && !load_zone(text_at(checked, "timeZone"))) {
    throw Refused::invalid("settings.timeZone", "FORMAT",
                           "must be a time zone of the IANA database");
  }
  for (std::size_t i = 0; i < member(checked, "allowedOrigins").size(); ++i) {
    if (!is_origin(checked["allowedOrigins"][i].get_ref<const std::string&>())) {
      throw Refused::invalid("settings.allowedOrigins[" + std::to_string(i) + "]", "FORMAT",
                             "must be an origin such as https://shop.example");
    }
  }
  check_policy(checked);
  check_point_name(checked);
  check_channels(checked);
  return checked;
}

}  // namespace loyalty::service
