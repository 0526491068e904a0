#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

#include "core/base/arena.h"
#include "core/base/buffer.h"
#include "core/base/error.h"
#include "core/json/cbor_reader.h"
#include "core/json/decode.h"
#include "core/rules/compiled_catalog.h"
#include "core/rules/quote.h"
#include "core/rules/workspace.h"
#include "wasm/number_stream.h"
#include "wasm/quote_stream.h"

namespace loyalty::wasm {

/// What a page asks for beside the sums; bits of the `want` that crosses.
enum Want : unsigned {
  want_offers = 1,
  want_near_misses = 2,
  want_explain = 4,
  want_digest = 8,
};

Wanted wanted(unsigned want);

/// One catalog and one prepared checkout behind the flat door of ABI.md.
///
/// Takes documents as CBOR and keeps the bytes that they came in, since what was decoded borrows
/// its texts from them. What is refused changes nothing: the catalog and the checkout that were
/// held are still held.
class Engine {
 public:
  /// Where the next document is to be written; null where it is larger than any document may be.
  char* reserve(std::size_t bytes);

  /// Decodes, compiles and holds the catalog in the reserved bytes. Closes the checkout.
  ErrorCode open_catalog(std::size_t bytes);

  /// Decodes and prepares the request in the reserved bytes, against the held catalog.
  ErrorCode open_checkout(std::size_t bytes);

  // One number of the prepared checkout. Out of range or without a checkout: refused.
  ErrorCode set_quantity(double line, double quantity);
  ErrorCode set_points(double entry, double points);
  ErrorCode set_now(double ms);

  /// Computes the quote; the header of ABI.md, or null without a checkout. Warm, it allocates
  /// nothing.
  const double* run(unsigned want);

  /// The quote of the last run() as the stream of ABI.md; null where there is none.
  const double* detail();

  /// Of the last refusal; its code is none where nothing was refused. A preview build keeps none.
  const Error& refusal() const { return refusal_; }

  bool has_checkout() const { return has_checkout_; }

  // For the rare calls. Require: has_checkout(). The cart, the intent and the time are as they are
  // now; those of the request are as they came.
  const Catalog& catalog() const { return held_->catalog; }
  const RequestDocument& request() const { return *request_.document; }
  const Cart& cart() const { return cart_; }
  const Intent& intent() const { return intent_; }
  Instant now() const { return now_; }
  /// For another computation, which takes the place of the last run().
  Workspace& take_workspace();
  /// Counts the catalogs that were opened, so that what was made of one can be told to be old.
  unsigned catalogs_opened() const { return catalogs_opened_; }

 private:
  /// Bytes of a document. Never cleared: its writer fills it.
  struct Bytes {
    std::unique_ptr<char[]> bytes;
    std::size_t size = 0;
  };
  struct HeldCatalog {
    HeldCatalog(Bytes own_bytes, Arena own_arena, const Catalog& decoded);
    Bytes bytes;
    Arena arena;
    Catalog catalog;
    CompiledCatalog compiled;
  };
  /// A request with the bytes that it borrows from. There are two, one to hold and one to read
  /// into, and they change places.
  struct Request {
    Bytes bytes;
    std::unique_ptr<RequestDocument> document;
  };

  std::string_view input(std::size_t bytes) const;
  ErrorCode read_input(std::size_t bytes);
  ErrorCode read_catalog(Arena& arena, Catalog& catalog);
  ErrorCode read_request(RequestDocument& request);
  ErrorCode refuse(std::optional<Error> error);
  ErrorCode refuse_number(std::string_view list, std::size_t index, std::string_view field);
  void hold_checkout();

  CborReader reader_;
  Bytes input_;
  std::unique_ptr<HeldCatalog> held_;
  unsigned catalogs_opened_ = 0;

  Request request_;
  Request next_request_;
  bool has_checkout_ = false;
  // Copies of what can be changed number by number.
  Cart cart_;
  Buffer<CartLine> lines_;
  Intent intent_;
  Buffer<Choice> chosen_;
  Instant now_;
  Money amount_;  ///< items, shipping and fees together, which has a limit

  Workspace workspace_;
  const Quote* quote_ = nullptr;
  double header_[header_size] = {};
  NumberStream stream_;
  Error refusal_;
};

/// The one engine of the instance.
Engine& engine();

}  // namespace loyalty::wasm
