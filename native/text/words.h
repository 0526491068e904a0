#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/instant.h"
#include "core/model/catalog.h"
#include "core/model/rejection.h"
#include "core/money/currency.h"
#include "core/money/money.h"
#include "core/money/points.h"
#include "core/money/ratio.h"

/// Values as a person reads them.
namespace loyalty::cli {

/// 1234567 EUR-cents: `12,345.67`.
std::string amount(Money money, Currency currency);
/// `12,345.67 EUR`
std::string amount_with_code(Money money, Currency currency);
/// 1234: `1,234`
std::string count(std::int64_t number);
/// 125000: `12.5 %`
std::string percent(RatePpm rate);
/// `1 December 2025`, and `1 December 2025, 09:30 UTC` unless it is midnight.
std::string date(Instant instant);
/// `1 item`, `2 items`
std::string counted(std::int64_t number, std::string_view one, std::string_view many);

/// How the shop calls its points: the program's English name, else `point` and `points`.
class PointName {
 public:
  explicit PointName(const Program& program);
  /// `520 points`
  std::string operator()(Points points) const;
  std::string_view many() const { return many_; }
  /// `Points`
  std::string title() const;

 private:
  std::string one_ = "point";
  std::string many_ = "points";
};

/// The part of a tag that a person knows: `stores/collection:shoes` is `shoes`.
std::string tag_word(std::string_view tag);
/// `shoes or boots, but not sale, from 20.00`; empty for a scope that holds everything.
std::string scope_words(const Scope& scope, Currency currency);

}  // namespace loyalty::cli
