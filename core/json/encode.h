#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "core/base/error.h"
#include "core/base/instant.h"
#include "core/json/writer.h"
#include "core/model/account.h"
#include "core/model/cart.h"
#include "core/model/catalog.h"
#include "core/model/quote.h"

/// Canonical JSON: keys sorted bytewise, no spaces, defaults written out, absent optional fields
/// left out. Equal documents give equal bytes; reading them back gives the same document, and
/// writing that the same bytes (I-10).
///
/// What the reader accepts in two forms has one canonical form: a revision is an integer, a
/// `profile` its switches, a guest `null`, `+00:00` is `Z`. `amountOff` leaves out the `ratePpm`
/// that it replaces. Lists in rules are left out when they are empty, as they are refused when
/// empty.
namespace loyalty {

void encode(const Catalog& catalog, Writer& to);
void encode(const Account& account, Writer& to);
void encode(const Cart& cart, Writer& to);
void encode(const Intent& intent, Writer& to);

/// A request without `want`.
struct RequestParts {
  const Catalog* catalog = nullptr;  ///< null: left out
  /// Written in place of the catalog where not empty.
  std::string_view catalog_digest;
  const Account* account = nullptr;
  const Cart* cart = nullptr;
  const Intent* intent = nullptr;
  Instant now;
  std::span<const Promotion> resolved;
};
void encode(const RequestParts& request, Writer& to);

/// One row of a quote's `offers`.
void encode(const Offer& offer, Writer& to);
/// A quote with its `digest` where it is not empty.
void encode(const Quote& quote, std::string_view digest, Writer& to);
/// A quote as digests see it: without explain, offers, nearMisses and digest.
void encode_for_digest(const Quote& quote, Writer& to);
void encode(const BestChoice& best, std::string_view digest, Writer& to);

/// `{"code":…,"message":…,"path":…}`
void encode(const Error& error, Writer& to);

/// The whole text that a door answers with: `{"ok":true,"value":…}`; `write_value` writes the
/// value.
template <class WriteValue>
void write_answer(Writer& to, WriteValue write_value) {
  to.clear();
  to.begin_object();
  to.key("ok");
  to.value(true);
  to.key("value");
  write_value();
  to.end_object();
}

/// The same for bad input: `{"error":…,"ok":false}`.
void write_refusal(Writer& to, const Error& error);

// Parts that other documents hold too.
void encode(const Scope& scope, Writer& to);
void encode(const Conditions& conditions, Writer& to);
void encode(const Effect& effect, Writer& to);
void encode(const Promotion& promotion, Writer& to);
void encode(const Fact& fact, Writer& to);
void encode(const Fix& fix, Writer& to);

}  // namespace loyalty
