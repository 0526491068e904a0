#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "native/service/call.h"
#include "native/service/people/import_file.h"

/// Imports of balances: a file is uploaded, read, and carried out in slices by a job.
namespace loyalty::service {

inline constexpr std::string_view import_fqdn = "wix.loyalty.imports.v1.loyalty_import";
inline constexpr std::string_view import_job = "loyaltyImport";
inline constexpr Duration upload_life = Duration::days(1);

/// LoyaltyImport as the public API shows it.
Json import_json(const store::Document& document);

/// Throws IMPORT_NOT_FOUND.
store::Document require_import(store::Session& session, std::string_view id);

/// The next revision with this body.
store::Document save_import(Call& call, const store::Document& before, const Json& body);

// --- files

/// Room for a file under a name that nobody can guess.
store::Document new_upload(Call& call);
/// The upload that `file` names: its name, or an address that ends with it. Nothing where there is
/// none, it is too old, or an import was made of it.
std::optional<store::Document> upload_of(Call& call, std::string_view file);

// --- carrying out

/// Job slices: reads the file, or sets balances row by row. Registered with the routes.
void register_import_job();

/// Rows that failed, as a CSV file: line, status, reason, and the row as it was.
std::string error_file(Call& call, const store::Document& import);

}  // namespace loyalty::service
