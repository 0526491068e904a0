#include <cstdlib>

#include <benchmark/benchmark.h>

#include "bench/inputs.h"
#include "bench/meter.h"
#include "core/json/door.h"

namespace loyalty::bench {
namespace {

/// JSON bytes in to JSON bytes out against a held catalog.
void run_door(benchmark::State& state, Case inputs) {
  Door door;
  if (door.open_catalog(std::move(inputs.catalog))) {
    state.SkipWithError("the catalog was refused");
    return;
  }
  if (door.quote(inputs.request).substr(0, 10) != R"({"ok":true)") {
    state.SkipWithError("the request was refused");
    return;
  }
  door.quote(inputs.request);
  const Meter meter{state};
  for (auto _ : state) {
    benchmark::DoNotOptimize(door.quote(inputs.request));
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(inputs.request.size()));
}

void Door_Typical(benchmark::State& state) { run_door(state, typical()); }
BENCHMARK(Door_Typical);

void Door_TypicalWithDigest(benchmark::State& state) {
  Case inputs = typical();
  inputs.request.back() = ',';
  inputs.request += R"("want":["digest"]})";
  run_door(state, std::move(inputs));
}
BENCHMARK(Door_TypicalWithDigest);

void Door_Large(benchmark::State& state) { run_door(state, large(200, 10)); }
BENCHMARK(Door_Large);

/// Reading and compiling a catalog of many promotions.
void Door_OpenCatalog(benchmark::State& state) {
  const Case inputs = many_promotions(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    Door door;
    std::string text = inputs.catalog;
    benchmark::DoNotOptimize(door.open_catalog(std::move(text)));
  }
}
BENCHMARK(Door_OpenCatalog)->Arg(10)->Arg(10'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace loyalty::bench
