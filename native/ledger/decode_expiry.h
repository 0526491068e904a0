#pragma once

#include "core/json/decoder.h"
#include "core/ledger/settings.h"

namespace loyalty::ledger {

/// {"model","months"?,"percentage"?,"grain"?}, in the setup and in `setExpiry`.
void decode_expiry(Decoder& decoder, const Field& field, ExpiryRules& rules);

}  // namespace loyalty::ledger
