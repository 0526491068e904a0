#include "tests/service_accounts/fake_program.h"

#include "core/base/check.h"
#include "native/service/program/catalogs.h"
#include "native/wire/refused.h"

namespace loyalty::service {
namespace {

struct World {
  ProgramState state;
  std::vector<FakeReward> rewards;
  std::shared_ptr<const PublishedCatalog> catalog;
};

World& world() {
  static World one;
  return one;
}

Json config_json(const FakeReward& reward, const std::string& tier) {
  Json config{{"costInPoints", reward.cost}};
  if (!tier.empty()) {
    config["tierId"] = tier;
  }
  Json effect{{"kind", "freeItem"}, {"productId", "tea"}, {"quantity", 1}, {"unitPrice", 450}};
  if (reward.flexible) {
    effect = {{"kind", "pointsAsMoney"}, {"amount", 100}, {"costInPoints", reward.cost}};
  }
  config["effects"] = Json::array({effect});
  return config;
}

Json catalog_json(const World& of) {
  constexpr const char* statuses[] = {"DRAFT", "ACTIVE", "PAUSED"};
  Json catalog{
      {"version", "1"},
      {"currency", "EUR"},
      {"timeZone", "UTC"},
      {"program",
       {{"status", statuses[static_cast<int>(of.state.ledger.settings.status)]}, {"name", "Test"}}},
      {"tiersActive", of.state.tiers_active},
      {"tiers", Json::array()},
      {"rewards", Json::array()}};
  for (const TierRow& tier : of.state.tiers) {
    catalog["tiers"].push_back(
        {{"id", tier.id}, {"name", tier.name}, {"requiredPoints", tier.required_points.count()}});
  }
  for (const FakeReward& reward : of.rewards) {
    Json json{{"id", reward.id},
              {"name", reward.id},
              {"type", reward.flexible ? "DISCOUNT_AMOUNT" : "COUPON_REWARD"},
              {"revision", 1},
              {"active", reward.active},
              {"configs", Json::array()}};
    for (const std::string& tier : reward.tiers) {
      json["configs"].push_back(config_json(reward, tier));
    }
    catalog["rewards"].push_back(std::move(json));
  }
  return catalog;
}

}  // namespace

void reset_program() {
  world() = World{};
  world().state.currency = *Currency::of("EUR");
  publish_rewards({});
}

ProgramState& program_state() { return world().state; }

void publish_rewards(std::vector<FakeReward> rewards) {
  world().rewards = std::move(rewards);
  auto published = std::make_shared<PublishedCatalog>();
  auto read = CatalogDocument::from_json(catalog_json(world()).dump());
  if (!read.ok()) {
    throw std::runtime_error(read.error().path + " " + read.error().message);
  }
  published->document = std::move(read.value());
  published->compiled = std::make_unique<CompiledCatalog>(published->document->catalog());
  world().catalog = std::move(published);
}

void add_tier(std::string id, std::int64_t required_points) {
  ProgramState& state = program_state();
  state.tiers_active = true;
  state.tiers.push_back({id, id, Points::of(required_points)});
}

// What the accounts ask of the program.

std::shared_ptr<const ProgramState> program_of(Call&) {
  return std::make_shared<const ProgramState>(world().state);
}

void require_active(Call&) {
  if (world().state.ledger.settings.status != ledger::Status::active) {
    throw wire::Refused(wire::Code::program_not_active);
  }
}

bool awaits_recalculation(Call&, std::string_view) { return false; }

std::shared_ptr<const PublishedCatalog> Catalogs::catalog(store::Session&) {
  return world().catalog;
}

}  // namespace loyalty::service
