#include <iterator>

#include "core/json/decode_parts.h"

namespace loyalty {
namespace {

using namespace shapes;

constexpr Range priorities{-1'000'000, 1'000'000};
constexpr Range stacking{0, limits::chosen_max};
constexpr std::int64_t locales_max = 200;
constexpr Range configs_count{1, limits::tier_configs_max};

/// The keys of an object that maps, sorted: their order in the text must not show.
std::span<const Tape::Position> sorted_keys(Decoder& decoder, Tape::Position object) {
  const Tape& tape = decoder.tape();
  const std::span<Tape::Position> keys = decoder.arena().array<Tape::Position>(tape.count(object));
  Tape::Position key = object + 1;
  for (Tape::Position& to : keys) {
    to = key;
    key = tape.next(key + 1);
  }
  // There are few of them, and a preview shows none.
  for (std::size_t i = 1; i < keys.size() && !preview_only; ++i) {
    std::size_t at = i;
    const Tape::Position moved = keys[i];
    for (; at > 0 && tape.text(moved) < tape.text(keys[at - 1]); --at) {
      keys[at] = keys[at - 1];
    }
    keys[at] = moved;
  }
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
  void add(const PointNameForm& form) {
    if constexpr (!preview_only) {  // which shows none
      forms[count++] = form;
    }
  }
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
    if (!names::is_one_of(names_of<names::plural_form>, form)) {
      decoder.fail(ErrorCode::unknown_field, key);
    } else {
      to.add({locale, form, decoder.text(key + 1, name_text)});
    }
  }
}

void read_point_name(Decoder& decoder, Members&, const Field& field, void* object) {
  if (!field || !is_map(decoder, field.value, locales_max)) {
    return;
  }
  const Tape& tape = decoder.tape();
  const std::span<const Tape::Position> locales = sorted_keys(decoder, field.value);
  PointNames to;
  if constexpr (!preview_only) {
    to.forms = decoder.arena().array<PointNameForm>(locales.size() * std::size(names::plural_form));
  }
  for (const Tape::Position key : locales) {
    const std::string_view locale = decoder.text(key, id_text);
    if (tape.type(key + 1) == TokenType::string) {
      to.add({locale, {}, decoder.text(key + 1, name_text)});
    } else if (is_map(decoder, key + 1, std::ssize(names::plural_form))) {
      decode_plural_forms(decoder, key + 1, locale, to);
    }
  }
  static_cast<Program*>(object)->point_name = {to.forms.data(), to.count};
}

constexpr FieldShape program_fields[] = {
    needed(one_of("status", LOYALTY_MEMBER(Program, status), names_of<names::program_status>)),
    text("name", LOYALTY_MEMBER(Program, name), bounds::name),
    special("pointName", read_point_name),
};
constexpr Shape program_shape = of<Program, program_fields>();

void read_profile(Decoder& decoder, Members&, const Field& field, void* object) {
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
      *static_cast<Policy*>(object) = known[i].policy;
      return;
    }
  }
  decoder.fail_names(field.value, known_names);
}

constexpr FieldShape policy_fields[] = {
    special("profile", read_profile),
    one_of("rounding", LOYALTY_MEMBER(Policy, rounding), names_of<names::rounding>),
    one_of("basis", LOYALTY_MEMBER(Policy, basis), names_of<names::rounding_basis>),
    one_of("split", LOYALTY_MEMBER(Policy, split), names_of<names::split>),
    one_of("conditionBasis", LOYALTY_MEMBER(Policy, condition_basis),
           names_of<names::condition_basis>),
    one_of("compounding", LOYALTY_MEMBER(Policy, compounding), names_of<names::compounding>),
    one_of("taxRounding", LOYALTY_MEMBER(Policy, tax_rounding), names_of<names::tax_rounding>),
    integer("maxCoupons", LOYALTY_MEMBER(Policy, max_coupons), stacking),
    integer("maxPointsRewards", LOYALTY_MEMBER(Policy, max_points_rewards), stacking),
    integer("maxCodes", LOYALTY_MEMBER(Policy, max_codes), stacking),
    amount("minPayable", LOYALTY_MEMBER(Policy, min_payable)),
    one_of("earnRounding", LOYALTY_MEMBER(Policy, earn_rounding), names_of<names::earn_rounding>),
    one_of("earnBase", LOYALTY_MEMBER(Policy, earn_base), names_of<names::earn_base>),
};
constexpr Shape policy_shape = of<Policy, policy_fields>();

constexpr FieldShape tier_fields[] = {
    needed(text("id", LOYALTY_MEMBER(Tier, id), bounds::id)),
    text("name", LOYALTY_MEMBER(Tier, name), bounds::name),
    needed(integer("requiredPoints", LOYALTY_MEMBER(Tier, required_points), ranges::cost)),
};
constexpr Shape tier_shape = of<Tier, tier_fields>();

/// U39: ids, names and thresholds of tiers are each unique. Only names that are there are compared.
void check_tiers(Decoder& decoder, const Field& field, const void* list) {
  const std::span<const Tier> tiers = *static_cast<const std::span<const Tier>*>(list);
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
void check_config_tiers(Decoder& decoder, const Field& field, const void* list) {
  const std::span<const Config> configs = *static_cast<const std::span<const Config>*>(list);
  for (std::size_t i = 1; i < configs.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (configs[i].tier == configs[j].tier) {
        decoder.fail_entry(ErrorCode::duplicate_id, field, i,
                           configs[i].tier.empty() ? std::string_view{} : "tierId");
      }
    }
  }
}

void read_config_cost(Decoder& decoder, Members&, const Field& field, void* object) {
  RewardConfig& config = *static_cast<RewardConfig*>(object);
  decoder.need(field, config.cost, ranges::cost);
  decoder.config_cost = &config.cost;
}

void end_config(Decoder& decoder, Members&, void*) { decoder.config_cost = nullptr; }

constexpr FieldShape reward_config_fields[] = {
    text("tierId", LOYALTY_MEMBER(RewardConfig, tier), bounds::id),
    special("costInPoints", read_config_cost),
    needed(list("effects", LOYALTY_MEMBER(RewardConfig, effects), effects_list, bounds::effects)),
};
constexpr Shape reward_config_shape = of<RewardConfig, reward_config_fields>(end_config);
constexpr ListShape reward_configs_list =
    list_of<RewardConfig>(reward_config_shape, check_config_tiers<RewardConfig>);

constexpr FieldShape reward_fields[] = {
    needed(text("id", LOYALTY_MEMBER(Reward, id), bounds::id)),
    text("name", LOYALTY_MEMBER(Reward, name), bounds::name),
    needed(one_of("type", LOYALTY_MEMBER(Reward, type), names_of<names::reward_type>)),
    revision("revision", LOYALTY_MEMBER(Reward, revision)),
    needed(boolean("active", LOYALTY_MEMBER(Reward, active))),
    object("conditions", LOYALTY_MEMBER(Reward, conditions), conditions_shape),
    boolean("exclusive", LOYALTY_MEMBER(Reward, exclusive)),
    integer("priority", LOYALTY_MEMBER(Reward, priority), priorities),
    needed(list("configs", LOYALTY_MEMBER(Reward, configs), reward_configs_list, configs_count)),
};
constexpr Shape reward_shape = of<Reward, reward_fields>();

constexpr FieldShape limit_fields[] = {
    integer("usesLeft", LOYALTY_MEMBER(UseLimits, uses_left), ranges::count),
    integer("usesLeftForCustomer", LOYALTY_MEMBER(UseLimits, uses_left_for_customer),
            ranges::count),
    amount("budgetLeft", LOYALTY_MEMBER(UseLimits, budget_left)),
};
constexpr Shape limits_shape = of<UseLimits, limit_fields>();

constexpr Range codes_count{1, limits::codes_max};
constexpr FieldShape codes_field =
    list("codes", LOYALTY_MEMBER(Promotion, codes), texts_of<std::string_view>, codes_count);

void read_trigger(Decoder& decoder, Members& in, const Field& field, void* object) {
  in.marked =
      decoder.need_name(field, static_cast<Promotion*>(object)->trigger, names_of<names::trigger>);
}

/// Codes are for promotions that they trigger, and these need some. A lane that is not named
/// follows from the trigger.
void read_codes(Decoder& decoder, Members& in, const Field& field, void* object) {
  Promotion& promotion = *static_cast<Promotion*>(object);
  const bool has_codes = promotion.trigger == Trigger::code;
  if (in.marked && has_codes && !field) {
    decoder.fail(ErrorCode::missing_field, in.object, field.name);
  }
  if (in.marked && !has_codes && field) {
    decoder.fail(ErrorCode::unknown_field, field);
  }
  read_by(decoder, codes_field, field, object, in.unknown);
  promotion.lane = has_codes ? Lane::code : Lane::automatic;
}

constexpr FieldShape promotion_fields[] = {
    needed(text("id", LOYALTY_MEMBER(Promotion, id), bounds::id)),
    text("name", LOYALTY_MEMBER(Promotion, name), bounds::name),
    special("trigger", read_trigger),
    special("codes", read_codes),
    one_of("lane", LOYALTY_MEMBER(Promotion, lane), names_of<names::lane>),
    integer("priority", LOYALTY_MEMBER(Promotion, priority), priorities),
    boolean("exclusive", LOYALTY_MEMBER(Promotion, exclusive)),
    object("conditions", LOYALTY_MEMBER(Promotion, conditions), conditions_shape),
    object("limits", LOYALTY_MEMBER(Promotion, limits), limits_shape),
    needed(list("effects", LOYALTY_MEMBER(Promotion, effects), effects_list, bounds::effects)),
};
constexpr Shape promotion_shape = of<Promotion, promotion_fields>();

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
void check_codes(Decoder& decoder, const Field& field, const void* list) {
  const std::span<const Promotion> promotions =
      *static_cast<const std::span<const Promotion>*>(list);
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

constexpr Range money_amounts{1, limits::earn_money_amount_max};
constexpr FieldShape conversion_fields[] = {
    needed(integer("moneyAmount", LOYALTY_MEMBER(EarningConfig, money_amount), money_amounts)),
    needed(integer("points", LOYALTY_MEMBER(EarningConfig, points), ranges::cost)),
};
constexpr Shape conversion_shape = of<EarningConfig, conversion_fields>();

/// Either points or a conversion.
void read_conversion(Decoder& decoder, Members& in, const Field& field, void* object);

constexpr FieldShape rule_config_fields[] = {
    text("tierId", LOYALTY_MEMBER(EarningConfig, tier), bounds::id),
    integer("points", LOYALTY_MEMBER(EarningConfig, points), ranges::cost),
    special("conversion", read_conversion),
};
constexpr Shape rule_config_shape = of<EarningConfig, rule_config_fields>();
constexpr ListShape rule_configs_list =
    list_of<EarningConfig>(rule_config_shape, check_config_tiers<EarningConfig>);

void read_conversion(Decoder& decoder, Members& in, const Field& field, void* object) {
  const Field points = in.at(place_of("points", rule_config_fields));
  if (field) {
    read_object(decoder, conversion_shape, field.value, object, in.unknown);
  }
  if (points && field) {
    decoder.fail(ErrorCode::unknown_field, field);
  } else if (!points && !field) {
    decoder.fail(ErrorCode::missing_field, in.object, points.name);
  }
}

constexpr Range points_most{1, limits::points_max};
constexpr FieldShape rule_fields[] = {
    needed(text("id", LOYALTY_MEMBER(EarningRule, id), bounds::id)),
    text("title", LOYALTY_MEMBER(EarningRule, title), bounds::name),
    needed(text("trigger", LOYALTY_MEMBER(EarningRule, trigger), bounds::id)),
    needed(one_of("status", LOYALTY_MEMBER(EarningRule, status), names_of<names::rule_status>)),
    one_of("base", LOYALTY_MEMBER(EarningRule, base), names_of<names::earn_base>),
    object("scope", LOYALTY_MEMBER(EarningRule, scope), scope_shape),
    needed(list("configs", LOYALTY_MEMBER(EarningRule, configs), rule_configs_list, configs_count)),
    integer("maxPoints", LOYALTY_MEMBER(EarningRule, max_points), points_most),
    boolean("baseAppliesToAll", LOYALTY_MEMBER(EarningRule, base_applies_to_all)),
};
constexpr Shape rule_shape = of<EarningRule, rule_fields>();

void read_time_zone(Decoder& decoder, Members&, const Field& field, void* object) {
  Catalog& catalog = *static_cast<Catalog*>(object);
  catalog.time_zone = "UTC";
  decoder.read(field, catalog.time_zone, id_text);
}

constexpr ListShape tiers_list = list_of<Tier>(tier_shape, check_tiers);
constexpr Range tiers_count{0, limits::tiers_max};
constexpr ListShape rewards_list = unique_list_of<Reward>(reward_shape);
constexpr Range rewards_count{0, limits::rewards_max};
constexpr Range promotions_count{0, limits::promotions_max};
constexpr ListShape rules_list = unique_list_of<EarningRule>(rule_shape);
constexpr Range rules_count{0, limits::earning_rules_max};

constexpr FieldShape catalog_fields[] = {
    needed(text("version", LOYALTY_MEMBER(Catalog, version), bounds::id)),
    needed(currency("currency", LOYALTY_MEMBER(Catalog, currency))),
    special("timeZone", read_time_zone),
    needed(object("program", LOYALTY_MEMBER(Catalog, program), program_shape)),
    object("policy", LOYALTY_MEMBER(Catalog, policy), policy_shape),
    boolean("tiersActive", LOYALTY_MEMBER(Catalog, tiers_active)),
    list("tiers", LOYALTY_MEMBER(Catalog, tiers), tiers_list, tiers_count),
    list("rewards", LOYALTY_MEMBER(Catalog, rewards), rewards_list, rewards_count),
    list("promotions", LOYALTY_MEMBER(Catalog, promotions), promotions_list, promotions_count),
    list("earningRules", LOYALTY_MEMBER(Catalog, earning_rules), rules_list, rules_count),
};

}  // namespace

constexpr ListShape promotions_list = unique_list_of<Promotion>(promotion_shape, check_codes);
constexpr Shape catalog_shape = of<Catalog, catalog_fields>();

}  // namespace loyalty
