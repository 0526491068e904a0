#pragma once

#include <cstdint>
#include <string>

#include "native/service/program/program.h"
#include "native/wire/schema.h"

/// Which version of the catalog came of which edits.
namespace loyalty::service {

/// Remembers one edit, which made this version.
void note_edit(Call& call, std::int64_t version, const CatalogEdit& edit);

/// Makes one version of all edits since `base`, as they were published together.
void note_publication(Call& call, std::int64_t base, std::int64_t version, const std::string& note);

/// `[{"version","at","by","note"?,"changes"}]`, newest first.
Json catalog_versions(Call& call, std::size_t limit);
wire::Schema catalog_versions_schema(std::size_t limit);

}  // namespace loyalty::service
