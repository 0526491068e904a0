#include <utility>

#include "native/service/people/contacts.h"
#include "native/service/program/documents.h"
#include "native/service/query/collections.h"
#include "native/service/query/context.h"
#include "native/service/route.h"
#include "native/wire/refused.h"

namespace loyalty::service {
namespace {

using wire::member;
using wire::text_at;

Json answer_of(const store::Document& contact) { return {{"contact", contact_json(contact)}}; }

Json create(Call& call, const Json& request) {
  return answer_of(create_contact(call, member(request, "contact")));
}

Json get(Call& call, const Json& request) {
  return answer_of(require_contact(call.store, text_at(request, "id")));
}

Json list(Call& call, const Json& request) {
  const QueryContext context = context_of(call);
  Json query = Json::object();
  for (const char* name : {"limit", "cursor"}) {
    if (request.contains(name)) {
      query["cursorPaging"][name] = request[name];
    }
  }
  Listing listing = read_query(collections::contacts, query, context, "");
  Json contacts = Json::array();
  if (const std::string email = text_at(request, "email"); !email.empty()) {
    if (const auto found = contact_of_email(call.store, email)) {
      contacts.push_back(contact_json(*found));
    }
    return {{"contacts", contacts},
            {"pagingMetadata", paging_metadata(listing, {}, false, context)}};
  }
  const auto page = call.store.page(store::Kind::contact, listing.query);
  for (const store::Document& contact : page.rows) {
    contacts.push_back(contact_json(contact));
  }
  return {{"contacts", std::move(contacts)},
          {"pagingMetadata", paging_metadata(listing, page, context)}};
}

Json update(Call& call, const Json& request) {
  const Json& fields = member(request, "contact");
  const store::Document before = require_contact(call.store, text_at(fields, "id"));
  require_revision(before, member(fields, "revision"));
  return answer_of(update_contact(call, before, fields));
}

Json import(Call& call, const Json& request) {
  return import_contacts(
      call, request.contains("csv") ? text_at(request, "csv") : text_at(request, "content"));
}

Json merge(Call& call, const Json& request) {
  return answer_of(merge_contacts(call, text_at(request, "sourceContactId"),
                                  text_at(request, "targetContactId")));
}

Json anonymize(Call& call, const Json& request) {
  return answer_of(anonymize_contact(call, text_at(request, "id")));
}

constexpr std::size_t csv_bytes_max = 1024 * 1024;

}  // namespace

void add_contact_routes(Routes& to) {
  using namespace wire;
  using enum Permission;
  using enum Route::Access;
  const Schema one = object({required("contact", contact_schema())});
  const Schema by_id = object({required("id", guid())});
  const Schema changed = object({required("contact", contact_fields_schema(false))});
  to.push_back({.name = "contacts.create",
                .verb = Verb::post,
                .path = "/contacts/v1/contacts",
                .permission = manage_contacts,
                .access = write,
                .request = object({required("contact", contact_fields_schema(true))}),
                .response = one,
                .run = create,
                .summary = "Makes a contact"});
  to.push_back(
      {.name = "contacts.list",
       .verb = Verb::get,
       .path = "/contacts/v1/contacts",
       .permission = read_contacts,
       .access = read,
       .request = object({optional("limit", integer(1, page_limit_max)),
                          optional("cursor", text(0, 16'000)), optional("email", text(0, 254))}),
       .response = object({required("contacts", array(contact_schema(), 0, 100)),
                           required("pagingMetadata", paging_metadata_schema())}),
       .run = list,
       .summary = "Contacts, the newest first, or the one with an e-mail address"});
  to.push_back({.name = "contacts.get",
                .verb = Verb::get,
                .path = "/contacts/v1/contacts/{id}",
                .permission = read_contacts,
                .access = read,
                .request = by_id,
                .response = one,
                .run = get,
                .summary = "One contact"});
  to.push_back({.name = "contacts.update",
                .verb = Verb::patch,
                .path = "/contacts/v1/contacts/{contact.id}",
                .permission = manage_contacts,
                .access = write,
                .request = changed,
                .response = one,
                .run = update,
                .summary = "Changes a contact; what is left out stays, what is empty goes"});
  to.push_back({.name = "contacts.import",
                .verb = Verb::post,
                .path = "/contacts/v1/contacts/import",
                .permission = manage_contacts,
                .access = write,
                .request = object({optional("csv", text(0, csv_bytes_max)),
                                   optional("content", text(0, csv_bytes_max))})
                               .exactly_one_of({"csv", "content"}),
                .response = object({required("created", integer(0, INT64_MAX)),
                                    required("updated", integer(0, INT64_MAX)),
                                    required("errors", array(any(), 0, 2'000))}),
                .run = import,
                .summary = "Creates and updates contacts by a CSV file",
                .raw = true,
                .body_bytes_max = csv_bytes_max});
  to.push_back({.name = "contacts.merge",
                .verb = Verb::post,
                .path = "/contacts/v1/contacts/merge",
                .permission = manage_contacts,
                .access = write,
                .request = object(
                    {required("sourceContactId", guid()), required("targetContactId", guid())}),
                .response = one,
                .run = merge,
                .summary = "Makes one contact of two, and one account of theirs"});
  to.push_back({.name = "contacts.anonymize",
                .verb = Verb::post,
                .path = "/contacts/v1/contacts/{id}/anonymize",
                .permission = manage_contacts,
                .access = write,
                .request = by_id,
                .response = one,
                .run = anonymize,
                .summary = "Wipes what is personal; the ledger stays"});
}

}  // namespace loyalty::service
