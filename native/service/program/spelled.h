#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "core/ledger/settings.h"
#include "core/model/policy.h"
#include "core/rules/refund.h"

/// How the settings spell enumerations; one table for both directions, in the order of the enum.
namespace loyalty::service::spelled {

template <class Enum, std::size_t count>
struct Names {
  std::array<std::string_view, count> names;

  /// The first value for a name that is not there: what is stored was checked when it was written.
  Enum of(std::string_view name) const {
    for (std::size_t i = 0; i < count; ++i) {
      if (names[i] == name) {
        return static_cast<Enum>(i);
      }
    }
    return Enum{};
  }
  std::string name(Enum value) const { return std::string{names[static_cast<std::size_t>(value)]}; }
};

inline constexpr Names<ledger::Status, 3> status{{"DRAFT", "ACTIVE", "PAUSED"}};
inline constexpr Names<ledger::ExpiryModel, 3> expiry_model{{"none", "inactivity", "lots"}};
inline constexpr Names<ExpiryGrain, 2> expiry_grain{{"day", "month"}};
inline constexpr Names<ledger::ReversalPolicy, 3> reversal{{"CLAMP", "ALLOW_NEGATIVE", "FORGIVE"}};
inline constexpr Names<EarnRounding, 3> earn_rounding{{"wix", "floor", "perStep"}};
inline constexpr Names<PointsRefund, 2> points_refund{{"WHOLE_ORDER", "PROPORTIONAL"}};

}  // namespace loyalty::service::spelled
