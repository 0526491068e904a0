#pragma once

#include <string>
#include <string_view>

#include "native/service/call.h"

/// What a member owns, as a quote sees it: kept ready as one text per account, so that a quote
/// reads one row and builds nothing.
namespace loyalty::service {

/// `{"coupons":[…],"referralRewards":[…]}` with what can be chosen at a checkout; coupons beyond
/// the 200 that a quote takes wait in `more`.
enum class Pocket : std::uint8_t { coupons, referral_rewards };

/// The text; empty where the account never owned anything.
std::string wallet_text(store::Session& session, std::string_view account_id);

/// Adds an entry in the core's form, or replaces the one with its id.
void put_in_wallet(Call& call, std::string_view account_id, Pocket pocket, const Json& entry);

/// Nothing happens where there is no such entry.
void take_from_wallet(Call& call, std::string_view account_id, Pocket pocket, std::string_view id);

/// After an account was merged into another: its coupons and what its wallet holds belong to the
/// one that remains (U30).
void wallets_merged(Call& call, std::string_view from, std::string_view into);

}  // namespace loyalty::service
