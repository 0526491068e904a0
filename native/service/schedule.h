#pragma once

#include <chrono>
#include <memory>

#include "core/base/instant.h"
#include "native/service/call.h"

/// What happens because time passes. Each area has one function that does what is due, a slice at a
/// time, so that an outage is caught up with without blocking the writer.
namespace loyalty::service {

/// Does up to `limit` things that are due at call.now in the call's site; how many were done.
/// Called again at once while it returns `limit`.
using DueWork = std::size_t (*)(Call& call, std::size_t limit);

std::size_t settle_accounts(Call& call,
                            std::size_t limit);  // accounts/: holds, expiry, tiers, reminders
std::size_t recalculate_accounts(Call& call, std::size_t limit);  // program/: after rule changes
std::size_t award_birthdays(Call& call, std::size_t limit);       // people/
std::size_t time_out_checkouts(Call& call,
                               std::size_t limit);    // checkout/: abandoned, refunds to retry
std::size_t run_jobs(Call& call, std::size_t limit);  // accounts/: bulk adjust; people/: imports

}  // namespace loyalty::service
