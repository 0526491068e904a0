#pragma once

#include "native/store/records.h"
#include "native/wire/json.h"
#include "native/wire/schema.h"

/// Entries of the ledger as staff sees them, places and hashes included.
namespace loyalty::service {

wire::Json entry_json(const store::EntryRow& row);
wire::Schema entry_schema();

}  // namespace loyalty::service
