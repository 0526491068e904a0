#include "native/service/accounts/desk.h"
#include "native/service/schedule.h"

namespace loyalty::service {

std::size_t settle_accounts(Call& call, std::size_t limit) { return settle_due(call, limit); }

}  // namespace loyalty::service
