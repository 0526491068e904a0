#pragma once

#include <string>
#include <string_view>

#include "native/service/call.h"

/// Earning rules as documents: what members get points for.
namespace loyalty::service {

/// LoyaltyEarningRule as the public API shows it.
Json earning_rule_json(const store::Document& document);

/// What of an order a rule converts, in the core's words; empty: the policy's. A payload field that
/// names a total or a subtotal of a price summary is previewed by that.
std::string earning_base(const Json& rule);

/// Whether the rule is managed by automations (pre-installed ones included).
bool is_automated(const Json& rule);

/// Makes the rules that come with the apps and are not there yet: paused, and not to be deleted.
void install_rules(Call& call);

/// What follows when a rule was paused or removed and no active one is left: pauses the program
/// where the settings say so (U91). The warnings of the answer.
Json warn_of_no_active_rule(Call& call);

}  // namespace loyalty::service
