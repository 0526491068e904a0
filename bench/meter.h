#pragma once

#include <cstdint>

#include <benchmark/benchmark.h>

namespace loyalty::bench {

/// Heap allocations of this process so far.
std::uint64_t allocations();

/// Counts heap allocations, and instructions where the machine can, over the iterations of a
/// benchmark, and reports them per iteration.
class Meter {
 public:
  explicit Meter(benchmark::State& state);
  ~Meter();
  Meter(const Meter&) = delete;
  Meter& operator=(const Meter&) = delete;

 private:
  benchmark::State& state_;
  int counter_ = -1;
  std::uint64_t allocations_before_ = 0;
};

}  // namespace loyalty::bench
