#pragma once

#include <memory>
#include <string_view>

#include "native/service/call.h"
#include "native/service/program/program.h"

/// The one document of a site's program: how it is called, its status, its settings, what happened
/// to it. Its revision is the catalog version.
namespace loyalty::service {

inline constexpr std::string_view program_id = "program";

/// Throws PROGRAM_NOT_FOUND.
store::Document program_document(store::Session& session);

/// Stores the next revision, which is a new catalog version. `visible`: the program itself changed,
/// so its date does and program_updated is emitted.
void write_program(Call& call, const store::Document& before, Json body, bool visible,
                   const CatalogEdit& edit);

/// LoyaltyProgram as the public API shows it.
Json program_json(const store::Document& document);

/// The settings of our own, all of them.
Json settings_json(const store::Document& document);

/// Settings with the defaults of those that are left out.
Json with_default_settings(const Json& settings);

/// The status, with what it means for the clock of expiry (U36). Throws INVALID_PROGRAM_TRANSITION.
/// False where the program has the status already.
bool change_status(Json& body, ledger::Status status, Instant now);

/// Remembers that the rules of expiry are others from now on (U35).
void expiry_rules_changed(Json& body, const ZoneTable& zone, Instant now);

/// What everything else needs to know, made from the documents.
std::shared_ptr<const ProgramState> load_state(store::Session& session,
                                               const store::Document& program);

/// The rules of expiry as the ledger takes them, of a program's body.
ledger::ExpiryRules expiry_rules(const Json& body);

}  // namespace loyalty::service
