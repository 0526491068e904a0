// Any bytes at the flat door: no crash, no hang; what is read has a JSON form that says the same,
// and what is accepted can be computed. The first byte chooses which document the rest is.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "core/base/check.h"
#include "core/json/encode.h"
#include "core/json/reader.h"
#include "tests/json/cbor_documents.h"
#include "wasm/engine.h"

namespace {

using namespace loyalty;

constexpr std::string_view held_catalog =
    R"({"version":"1","currency":"EUR","program":{"status":"ACTIVE"},"tiersActive":true,)"
    R"("tiers":[{"id":"gold","requiredPoints":100}],"rewards":[{"id":"r","type":"DISCOUNT_AMOUNT",)"
    R"("active":true,"configs":[{"costInPoints":3,"effects":[{"kind":"pointsAsMoney","amount":2}]}]}],)"
    R"("promotions":[{"id":"p","trigger":"automatic","effects":[{"kind":"percent","ratePpm":100000}]}],)"
    R"("earningRules":[{"id":"e","trigger":"order","status":"ACTIVE","configs":[{"points":5}]}]})";

constexpr std::string_view some_request =
    R"({"account":{"id":"a","revision":1,"available":50,"held":0,"pending":0},"cart":{"currency":"EUR",)"
    R"("lines":[{"id":"l","unitPrice":1000,"quantity":2}]},"intent":{"chosen":[{"reward":{"id":"r"}}]},)"
    R"("now":"2025-03-01T00:00:00Z"})";

std::string cbor_of(std::string_view json) {
  Reader reader;
  Arena arena;
  LOYALTY_CHECK(!reader.read(json, json.size(), arena));
  return test::cbor_of(reader.tape());
}

char* hand_over(std::string_view bytes, wasm::Engine& engine) {
  char* const buffer = engine.reserve(bytes.size());
  if (buffer != nullptr && !bytes.empty()) {
    std::memcpy(buffer, bytes.data(), bytes.size());
  }
  return buffer;
}

ErrorCode open_catalog(std::string_view bytes, wasm::Engine& engine) {
  return hand_over(bytes, engine) == nullptr ? ErrorCode::too_large
                                             : engine.open_catalog(bytes.size());
}

ErrorCode open_checkout(std::string_view bytes, wasm::Engine& engine) {
  return hand_over(bytes, engine) == nullptr ? ErrorCode::too_large
                                             : engine.open_checkout(bytes.size());
}

void use(wasm::Engine& engine, std::uint8_t hint) {
  engine.set_quantity(hint % 4, hint);
  engine.set_points(hint % 4, hint);
  engine.set_now(1e12 + hint);
  if (engine.run(hint & 3U) != nullptr) {
    LOYALTY_CHECK(engine.detail() != nullptr);
  }
}

/// What was read says the same when it is written as CBOR and read again.
void check_reading(std::string_view bytes) {
  CborReader reader;
  if (reader.read(bytes, bytes.size())) {
    return;
  }
  const std::string again = test::cbor_of(reader.tape());
  CborReader second;
  LOYALTY_CHECK(!second.read(again, again.size()));
  LOYALTY_CHECK(second.tape().size() == reader.tape().size());
  LOYALTY_CHECK(test::cbor_of(second.tape()) == again);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) {
    return 0;
  }
  static const std::string catalog = cbor_of(held_catalog);
  static const std::string request = cbor_of(some_request);
  const std::uint8_t hint = data[0];
  const std::string_view bytes{reinterpret_cast<const char*>(data) + 1, size - 1};
  check_reading(bytes);

  wasm::Engine engine;
  LOYALTY_CHECK(open_catalog(catalog, engine) == ErrorCode::none);
  LOYALTY_CHECK(open_checkout(request, engine) == ErrorCode::none);
  if ((hint & 0x80) != 0) {
    open_checkout(bytes, engine);
  } else if (open_catalog(bytes, engine) == ErrorCode::none) {
    LOYALTY_CHECK(engine.run(0) == nullptr);
    open_checkout(request, engine);
  }
  use(engine, hint);
  return 0;
}
