#include "bench/meter.h"

#include <atomic>
#include <cstdlib>
#include <new>

#if __has_include(<linux/perf_event.h>)
#include <linux/perf_event.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>
#define LOYALTY_HAS_COUNTERS
#endif

namespace {

std::atomic<std::uint64_t> count{0};

void* counted(std::size_t size) {
  count.fetch_add(1, std::memory_order_relaxed);
  if (void* memory = std::malloc(size)) {
    return memory;
  }
  std::abort();
}

#ifdef LOYALTY_HAS_COUNTERS

/// Counts from now on; negative where the machine does not let us.
int start_instruction_counter() {
  perf_event_attr attributes{};
  attributes.type = PERF_TYPE_HARDWARE;
  attributes.size = sizeof attributes;
  attributes.config = PERF_COUNT_HW_INSTRUCTIONS;
  attributes.disabled = 1;
  attributes.exclude_kernel = 1;
  attributes.exclude_hv = 1;
  const auto counter = static_cast<int>(syscall(SYS_perf_event_open, &attributes, 0, -1, -1, 0));
  if (counter >= 0) {
    ioctl(counter, PERF_EVENT_IOC_ENABLE, 0);
  }
  return counter;
}

/// Instructions since the start; 0 where there is no counter.
std::uint64_t stop_instruction_counter(int counter) {
  std::uint64_t instructions = 0;
  if (counter >= 0) {
    if (read(counter, &instructions, sizeof instructions) != sizeof instructions) {
      instructions = 0;
    }
    close(counter);
  }
  return instructions;
}

#else

int start_instruction_counter() { return -1; }
std::uint64_t stop_instruction_counter(int /*counter*/) { return 0; }

#endif

}  // namespace

void* operator new(std::size_t size) { return counted(size); }
void* operator new[](std::size_t size) { return counted(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }

namespace loyalty::bench {

std::uint64_t allocations() { return count.load(std::memory_order_relaxed); }

Meter::Meter(benchmark::State& state) : state_{state} {
  counter_ = start_instruction_counter();
  allocations_before_ = allocations();
}

Meter::~Meter() {
  const auto iterations = static_cast<double>(state_.iterations());
  state_.counters["allocations"] =
      static_cast<double>(allocations() - allocations_before_) / iterations;
  if (const std::uint64_t instructions = stop_instruction_counter(counter_); instructions > 0) {
    state_.counters["instructions"] = static_cast<double>(instructions) / iterations;
  }
}

}  // namespace loyalty::bench
