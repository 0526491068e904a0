#pragma once

#include <array>
#include <string_view>

#include "core/json/encode.h"
#include "core/json/writer.h"
#include "core/model/catalog.h"
#include "core/model/quote.h"

/// Proof that two machines computed the same from the same (Q18).
namespace loyalty {

/// 64 lower-case hex digits.
using Digest = std::array<char, 64>;
inline std::string_view text_of(const Digest& digest) { return {digest.data(), digest.size()}; }

/// SHA-256 of a catalog's canonical JSON. Slow for large catalogs: made once where one is held.
Digest digest_of(const Catalog& catalog, Writer& scratch);

/// SHA-256 of the canonical `{"quote":…,"request":…}`. The request names its catalog by digest.
Digest digest_of(const RequestParts& request, const Quote& quote, Writer& scratch);

}  // namespace loyalty
