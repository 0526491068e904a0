#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/json/decode.h"
#include "core/json/digest.h"
#include "core/json/writer.h"
#include "core/rules/compiled_catalog.h"
#include "core/rules/quote.h"
#include "core/rules/workspace.h"

namespace loyalty {

/// JSON in, JSON out: the whole core behind one object. One per thread.
///
/// Every answer is `{"ok":true,"value":…}` or `{"ok":false,"error":{"code","message","path"}}`,
/// canonical, and valid until the next call. All memory is kept from call to call: once warm,
/// answers against the held catalog do not touch the heap.
///
/// A quote has a `digest` where the request's `want` names it.
class Door {
 public:
  /// Reads, compiles and holds a catalog. After an error the one held before is still held.
  std::optional<Error> open_catalog(std::string json,
                                    std::size_t bytes_max = limits::catalog_bytes_max);

  /// The held catalog; null before the first open_catalog().
  const Catalog* catalog() const { return held_ ? &held_->document->catalog() : nullptr; }

  /// Answers a request without `catalog` against the held one; `value` is a Quote.
  ///
  /// With no catalog held it answers MISSING_FIELD at /catalog.
  std::string_view quote(std::string_view request_json);

  /// The best combination: `value` is {bound, chosen, optimal, quote} (Q16).
  std::string_view optimize(std::string_view request_json);

  // The same for a request that brings its catalog. Compiles it for this one answer.
  std::string_view quote_whole(std::string_view request_json);
  std::string_view optimize_whole(std::string_view request_json);

 private:
  struct Held {
    std::unique_ptr<CatalogDocument> document;
    CompiledCatalog compiled;
    std::optional<Digest> digest;  ///< made when first wanted
  };
  enum class Answer { quote, best };

  std::string_view answer_held(std::string_view request_json, Answer answer);
  std::string_view answer_whole(std::string_view request_json, Answer answer);
  std::string_view answer(const CompiledCatalog& compiled, std::optional<Digest>& catalog_digest,
                          Answer answer);
  Digest digest(const Quote& quote, std::optional<Digest>& catalog_digest);
  std::string_view refuse(const Error& error);

  std::unique_ptr<Held> held_;
  RequestDocument request_;
  Workspace workspace_;
  Writer writer_;
  Writer digest_scratch_;
};

}  // namespace loyalty
