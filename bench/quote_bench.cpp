#include <benchmark/benchmark.h>

#include "bench/checkout_fixture.h"
#include "bench/meter.h"

namespace loyalty::bench {
namespace {

/// One quote after a changed quantity: rules only, on a prepared catalog, cart and workspace.
void run_quotes(benchmark::State& state, CheckoutFixture& fixture) {
  std::int64_t quantity = 1;
  for (int warm = 0; warm < 4; ++warm) {
    quantity ^= 3;
    fixture.set_quantity(0, quantity);
    fixture.quote();
  }
  const Meter meter{state};
  for (auto _ : state) {
    quantity ^= 3;
    fixture.set_quantity(0, quantity);
    benchmark::DoNotOptimize(fixture.quote().total);
  }
}

void Quote_Small(benchmark::State& state) {
  CheckoutFixture fixture{small()};
  run_quotes(state, fixture);
}
BENCHMARK(Quote_Small);

void Quote_Typical(benchmark::State& state) {
  CheckoutFixture fixture{typical()};
  run_quotes(state, fixture);
}
BENCHMARK(Quote_Typical);

void Quote_Large(benchmark::State& state) {
  CheckoutFixture fixture{large(200, 10)};
  run_quotes(state, fixture);
}
BENCHMARK(Quote_Large);

/// Growth with lines at ten discounts.
void Quote_Lines(benchmark::State& state) {
  CheckoutFixture fixture{large(static_cast<std::size_t>(state.range(0)), 10)};
  run_quotes(state, fixture);
  state.SetComplexityN(state.range(0));
}
BENCHMARK(Quote_Lines)
    ->Arg(10)
    ->Arg(50)
    ->Arg(100)
    ->Arg(200)
    ->Arg(500)
    ->Arg(1000)
    ->Complexity(benchmark::oN);

/// Growth with discounts at two hundred lines.
void Quote_Discounts(benchmark::State& state) {
  CheckoutFixture fixture{large(200, static_cast<std::size_t>(state.range(0)))};
  run_quotes(state, fixture);
  state.SetComplexityN(state.range(0));
}
BENCHMARK(Quote_Discounts)->Arg(1)->Arg(5)->Arg(10)->Arg(20)->Arg(40)->Complexity(benchmark::oN);

void Quote_Promotions(benchmark::State& state) {
  CheckoutFixture fixture{many_promotions(static_cast<std::size_t>(state.range(0)))};
  run_quotes(state, fixture);
}
BENCHMARK(Quote_Promotions)->Arg(10)->Arg(1'000)->Arg(10'000)->Arg(100'000);

void Quote_Codes(benchmark::State& state) {
  CheckoutFixture fixture{many_codes(static_cast<std::size_t>(state.range(0)))};
  run_quotes(state, fixture);
}
BENCHMARK(Quote_Codes)->Arg(10)->Arg(10'000)->Arg(1'000'000);

/// With the cart resolved anew each time.
void Prepare_Typical(benchmark::State& state) {
  CheckoutFixture fixture{typical()};
  const Meter meter{state};
  for (auto _ : state) {
    fixture.prepare_cart();
    benchmark::DoNotOptimize(fixture.quote().total);
  }
}
BENCHMARK(Prepare_Typical);

void Explain_Typical(benchmark::State& state) {
  CheckoutFixture fixture{typical()};
  const Meter meter{state};
  for (auto _ : state) {
    benchmark::DoNotOptimize(fixture.quote({.explain = true, .offers = true, .near_misses = true}));
  }
}
BENCHMARK(Explain_Typical);

void Optimize_BestOf20(benchmark::State& state) {
  CheckoutFixture fixture{best_of_20()};
  if (!fixture.optimize().optimal) {
    state.SkipWithError("not proved optimal");
    return;
  }
  const Meter meter{state};
  for (auto _ : state) {
    benchmark::DoNotOptimize(fixture.optimize().quote.total);
  }
}
BENCHMARK(Optimize_BestOf20);

}  // namespace
}  // namespace loyalty::bench
