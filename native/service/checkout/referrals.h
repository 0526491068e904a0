#pragma once

#include <string_view>

#include "native/service/call.h"

/// Referral rewards at a checkout: used up by one order, given back when that is undone.
namespace loyalty::service {

void use_referral_reward(Call& call, std::string_view id, std::string_view order_id);
void give_back_referral_reward(Call& call, std::string_view id, std::string_view order_id);

}  // namespace loyalty::service
