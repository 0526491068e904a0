#include <algorithm>
#include <iterator>
#include <utility>

#include "core/ledger/expiry.h"
#include "native/service/program/documents.h"
#include "native/service/program/program_document.h"
#include "native/service/program/spelled.h"
#include "native/service/program/tiers.h"
#include "native/service/program/zone_file.h"
#include "native/service/query/dates.h"

namespace loyalty::service {
namespace {

using wire::Code;
using wire::integer_at;
using wire::member;
using wire::Refused;
using wire::text_at;
using wire::truth_at;

/// What the documents hold was checked when it was written.
Instant instant_in(const Json& text) {
  const auto at = text.is_string() ? wire::time_of(text.get_ref<const std::string&>())
                                   : std::optional<Instant>{};
  if (!at) {
    throw store::Corrupt{"a time in the program's document cannot be read"};
  }
  return *at;
}

std::vector<ledger::Pause> pauses_of(const Json& body) {
  std::vector<ledger::Pause> pauses;
  for (const Json& pause : member(body, "pauses")) {
    pauses.push_back({instant_in(member(pause, "from")), {}});
    if (const Json& to = member(pause, "to"); !to.is_null()) {
      pauses.back().to = instant_in(to);
    }
  }
  return pauses;
}

ledger::Program ledger_of(const Json& body, const Json& settings) {
  ledger::Program program;
  ledger::Settings& to = program.settings;
  std::optional<ZoneTable> zone = load_zone(text_at(settings, "timeZone"));
  if (!zone) {
    throw store::Unavailable{"the time zone " + text_at(settings, "timeZone") +
                             " is not installed"};
  }
  to.zone = std::move(*zone);
  to.status = spelled::status.of(text_at(body, "status"));
  to.expiry = expiry_rules(body);
  const Json& activity = member(settings, "activity");
  to.activity = {.earn = truth_at(activity, "earn", true),
                 .redeem = truth_at(activity, "redeem", true),
                 .adjust = truth_at(activity, "adjust"),
                 .refund = truth_at(activity, "refund")};
  to.reversal = spelled::reversal.of(text_at(settings, "reversalPolicy"));
  to.hold_lifetime = Duration::minutes(integer_at(settings, "holdMinutes", 60));
  to.create_accounts = truth_at(settings, "autoCreateAccounts", true);
  program.pauses = pauses_of(body);
  if (const Json& changed = member(body, "expiryChanged"); !changed.is_null()) {
    program.expiry_changed = ledger::Deadline{date_in(text_at(changed, "lastDay")),
                                              instant_in(member(changed, "since"))};
  }
  return program;
}

}  // namespace

ledger::ExpiryRules expiry_rules(const Json& body) {
  const Json settings = with_default_settings(member(body, "settings"));
  const Json& expiration = member(body, "pointsExpiration");
  ledger::ExpiryRules rules;
  rules.model = text_at(expiration, "status") == "ENABLED"
                    ? spelled::expiry_model.of(text_at(settings, "expiryModel"))
                    : ledger::ExpiryModel::none;
  rules.months = integer_at(expiration, "monthsOfInactivity", 3);
  rules.percentage = integer_at(expiration, "expiringPointsPercentage", 100);
  rules.grain = spelled::expiry_grain.of(text_at(settings, "expiryGrain"));
  return rules;
}

bool change_status(Json& body, ledger::Status status, Instant now) {
  const ledger::Status from = spelled::status.of(text_at(body, "status"));
  if (status == from) {
    return false;
  }
  if (status == ledger::Status::draft ||
      (from == ledger::Status::draft && status == ledger::Status::paused)) {
    throw Refused{Code::invalid_program_transition,
                  Json{{"from", text_at(body, "status")}, {"to", spelled::status.name(status)}}};
  }
  Json& pauses = body["pauses"];
  if (status == ledger::Status::paused) {
    const std::vector<ledger::Pause> before = pauses_of(body);
    const Instant start = before.empty() ? now : std::max(now, before.back().to.value_or(now));
    pauses.push_back({{"from", wire::time_text(start)}});
  } else if (from == ledger::Status::paused) {
    const Instant start = instant_in(pauses.back()["from"]);
    pauses.back()["to"] = wire::time_text(std::max(now, start));
  }
  body["status"] = spelled::status.name(status);
  return true;
}

void expiry_rules_changed(Json& body, const ZoneTable& zone, Instant now) {
  const ledger::Deadline grace = ledger::grace_from(zone, now);
  body["expiryChanged"] = {{"lastDay", date_text(grace.last_day)},
                           {"since", wire::time_text(grace.since)}};
}

std::shared_ptr<const ProgramState> load_state(store::Session& session,
                                               const store::Document& program) {
  const Json body = body_of(program);
  const Json settings = settings_json(program);
  auto state = std::make_shared<ProgramState>();
  state->catalog_version = program.revision;
  state->ledger = ledger_of(body, settings);
  state->currency = Currency::of(text_at(settings, "currency")).value_or(Currency{});
  state->time_zone = text_at(settings, "timeZone");
  state->earn_rounding = spelled::earn_rounding.of(text_at(settings, "earnRounding"));
  state->points_refund = spelled::points_refund.of(text_at(settings, "pointsRefundPolicy"));
  state->restaurants_mode = truth_at(settings, "restaurantsMode");
  state->auto_pause = truth_at(settings, "autoPause");
  if (const std::int64_t least = integer_at(settings, "minPointsToSpend"); least > 0) {
    state->min_points_to_spend = Points::of(least);
  }
  for (const Json& channel : member(member(settings, "socialMedia"), "channels")) {
    if (truth_at(channel, "enabled")) {
      state->enabled_channels.push_back(text_at(channel, "type"));
    }
  }
  for (const Json& origin : member(settings, "allowedOrigins")) {
    state->allowed_origins.push_back(origin.get<std::string>());
  }
  state->site = text_at(body, "site");
  const Json tiers = tiers_settings(session);
  state->tiers_active = text_at(tiers, "status") == "ACTIVE";
  state->window_months = integer_at(member(tiers, "rollingWindow"), "durationInMonths", 12);
  state->tiers = tier_rows(session);
  return state;
}

}  // namespace loyalty::service
