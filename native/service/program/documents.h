#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "native/service/call.h"
#include "native/wire/refused.h"
#include "native/wire/schema.h"

/// Entities kept as documents: the body is the entity as the API shows it, without id, revision and
/// dates, which are the document's own.
namespace loyalty::service {

/// Sites of one user that an answer across sites may hold.
inline constexpr std::size_t sites_max = 10'000;

Json body_of(const store::Document& document);

/// The entity as the API shows it: the body with `id`, `revision` (text) and both dates.
Json entity_of(const store::Document& document);

/// A new document under a new id, revision 1, of now.
store::Document new_document(Call& call, const Json& body);

/// The next revision of a document: the new body, of now.
store::Document next_revision(const Call& call, const store::Document& before, const Json& body);

/// Throws REVISION_MISMATCH, with the current one, unless `given` is absent or is the document's.
void require_revision(const store::Document& document, const Json& given);

/// `request.name` where it is there, else `entity.name`, for updates that keep what they leave out.
void keep_absent(Json& entity, const Json& changes, std::initializer_list<std::string_view> names);

/// One after another, each undone by itself where it is refused: the answer of a bulk creation.
/// `make` returns the entity created.
Json bulk(Call& call, const Json& items, const std::function<Json(const Json& item)>& make);

/// The answer of bulk(), for items of this shape.
wire::Schema bulk_schema(const wire::Schema& item);

/// Documents of a small collection as entities, in the order of creation.
std::vector<Json> entities(store::Session& session, store::Kind kind,
                           Json (*shown)(const store::Document&));

/// ASCII letters small, without spaces around: what is compared where case does not count.
std::string folded(std::string_view text);

}  // namespace loyalty::service
