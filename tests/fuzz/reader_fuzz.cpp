// Any bytes at the door: no crash, no hang, and what is accepted is the same again in canonical
// form.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "core/base/check.h"
#include "core/json/door.h"
#include "core/json/encode.h"
#include "core/json/reader.h"

namespace {

using namespace loyalty;

constexpr std::string_view held_catalog =
    R"({"version":"1","currency":"EUR","program":{"status":"ACTIVE"},"tiersActive":true,)"
    R"("tiers":[{"id":"gold","requiredPoints":100}],"rewards":[{"id":"r","type":"DISCOUNT_AMOUNT",)"
    R"("active":true,"configs":[{"costInPoints":3,"effects":[{"kind":"pointsAsMoney","amount":2}]}]}],)"
    R"("promotions":[{"id":"p","trigger":"automatic","effects":[{"kind":"percent","ratePpm":100000}]}],)"
    R"("earningRules":[{"id":"e","trigger":"order","status":"ACTIVE","configs":[{"points":5}]}]})";

RequestParts parts_of(const RequestDocument& document) {
  return {.catalog = &document.catalog(),
          .catalog_digest = {},
          .account = document.account(),
          .cart = &document.cart(),
          .intent = &document.intent(),
          .now = document.now(),
          .resolved = document.resolved()};
}

std::string canonical_request(std::string_view text) {
  RequestDocument document;
  if (document.read(text, nullptr)) {
    return {};
  }
  Writer writer;
  encode(parts_of(document), writer);
  return std::string{writer.text()};
}

std::string canonical_catalog(std::string text) {
  const auto document = CatalogDocument::from_json(std::move(text));
  if (!document) {
    return {};
  }
  Writer writer;
  encode(document.value()->catalog(), writer);
  return std::string{writer.text()};
}

/// Every answer is JSON that our own strict reader takes.
void check_answer(std::string_view answer) {
  Reader reader;
  Arena arena;
  const std::string copy{answer};
  LOYALTY_CHECK(!reader.read(copy, copy.size(), arena));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text{reinterpret_cast<const char*>(data), size};
  static Door* const held = [] {
    auto* door = new Door;
    LOYALTY_CHECK(!door->open_catalog(std::string{held_catalog}));
    return door;
  }();

  check_answer(held->quote(text));
  Door door;
  check_answer(door.quote_whole(text));
  if (!door.open_catalog(text)) {
    LOYALTY_CHECK(door.catalog() != nullptr);
  }

  const std::string request = canonical_request(text);
  LOYALTY_CHECK(request.empty() || canonical_request(request) == request);
  const std::string catalog = canonical_catalog(text);
  LOYALTY_CHECK(catalog.empty() || canonical_catalog(catalog) == catalog);
  return 0;
}
