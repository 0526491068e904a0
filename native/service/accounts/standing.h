#pragma once

#include "core/ledger/account.h"
#include "native/service/call.h"
#include "native/service/program/program.h"

/// What follows from an account's points, the program and the time: nothing of it is stored truth.
namespace loyalty::service {

/// Sets tier, next expiry and reward availability of the row as they are at `call.now`.
void set_standing(Call& call, const ProgramState& program, const ledger::Account& account,
                  store::AccountRow& row);

/// Members are told so long before their points expire.
inline constexpr Duration reminder_time = Duration::days(14);

/// The expiry of which the member is to be told now: shown by the row, near enough, and not the one
/// told of before. None while the program stands still.
std::optional<Instant> reminder_now(const ProgramState& program, const store::AccountRow& row,
                                    const std::optional<Instant>& reminded, Instant now);

/// When time alone changes the account next. Requires: set_standing() was called.
std::optional<Instant> due(const ProgramState& program, const ledger::Account& account,
                           const std::optional<Instant>& reminded, const store::AccountRow& row,
                           Instant now);

}  // namespace loyalty::service
