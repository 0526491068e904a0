#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/base/arena.h"
#include "core/base/error.h"
#include "core/base/instant.h"
#include "core/base/limits.h"
#include "core/base/result.h"
#include "core/json/reader.h"
#include "core/json/tape.h"
#include "core/json/text_set.h"
#include "core/model/account.h"
#include "core/model/cart.h"
#include "core/model/catalog.h"
#include "core/rules/quote.h"

/// The documents that come in through the door. What they hold is valid: every bound of
/// core/base/limits.h is checked here, and nothing behind the door checks again.
///
/// A bad document gives one Error: of several defects the one whose code stands first in ErrorCode,
/// and among equals the first in the order of the documents' contract, whatever the order of the
/// keys. Unknown fields are refused in catalogs and in the promotions of `resolved`, and ignored
/// elsewhere.
namespace loyalty {

class Decoder;

/// Decodes the catalog that a tape holds. The catalog borrows from the tape's texts and the arena.
std::optional<Error> decode_catalog(const Tape& tape, Arena& arena, Catalog& catalog);

/// The same, telling only what is wrong: for those who do not show where.
ErrorCode accept_catalog(const Tape& tape, Arena& arena, Catalog& catalog);

/// A catalog with everything that it borrows.
class CatalogDocument {
 public:
  /// Refuses texts longer than `bytes_max`.
  static Result<std::unique_ptr<CatalogDocument>> from_json(
      std::string text, std::size_t bytes_max = limits::catalog_bytes_max);

  const Catalog& catalog() const { return catalog_; }

 private:
  CatalogDocument() = default;

  std::string text_;
  Arena arena_;
  Catalog catalog_;
};

/// What a request asks for beside the quote.
struct Want {
  bool explain = false;
  bool offers = false;
  bool near_misses = false;
  bool digest = false;

  Wanted wanted() const { return {explain, offers, near_misses}; }
};

/// A request: who buys what, when. Reused from request to request; warm, reading allocates nothing.
class RequestDocument {
 public:
  /// Reads a request against a catalog that is held elsewhere: a `catalog` in the request is then
  /// an unknown field, and ignored. Without a held one the request must bring its own, and may be
  /// as large as a catalog. Borrows `json` until the next read.
  ///
  /// After an error the accessors have nothing to give.
  std::optional<Error> read(std::string_view json, const Catalog* held);

  /// The same from any other source of tokens. Borrows the tape's texts.
  std::optional<Error> read(const Tape& tape, const Catalog* held);

  /// The same, telling only what is wrong: for those who do not show where.
  ErrorCode accept(const Tape& tape, const Catalog* held);

  /// The held catalog, or the request's own.
  const Catalog& catalog() const { return held_ != nullptr ? *held_ : own_catalog_; }
  /// Null for a guest.
  const Account* account() const { return account_ ? &*account_ : nullptr; }
  const Cart& cart() const { return cart_; }
  const Intent& intent() const { return intent_; }
  Instant now() const { return now_; }
  std::span<const Promotion> resolved() const { return resolved_; }
  const Want& want() const { return want_; }

  Checkout checkout() const { return {account(), &cart_, resolved_}; }

 private:
  std::optional<Error> decode(const Tape& tape, const Catalog* held);
  void decode(Decoder& decoder, const Catalog* held);

  Reader reader_;
  Arena arena_;
  TextSet texts_;

  const Catalog* held_ = nullptr;
  Catalog own_catalog_;
  std::optional<Account> account_;
  Cart cart_;
  Intent intent_;
  Instant now_;
  std::span<const Promotion> resolved_;
  Want want_;
};

}  // namespace loyalty
