#include <algorithm>

#include "core/json/decode_parts.h"

namespace loyalty {
namespace {

constexpr FieldNames catalog_fields{"version",    "currency",    "timeZone", "program",
                                    "policy",     "tiersActive", "tiers",    "rewards",
                                    "promotions", "earningRules"};
constexpr FieldNames program_fields{"status", "name", "pointName"};
constexpr FieldNames policy_fields{"profile",          "rounding",    "basis",       "split",
                                   "conditionBasis",   "compounding", "taxRounding", "maxCoupons",
                                   "maxPointsRewards", "maxCodes",    "minPayable",  "earnRounding",
                                   "earnBase"};
constexpr FieldNames tier_fields{"id", "name", "requiredPoints"};
constexpr FieldNames reward_fields{"id",         "name",      "type",     "revision", "active",
                                   "conditions", "exclusive", "priority", "configs"};
constexpr FieldNames reward_config_fields{"tierId", "costInPoints", "effects"};
constexpr FieldNames promotion_fields{"id",       "name",      "trigger",    "codes",  "lane",
                                      "priority", "exclusive", "conditions", "limits", "effects"};
constexpr FieldNames limit_fields{"usesLeft", "usesLeftForCustomer", "budgetLeft"};
constexpr FieldNames rule_fields{"id",    "title",   "trigger",   "status",          "base",
                                 "scope", "configs", "maxPoints", "baseAppliesToAll"};
constexpr FieldNames rule_config_fields{"tierId", "points", "conversion"};
constexpr FieldNames conversion_fields{"moneyAmount", "points"};

constexpr Unknown refused = Unknown::refused;
constexpr Range priorities{-1'000'000, 1'000'000};
constexpr Range stacking{0, limits::chosen_max};
constexpr std::int64_t locales_max = 200;
constexpr ListRule tier_configs{limits::tier_configs_max, false};

/// The keys of an object that maps, sorted: their order in the text must not show.
std::span<const Tape::Position> sorted_keys(Decoder& decoder, Tape::Position object) {
  const Tape& tape = decoder.tape();
  const std::span<Tape::Position> keys = decoder.arena().array<Tape::Position>(tape.count(object));
  Tape::Position key = object + 1;
  for (Tape::Position& to : keys) {
    to = key;
    key = tape.next(key + 1);
  }
  std::sort(keys.begin(), keys.end(),
            [&tape](Tape::Position a, Tape::Position b) { return tape.text(a) < tape.text(b); });
  return keys;
}

bool is_map(Decoder& decoder, Tape::Position at, std::int64_t max) {
  if (!decoder.is_object(at)) {
    return false;
  }
  if (decoder.tape().number(at) > max) {
    decoder.fail(ErrorCode::too_many, at);
    return false;
  }
  return true;
}

struct PointNames {
  std::span<PointNameForm> forms;
  std::size_t count = 0;
  void add(const PointNameForm& form) { forms[count++] = form; }
};

void decode_plural_forms(Decoder& decoder, Tape::Position at, std::string_view locale,
                         PointNames& to) {
  constexpr auto forms_max = static_cast<std::int64_t>(std::size(names::plural_form));
  if (decoder.tape().count(at) == 0) {
    decoder.fail_range(at, {1, forms_max}, " entries");
    return;
  }
  for (const Tape::Position key : sorted_keys(decoder, at)) {
    const std::string_view form = decoder.tape().text(key);
    const bool is_known = std::find(std::begin(names::plural_form), std::end(names::plural_form),
                                    form) != std::end(names::plural_form);
    if (!is_known) {
      decoder.fail(ErrorCode::unknown_field, key);
    } else {
      to.add({locale, form, decoder.text(key + 1, name_text)});
    }
  }
}

void decode_point_name(Decoder& decoder, const Field& field,
                       std::span<const PointNameForm>& names) {
  if (!field || !is_map(decoder, field.value, locales_max)) {
    return;
  }
  const Tape& tape = decoder.tape();
  const std::span<const Tape::Position> locales = sorted_keys(decoder, field.value);
  PointNames to{
      decoder.arena().array<PointNameForm>(locales.size() * std::size(names::plural_form)), 0};
  for (const Tape::Position key : locales) {
    const std::string_view locale = decoder.text(key, id_text);
    if (tape.type(key + 1) == TokenType::string) {
      to.add({locale, {}, decoder.text(key + 1, name_text)});
    } else if (is_map(decoder, key + 1, std::ssize(names::plural_form))) {
      decode_plural_forms(decoder, key + 1, locale, to);
    }
  }
  names = to.forms.first(to.count);
}

void decode_program(Decoder& decoder, Tape::Position at, Program& program) {
  const Fields<program_fields> in{decoder, at, refused};
  if (!in.is_object()) {
    return;
  }
  decoder.need_name(in.at<"status">(), program.status, names::program_status);
  decoder.read(in.at<"name">(), program.name, name_text);
  decode_point_name(decoder, in.at<"pointName">(), program.point_name);
}

void decode_profile(Decoder& decoder, const Field& field, Policy& policy) {
  if (!field) {
    return;
  }
  std::string_view name;
  decoder.read(field, name, id_text);
  if (name.empty()) {
    return;
  }
  const std::span<const Profile> known = profiles();
  const std::span<std::string_view> known_names =
      decoder.arena().array<std::string_view>(known.size());
  for (std::size_t i = 0; i < known.size(); ++i) {
    known_names[i] = known[i].name;
    if (known[i].name == name) {
      policy = known[i].policy;
      return;
    }
  }
  decoder.fail_names(field.value, known_names);
}

void decode_policy(Decoder& decoder, const Field& field, Policy& policy) {
  if (!field) {
    return;
  }
  const Fields<policy_fields> in{decoder, field.value, refused};
  if (!in.is_object()) {
    return;
  }
  decode_profile(decoder, in.at<"profile">(), policy);
  decoder.read_name(in.at<"rounding">(), policy.rounding, names::rounding);
  decoder.read_name(in.at<"basis">(), policy.basis, names::rounding_basis);
  decoder.read_name(in.at<"split">(), policy.split, names::split);
  decoder.read_name(in.at<"conditionBasis">(), policy.condition_basis, names::condition_basis);
  decoder.read_name(in.at<"compounding">(), policy.compounding, names::compounding);
  decoder.read_name(in.at<"taxRounding">(), policy.tax_rounding, names::tax_rounding);
  decoder.read(in.at<"maxCoupons">(), policy.max_coupons, stacking);
  decoder.read(in.at<"maxPointsRewards">(), policy.max_points_rewards, stacking);
  decoder.read(in.at<"maxCodes">(), policy.max_codes, stacking);
  decoder.read(in.at<"minPayable">(), policy.min_payable);
  decoder.read_name(in.at<"earnRounding">(), policy.earn_rounding, names::earn_rounding);
  decoder.read_name(in.at<"earnBase">(), policy.earn_base, names::earn_base);
}

void decode_tier(Decoder& decoder, Tape::Position at, Tier& tier) {
  const Fields<tier_fields> in{decoder, at, refused};
  if (!in.is_object()) {
    return;
  }
  decoder.need(in.at<"id">(), tier.id);
  decoder.read(in.at<"name">(), tier.name, name_text);
  decoder.need(in.at<"requiredPoints">(), tier.required_points, ranges::cost);
}

/// U39: ids, names and thresholds of tiers are each unique. Only names that are there are compared.
void check_tiers(Decoder& decoder, const Field& field, std::span<const Tier> tiers) {
  for (std::size_t i = 1; i < tiers.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const Tier& a = tiers[i];
      const Tier& b = tiers[j];
      const std::string_view name = without_spaces_around(a.name);
      if (!a.id.empty() && a.id == b.id) {
        decoder.fail_entry(ErrorCode::duplicate_id, field, i, "id");
      }
      if (!name.empty() && equal_folded(name, without_spaces_around(b.name))) {
        decoder.fail_entry(ErrorCode::duplicate_id, field, i, "name");
      }
      if (a.required_points == b.required_points && a.required_points != no_points) {
        decoder.fail_entry(ErrorCode::duplicate_id, field, i, "requiredPoints");
      }
    }
  }
}

/// A tier has at most one config; without a tier it is the base tier's.
template <class Config>
void check_config_tiers(Decoder& decoder, const Field& field, std::span<const Config> configs) {
  for (std::size_t i = 1; i < configs.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (configs[i].tier == configs[j].tier) {
        decoder.fail_entry(ErrorCode::duplicate_id, field, i,
                           configs[i].tier.empty() ? std::string_view{} : "tierId");
      }
    }
  }
}

void decode_reward_config(Decoder& decoder, Tape::Position at, RewardConfig& config) {
  const Fields<reward_config_fields> in{decoder, at, refused};
  if (!in.is_object()) {
    return;
  }
  decoder.read(in.at<"tierId">(), config.tier);
  decoder.need(in.at<"costInPoints">(), config.cost, ranges::cost);
  const Field effects = in.at<"effects">();
  if (!effects) {
    decoder.fail(ErrorCode::missing_field, at, effects.name);
  }
  decode_effects(decoder, effects, config.effects, {refused, config.cost});
}

void decode_reward(Decoder& decoder, Tape::Position at, Reward& reward) {
  const Fields<reward_fields> in{decoder, at, refused};
  if (!in.is_object()) {
    return;
  }
  decoder.need(in.at<"id">(), reward.id);
  decoder.read(in.at<"name">(), reward.name, name_text);
  decoder.need_name(in.at<"type">(), reward.type, names::reward_type);
  decoder.read_revision(in.at<"revision">(), reward.revision);
  decoder.need(in.at<"active">(), reward.active);
  decode_conditions(decoder, in.at<"conditions">(), reward.conditions, refused);
  decoder.read(in.at<"exclusive">(), reward.exclusive);
  decoder.read(in.at<"priority">(), reward.priority, priorities);
  const Field configs = in.at<"configs">();
  if (!configs) {
    decoder.fail(ErrorCode::missing_field, at, configs.name);
  }
  decoder.read_list(configs, reward.configs, tier_configs,
                    [&](Tape::Position config_at, RewardConfig& config) {
                      decode_reward_config(decoder, config_at, config);
                    });
  check_config_tiers(decoder, configs, reward.configs);
}

void decode_limits(Decoder& decoder, const Field& field, UseLimits& to) {
  if (!field) {
    return;
  }
  const Fields<limit_fields> in{decoder, field.value, refused};
  if (!in.is_object()) {
    return;
  }
  decoder.read(in.at<"usesLeft">(), to.uses_left, ranges::count);
  decoder.read(in.at<"usesLeftForCustomer">(), to.uses_left_for_customer, ranges::count);
  decoder.read(in.at<"budgetLeft">(), to.budget_left);
}

void decode_promotion(Decoder& decoder, Tape::Position at, Promotion& promotion) {
  const Fields<promotion_fields> in{decoder, at, refused};
  if (!in.is_object()) {
    return;
  }
  decoder.need(in.at<"id">(), promotion.id);
  decoder.read(in.at<"name">(), promotion.name, name_text);
  const bool is_known = decoder.need_name(in.at<"trigger">(), promotion.trigger, names::trigger);
  const bool has_codes = promotion.trigger == Trigger::code;
  const Field codes = in.at<"codes">();
  if (is_known && has_codes && !codes) {
    decoder.fail(ErrorCode::missing_field, at, codes.name);
  }
  if (is_known && !has_codes && codes) {
    decoder.fail(ErrorCode::unknown_field, codes);
  }
  decoder.read(codes, promotion.codes, ListRule{limits::codes_max, false});
  promotion.lane = has_codes ? Lane::code : Lane::automatic;
  decoder.read_name(in.at<"lane">(), promotion.lane, names::lane);
  decoder.read(in.at<"priority">(), promotion.priority, priorities);
  decoder.read(in.at<"exclusive">(), promotion.exclusive);
  decode_conditions(decoder, in.at<"conditions">(), promotion.conditions, refused);
  decode_limits(decoder, in.at<"limits">(), promotion.limits);
  const Field effects = in.at<"effects">();
  if (!effects) {
    decoder.fail(ErrorCode::missing_field, at, effects.name);
  }
  decode_effects(decoder, effects, promotion.effects, {refused, std::nullopt});
}

/// The position of an entry of a promotion's `codes`. Only asked for when it is to be refused.
Tape::Position code_position(const Tape& tape, const Field& promotions, std::size_t index,
                             std::size_t code) {
  Tape::Position promotion = promotions.value + 1;
  for (std::size_t i = 0; i < index; ++i) {
    promotion = tape.next(promotion);
  }
  Tape::Position key = promotion + 1;
  while (tape.text(key) != "codes") {
    key = tape.next(key + 1);
  }
  Tape::Position at = key + 2;
  for (std::size_t i = 0; i < code; ++i) {
    at = tape.next(at);
  }
  return at;
}

/// A code belongs to one promotion, and there are at most a million of them.
void check_codes(Decoder& decoder, const Field& field, std::span<const Promotion> promotions) {
  std::size_t count = 0;
  for (const Promotion& promotion : promotions) {
    count += promotion.codes.size();
  }
  if (count == 0) {
    return;
  }
  if (count > static_cast<std::size_t>(limits::codes_max)) {
    decoder.fail(ErrorCode::too_many, field);
    return;
  }
  decoder.texts().begin(count, TextCase::folded);
  for (std::size_t i = 0; i < promotions.size(); ++i) {
    for (std::size_t j = 0; j < promotions[i].codes.size(); ++j) {
      const std::string_view code = promotions[i].codes[j];
      if (!code.empty() && !decoder.texts().insert(code)) {
        decoder.fail(ErrorCode::duplicate_id, code_position(decoder.tape(), field, i, j));
        return;
      }
    }
  }
}

void decode_conversion(Decoder& decoder, Tape::Position at, EarningConfig& config) {
  const Fields<conversion_fields> in{decoder, at, refused};
  if (!in.is_object()) {
    return;
  }
  decoder.need(in.at<"moneyAmount">(), config.money_amount,
               Range{1, limits::earn_money_amount_max});
  decoder.need(in.at<"points">(), config.points, ranges::cost);
}

void decode_rule_config(Decoder& decoder, Tape::Position at, EarningConfig& config) {
  const Fields<rule_config_fields> in{decoder, at, refused};
  if (!in.is_object()) {
    return;
  }
  decoder.read(in.at<"tierId">(), config.tier);
  const Field points = in.at<"points">();
  const Field conversion = in.at<"conversion">();
  decoder.read(points, config.points, ranges::cost);
  if (conversion) {
    decode_conversion(decoder, conversion.value, config);
  }
  if (points && conversion) {
    decoder.fail(ErrorCode::unknown_field, conversion);
  } else if (!points && !conversion) {
    decoder.fail(ErrorCode::missing_field, at, points.name);
  }
}

void decode_earning_rule(Decoder& decoder, Tape::Position at, EarningRule& rule) {
  const Fields<rule_fields> in{decoder, at, refused};
  if (!in.is_object()) {
    return;
  }
  decoder.need(in.at<"id">(), rule.id);
  decoder.read(in.at<"title">(), rule.title, name_text);
  decoder.need(in.at<"trigger">(), rule.trigger, id_text);
  decoder.need_name(in.at<"status">(), rule.status, names::rule_status);
  EarnBase base{};
  if (decoder.read_name(in.at<"base">(), base, names::earn_base)) {
    rule.base = base;
  }
  if (const Field scope = in.at<"scope">()) {
    decode_scope(decoder, scope.value, rule.scope.emplace(), refused);
  }
  const Field configs = in.at<"configs">();
  if (!configs) {
    decoder.fail(ErrorCode::missing_field, at, configs.name);
  }
  decoder.read_list(configs, rule.configs, tier_configs,
                    [&](Tape::Position config_at, EarningConfig& config) {
                      decode_rule_config(decoder, config_at, config);
                    });
  check_config_tiers(decoder, configs, rule.configs);
  decoder.read(in.at<"maxPoints">(), rule.max_points, Range{1, limits::points_max});
  decoder.read(in.at<"baseAppliesToAll">(), rule.base_applies_to_all);
}

}  // namespace

void decode_promotions(Decoder& decoder, const Field& field, std::span<const Promotion>& promotions,
                       std::int64_t max) {
  decoder.read_list(field, promotions, {max}, [&](Tape::Position at, Promotion& promotion) {
    decode_promotion(decoder, at, promotion);
  });
  decoder.check_unique(field, promotions, "id", [](const Promotion& p) { return p.id.text(); });
  check_codes(decoder, field, promotions);
}

void decode_catalog(Decoder& decoder, Tape::Position at, Catalog& catalog) {
  const Fields<catalog_fields> in{decoder, at, refused};
  if (!in.is_object()) {
    return;
  }
  decoder.need(in.at<"version">(), catalog.version, id_text);
  decoder.need(in.at<"currency">(), catalog.currency);
  catalog.time_zone = "UTC";
  decoder.read(in.at<"timeZone">(), catalog.time_zone, id_text);
  if (const Field program = in.at<"program">()) {
    decode_program(decoder, program.value, catalog.program);
  } else {
    decoder.fail(ErrorCode::missing_field, at, program.name);
  }
  decode_policy(decoder, in.at<"policy">(), catalog.policy);
  decoder.read(in.at<"tiersActive">(), catalog.tiers_active);
  const Field tiers = in.at<"tiers">();
  decoder.read_list(tiers, catalog.tiers, {limits::tiers_max},
                    [&](Tape::Position t, Tier& tier) { decode_tier(decoder, t, tier); });
  check_tiers(decoder, tiers, catalog.tiers);
  const Field rewards = in.at<"rewards">();
  decoder.read_list(rewards, catalog.rewards, {limits::rewards_max},
                    [&](Tape::Position r, Reward& reward) { decode_reward(decoder, r, reward); });
  decoder.check_unique(rewards, catalog.rewards, "id", [](const Reward& r) { return r.id.text(); });
  decode_promotions(decoder, in.at<"promotions">(), catalog.promotions, limits::promotions_max);
  const Field rules = in.at<"earningRules">();
  decoder.read_list(
      rules, catalog.earning_rules, {limits::earning_rules_max},
      [&](Tape::Position r, EarningRule& rule) { decode_earning_rule(decoder, r, rule); });
  decoder.check_unique(rules, catalog.earning_rules, "id",
                       [](const EarningRule& r) { return r.id.text(); });
}

}  // namespace loyalty
