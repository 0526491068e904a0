#include "native/service/program/tiers.h"

#include <algorithm>
#include <set>
#include <utility>

#include "native/service/program/documents.h"

namespace loyalty::service {

using wire::Code;
using wire::integer_at;
using wire::member;
using wire::Refused;
using wire::text_at;

Json tier_json(const store::Document& document) { return entity_of(document); }

Json tiers_settings(store::Session& session) {
  const auto document = session.get(store::Kind::tiers_settings, tiers_settings_id);
  if (!document) {
    return {{"status", "DISABLED"},
            {"rollingWindow", {{"durationInMonths", 12}}},
            {"baseTierDefinition", Json::object()},
            {"revision", "1"}};
  }
  Json settings = entity_of(*document);
  settings.erase("id");
  return settings;
}

std::vector<TierRow> tier_rows(store::Session& session) {
  std::vector<TierRow> rows;
  for (const store::Document& document : session.all(store::Kind::tier)) {
    const Json tier = body_of(document);
    rows.push_back({document.id, text_at(member(tier, "tierDefinition"), "name"),
                    Points::of(integer_at(tier, "requiredPoints"))});
  }
  std::sort(rows.begin(), rows.end(), [](const TierRow& a, const TierRow& b) {
    return a.required_points < b.required_points;
  });
  return rows;
}

store::Document require_tier(store::Session& session, std::string_view id) {
  std::optional<store::Document> document = session.get(store::Kind::tier, id);
  if (!document) {
    throw Refused{Code::tier_not_found};
  }
  return std::move(*document);
}

void require_tiers_of(store::Session& session, const Json& configs, const Json& before,
                      const std::string& field) {
  std::set<std::string> seen;
  std::set<std::string> known;
  for (const Json& config : before) {
    known.insert(text_at(config, "tierId"));
  }
  for (std::size_t i = 0; i < configs.size(); ++i) {
    const std::string tier = text_at(configs[i], "tierId");
    if (!seen.insert(tier).second) {
      throw Refused::invalid(field + '[' + std::to_string(i) + "].tierId", "UNIQUE",
                             "must name each tier once, and the base tier, which has no id, once");
    }
    if (!tier.empty() && !known.contains(tier) && !session.get(store::Kind::tier, tier)) {
      throw Refused{Code::tier_not_found, Json{{"tierId", tier}}};
    }
  }
}

wire::Schema image_schema() {
  using namespace wire;
  return object({optional("id", text(0, 1'000)), optional("url", text(0, 2'048)),
                 optional("height", integer(0, 100'000)), optional("width", integer(0, 100'000)),
                 optional("altText", text(0, 1'000)), optional("filename", text(0, 1'000))})
      .open();
}

wire::Schema tier_definition_schema(wire::Field name) {
  using namespace wire;
  return object(
      {std::move(name), optional("description", text(0, 70)), optional("icon", image_schema())});
}

}  // namespace loyalty::service
