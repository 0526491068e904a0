#pragma once

#include <cstdint>
#include <string_view>

#include "core/money/money.h"
#include "native/service/call.h"

/// How often promotions were used: counted in the transaction of the order that uses them, so that
/// limits hold under any concurrency.
namespace loyalty::service {

struct Uses {
  std::int64_t times = 0;
  Money amount;
};

Uses uses_of(store::Session& session, std::string_view promotion_id);
std::int64_t uses_by(store::Session& session, std::string_view promotion_id,
                     std::string_view contact_id);

/// Adds to what is counted; a negative change gives back. `contact_id` empty: a guest.
void change_uses(Call& call, std::string_view promotion_id, std::string_view contact_id,
                 const Uses& change);

/// Puts what is left into the `limits` of a promotion in the core's form, which has there what the
/// merchant allows in all: only what matters to a quote, so uses that are left are left out.
void put_left(store::Session& session, std::string_view contact_id, Json& promotion);

}  // namespace loyalty::service
