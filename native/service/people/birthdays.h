#pragma once

#include <string_view>

#include "native/service/call.h"

namespace loyalty::service {

/// After a contact was merged into another: a birthday that either has been awarded for is over for
/// the one that remains, whatever day that one was born (U30, U78).
void birthdays_merged(Call& call, std::string_view from_contact, std::string_view into_contact);

/// Whether this year's birthday of a contact has been awarded.
bool birthday_awarded(Call& call, std::string_view contact_id);

}  // namespace loyalty::service
