#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/json/decode.h"
#include "core/json/digest.h"
#include "core/json/writer.h"
#include "core/rules/compiled_catalog.h"
#include "core/rules/quote.h"
#include "core/rules/workspace.h"

/// The core, as the server asks it: requests that the server put together, against catalogs that
/// are compiled once and shared. Warm, a computation does not touch the heap.
namespace loyalty::service {

class QuoteEngine {
 public:
  /// Memory of its own for each thread. What it answers is valid until its next use there.
  static QuoteEngine& of_this_thread();

  /// Reads a request without `catalog` and makes ready for its quotes. The catalog outlives that.
  std::optional<Error> open(const CompiledCatalog& catalog, std::string_view request);

  const RequestDocument& request() const { return request_; }

  /// The quote of the open request, at its own time or another.
  const Quote& quote(Instant now);
  /// The best combination of what the account has (Q16).
  BestChoice optimize(Instant now);

  /// What proves that two sides computed the same from the same (Q18). A budget that only the
  /// server knows is no part of it.
  Digest digest(const Quote& quote, Instant now, std::string_view catalog_digest);

  /// What a quote says beside when it was computed; equal texts are equal quotes.
  std::string_view essence(const Quote& quote);

  /// A quote as JSON, with its digest where it is not empty.
  std::string_view text(const Quote& quote, std::string_view digest);
  /// The answer of a door: `{"ok":true,"value":…}`.
  std::string_view answer(const Quote& quote, std::string_view digest);
  std::string_view answer(const BestChoice& best, std::string_view digest);
  /// `{"error":…,"ok":false}`
  std::string_view refusal(const Error& error);

 private:
  RequestDocument request_;
  Workspace workspace_;
  Writer writer_;
  Writer scratch_;
  std::vector<Promotion> shown_;
};

}  // namespace loyalty::service
