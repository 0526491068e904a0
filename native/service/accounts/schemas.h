#pragma once

#include "native/wire/schema.h"

/// Shapes of what accounts and transactions are asked and answered with.
namespace loyalty::service {

wire::Schema account_schema();
wire::Schema transaction_schema();
wire::Schema hold_schema();
/// {"account","transactionId"?}
wire::Schema moved_schema();

}  // namespace loyalty::service
