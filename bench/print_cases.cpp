#include <cstdio>
#include <string>

#include "bench/inputs.h"

/// Prints the carts and catalogs of the benchmarks, one JSON object a line, for those written in
/// other languages: {"name", "catalog", "request"}.
int main() {
  using namespace loyalty::bench;
  const auto print = [](const char* name, const Case& inputs) {
    std::printf(R"({"name":"%s","catalog":%s,"request":%s})"
                "\n",
                name, inputs.catalog.c_str(), inputs.request.c_str());
  };
  print("small", small());
  print("typical", typical());
  print("large", large(200, 10));
  return 0;
}
