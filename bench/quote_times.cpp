#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "bench/checkout_fixture.h"

/// `quote_times CASE N`: computes one prepared case N times. Run under an instruction counter with
/// two values of N, the difference is what N quotes cost.
int main(int argc, char** argv) {
  using namespace loyalty::bench;
  if (argc != 3) {
    std::fprintf(stderr, "usage: quote_times small|typical|large|best N\n");
    return 2;
  }
  const bool best = std::strcmp(argv[1], "best") == 0;
  Case inputs = best                                 ? best_of_20()
                : std::strcmp(argv[1], "small") == 0 ? small()
                : std::strcmp(argv[1], "large") == 0 ? large(200, 10)
                                                     : typical();
  CheckoutFixture fixture{std::move(inputs)};
  std::int64_t sum = 0;
  for (long n = std::atol(argv[2]); n > 0; --n) {
    fixture.set_quantity(0, 1 + n % 2);
    sum += (best ? fixture.optimize().quote : fixture.quote()).total.minor_units();
  }
  std::printf("%lld\n", static_cast<long long>(sum));
  return 0;
}
