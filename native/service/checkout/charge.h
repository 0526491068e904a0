#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/model/quote.h"
#include "native/service/checkout/quote_desk.h"
#include "native/wire/refused.h"

/// A quote as far as the server acts on it, free of the engine that computed it.
namespace loyalty::service {

struct ChargedDiscount {
  Source source = Source::promotion;
  std::string id;
  Money amount;
  std::optional<Points> points;
};

/// A choice that does not run, and why.
struct RejectedChoice {
  Source source = Source::reward;
  std::string id;
  RejectionCode code{};
  std::int64_t required = 0;  ///< points, of point rejections
};

/// What one earning rule gives for the order, and on what.
struct EarnedPoints {
  std::string rule_id;
  Money base;
  Points points;
};

struct Charge {
  std::vector<ChargedDiscount> discounts;
  std::vector<RejectedChoice> rejected;  ///< automatic promotions left out
  std::vector<EarnedPoints> earned;
  Money total;
  std::string quote;            ///< JSON
  std::string digest;           ///< at the time asked for
  std::string essence;          ///< what it says beside the time
  std::string request;          ///< JSON: what the core computed it from, under the public catalog
  std::vector<UsedUp> used_up;  ///< limits of the catalog's promotions of which nothing was left

  const ChargedDiscount* find(Source source, std::string_view id) const;
  const RejectedChoice* rejection(Source source, std::string_view id) const;
};

/// Throws VALIDATION where cart or intent are no documents of the core.
Charge charge(Call& call, const Shopper& shopper, Points held_here, const Question& question,
              Instant now);

/// The refusal that says the same as a rejection, with the quote in its data.
wire::Refused refusal_of(const RejectedChoice& rejected, const Json& quote);

Json json_of(const std::string& text);

}  // namespace loyalty::service
