#include "bench/meter.h"

#include <atomic>
#include <cstdlib>
#include <new>

#include <linux/perf_event.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace {

std::atomic<std::uint64_t> count{0};

void* counted(std::size_t size) {
  count.fetch_add(1, std::memory_order_relaxed);
  if (void* memory = std::malloc(size)) {
    return memory;
  }
  std::abort();
}

int open_instruction_counter() {
  perf_event_attr attributes{};
  attributes.type = PERF_TYPE_HARDWARE;
  attributes.size = sizeof attributes;
  attributes.config = PERF_COUNT_HW_INSTRUCTIONS;
  attributes.disabled = 1;
  attributes.exclude_kernel = 1;
  attributes.exclude_hv = 1;
  return static_cast<int>(syscall(SYS_perf_event_open, &attributes, 0, -1, -1, 0));
}

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
  counter_ = open_instruction_counter();
  if (counter_ >= 0) {
    ioctl(counter_, PERF_EVENT_IOC_ENABLE, 0);
  }
  allocations_before_ = allocations();
}

Meter::~Meter() {
  const auto iterations = static_cast<double>(state_.iterations());
  state_.counters["allocations"] =
      static_cast<double>(allocations() - allocations_before_) / iterations;
  if (counter_ >= 0) {
    std::uint64_t instructions = 0;
    if (read(counter_, &instructions, sizeof instructions) == sizeof instructions) {
      state_.counters["instructions"] = static_cast<double>(instructions) / iterations;
    }
    close(counter_);
  }
}

}  // namespace loyalty::bench
