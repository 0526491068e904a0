#include <cstdint>
#include <vector>

#include <benchmark/benchmark.h>

#include "bench/inputs.h"
#include "bench/meter.h"
#include "core/json/decode.h"
#include "core/rules/reward_available.h"

namespace loyalty::bench {
namespace {

/// Tier and affordable rewards of a million members at once.
void Accounts_Million(benchmark::State& state) {
  const auto document = CatalogDocument::from_json(best_of_20().catalog);
  if (!document.ok()) {
    state.SkipWithError("the catalog was refused");
    return;
  }
  const Standing standing = standing_of(document.value()->catalog());
  constexpr std::size_t count = 1'000'000;
  std::vector<std::int64_t> tier_points(count);
  std::vector<std::int64_t> available(count);
  std::uint64_t random = 1;
  for (std::size_t i = 0; i < count; ++i) {
    random = random * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
    tier_points[i] = static_cast<std::int64_t>(random >> 33) % 10'000;
    available[i] = static_cast<std::int64_t>(random >> 45) % 40;
  }
  std::vector<std::uint8_t> ranks(count);
  std::vector<std::uint8_t> rewards(count);
  const Meter meter{state};
  for (auto _ : state) {
    assign_tiers_and_rewards(tier_points, available, standing, ranks, rewards);
    benchmark::DoNotOptimize(ranks.data());
    benchmark::DoNotOptimize(rewards.data());
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(count));
}
BENCHMARK(Accounts_Million)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace loyalty::bench
