#include "native/ledger/setup.h"

#include <optional>
#include <utility>

#include "core/json/decoder.h"
#include "core/json/fields.h"
#include "native/ledger/decode_parts.h"
#include "native/ledger/names.h"

namespace loyalty::ledger {
namespace {

constexpr FieldNames setup_fields{"now",          "zone",           "status",   "currency",
                                  "earnRounding", "expiry",         "activity", "reversal",
                                  "holdMinutes",  "createAccounts", "tiers"};
constexpr FieldNames zone_fields{"offsetSeconds", "transitions", "rule"};
constexpr FieldNames transition_fields{"at", "offsetSeconds"};
constexpr FieldNames expiry_fields{"model", "months", "percentage", "grain"};
constexpr FieldNames activity_fields{"earn", "redeem", "adjust", "refund"};
constexpr FieldNames tiers_fields{"active", "windowMonths", "list"};
constexpr FieldNames tier_fields{"id", "name", "requiredPoints"};

constexpr Range offsets{-86'400, 86'400};
constexpr Range hold_minutes{1, 366 * 24 * 60};
constexpr Range window_months{1, 36};

void decode_transition(Decoder& decoder, Tape::Position at, Transition& transition) {
  const Fields<transition_fields> in{decoder, at, Unknown::refused};
  if (!in.is_object()) {
    return;
  }
  decoder.need(in.at<"at">(), transition.at);
  std::int64_t offset = 0;
  decoder.need(in.at<"offsetSeconds">(), offset, offsets);
  transition.offset_seconds = static_cast<std::int32_t>(offset);
}

void decode_activity(Decoder& decoder, const Field& field, ActivityRules& activity) {
  if (!field) {
    return;
  }
  const Fields<activity_fields> in{decoder, field.value, Unknown::refused};
  decoder.read(in.at<"earn">(), activity.earn);
  decoder.read(in.at<"redeem">(), activity.redeem);
  decoder.read(in.at<"adjust">(), activity.adjust);
  decoder.read(in.at<"refund">(), activity.refund);
}

void decode_tier(Decoder& decoder, Tape::Position at, Tier& tier) {
  const Fields<tier_fields> in{decoder, at, Unknown::refused};
  if (!in.is_object()) {
    return;
  }
  decoder.need(in.at<"id">(), tier.id);
  decoder.read(in.at<"name">(), tier.name, name_text);
  decoder.need(in.at<"requiredPoints">(), tier.required_points, ranges::cost);
}

void decode_tiers(Decoder& decoder, const Field& field, Setup& setup) {
  if (!field) {
    return;
  }
  const Fields<tiers_fields> in{decoder, field.value, Unknown::refused};
  if (!in.is_object()) {
    return;
  }
  decoder.read(in.at<"active">(), setup.tiers_active);
  decoder.read(in.at<"windowMonths">(), setup.window_months, window_months);
  std::span<const Tier> tiers;
  const Field list = in.at<"list">();
  decoder.read_list(list, tiers, {limits::tiers_max},
                    [&](Tape::Position at, Tier& tier) { decode_tier(decoder, at, tier); });
  decoder.check_unique(list, tiers, "id", [](const Tier& tier) { return tier.id.text(); });
  for (const Tier& tier : tiers) {
    setup.tiers.push_back(
        {std::string(tier.id.text()), std::string(tier.name), tier.required_points});
  }
}

}  // namespace

void decode_expiry(Decoder& decoder, const Field& field, ExpiryRules& rules) {
  if (!field) {
    return;
  }
  const Fields<expiry_fields> in{decoder, field.value, Unknown::refused};
  if (!in.is_object()) {
    return;
  }
  decoder.need_name(in.at<"model">(), rules.model, spelled::expiry_model);
  decoder.read(in.at<"months">(), rules.months, Range{1, ExpiryRules::months_max});
  decoder.read(in.at<"percentage">(), rules.percentage, Range{1, 100});
  decoder.read_name(in.at<"grain">(), rules.grain, spelled::expiry_grain);
}

void decode_zone(Decoder& decoder, const Field& field, ZoneTable& zone) {
  if (!field) {
    return;
  }
  const Fields<zone_fields> in{decoder, field.value, Unknown::refused};
  if (!in.is_object()) {
    return;
  }
  std::int64_t offset = 0;
  std::span<const Transition> transitions;
  std::string_view rule;
  decoder.need(in.at<"offsetSeconds">(), offset, offsets);
  decoder.read_list(in.at<"transitions">(), transitions,
                    ListRule{static_cast<std::int64_t>(ZoneTable::transitions_max)},
                    [&](Tape::Position at, Transition& transition) {
                      decode_transition(decoder, at, transition);
                    });
  decoder.read(in.at<"rule">(), rule, TextRule{0, 128});
  std::optional<ZoneTable> table =
      ZoneTable::of(static_cast<std::int32_t>(offset),
                    std::vector<Transition>(transitions.begin(), transitions.end()), rule);
  if (table) {
    zone = std::move(*table);
  } else {
    decoder.fail(ErrorCode::out_of_range, field);
  }
}

Result<Setup> decode_setup(const Tape& tape) {
  Arena arena;
  TextSet texts;
  Decoder decoder{tape, arena, texts};
  Setup setup;
  const Fields<setup_fields> in{decoder, 0, Unknown::refused};
  if (in.is_object()) {
    std::int64_t minutes = 60;
    decoder.need(in.at<"now">(), setup.now);
    decode_zone(decoder, in.at<"zone">(), setup.settings.zone);
    decoder.read_name(in.at<"status">(), setup.settings.status, spelled::status);
    decoder.read(in.at<"currency">(), setup.currency);
    decoder.read_name(in.at<"earnRounding">(), setup.earn_rounding, names::earn_rounding);
    decode_expiry(decoder, in.at<"expiry">(), setup.settings.expiry);
    decode_activity(decoder, in.at<"activity">(), setup.settings.activity);
    decoder.read_name(in.at<"reversal">(), setup.settings.reversal, spelled::reversal);
    decoder.read(in.at<"holdMinutes">(), minutes, hold_minutes);
    decoder.read(in.at<"createAccounts">(), setup.settings.create_accounts);
    decode_tiers(decoder, in.at<"tiers">(), setup);
    setup.settings.hold_lifetime = Duration::minutes(minutes);
  }
  if (!decoder.ok()) {
    return decoder.take_error();
  }
  return setup;
}

std::vector<Tier> tiers_of(const Setup& setup) {
  std::vector<Tier> tiers;
  for (const TierRule& tier : setup.tiers) {
    tiers.push_back({TierId{tier.id}, tier.name, tier.required_points});
  }
  return tiers;
}

}  // namespace loyalty::ledger
