#pragma once

#include "core/json/decoder.h"
#include "core/ledger/settings.h"

/// What stands in the setup and in operations alike.
namespace loyalty::ledger {

/// {"model","months"?,"percentage"?,"grain"?}, in the setup and in `setExpiry`.
void decode_expiry(Decoder& decoder, const Field& field, ExpiryRules& rules);

/// {"offsetSeconds","transitions"?,"rule"?}, in the setup and in `setZone`.
void decode_zone(Decoder& decoder, const Field& field, ZoneTable& zone);

}  // namespace loyalty::ledger
