#include "native/service/people/contacts.h"

#include <algorithm>
#include <utility>

#include "native/service/accounts/desk.h"
#include "native/service/program/documents.h"
#include "native/wire/refused.h"

namespace loyalty::service {
namespace {

using store::Kind;
using wire::Code;
using wire::Refused;
using wire::text_at;

constexpr std::size_t email_characters_max = 254;
/// `02-29`: by which birthdays are found.
constexpr std::string_view birthday_member = "birthday";

std::vector<std::pair<std::string, std::string>> keys_of(const Json& body) {
  std::vector<std::pair<std::string, std::string>> keys;
  if (const std::string email = folded(text_at(body, "email")); !email.empty()) {
    keys.emplace_back("email", email);
  }
  if (const std::string member = text_at(body, "memberId"); !member.empty()) {
    keys.emplace_back("memberId", member);
  }
  return keys;
}

/// What is there replaces, what is empty removes.
void change(Json& body, const Json& fields) {
  for (const char* name : {"email", "name", "birthdate", "picture", "memberId", "tags"}) {
    const Json& value = wire::member(fields, name);
    if (value.is_null()) {
      continue;
    }
    const bool empty = value.is_string() ? value.get_ref<const std::string&>().empty()
                                         : value.is_array() && value.empty();
    if (empty) {
      body.erase(name);
    } else {
      body[name] = value;
    }
  }
  const std::string birthdate = text_at(body, "birthdate");
  if (birthdate.empty()) {
    body.erase(std::string{birthday_member});
  } else {
    body[std::string{birthday_member}] = birthdate.substr(5);
  }
}

void check_email(const Json& body) {
  const std::string email = text_at(body, "email");
  if (!email.empty() && !is_email(email)) {
    throw Refused::invalid("contact.email", "FORMAT", "must be an e-mail address");
  }
}

/// Says who has the name that is taken.
[[noreturn]] void refuse_duplicate(Call& call, const store::Duplicate& duplicate,
                                   const store::Document& document) {
  Json data{{"field", duplicate.name()}};
  for (const auto& [key, value] : document.keys) {
    if (key == duplicate.name()) {
      if (const auto other = call.store.find(Kind::contact, key, value)) {
        data["contactId"] = other->id;
      }
    }
  }
  throw Refused{Code::contact_already_exists, std::move(data)};
}

template <class Write>
void stored(Call& call, const store::Document& document, Write write) {
  try {
    call.store.attempt(write);
  } catch (const store::Duplicate& duplicate) {
    refuse_duplicate(call, duplicate, document);
  }
}

}  // namespace

bool is_email(std::string_view text) {
  const std::size_t at = text.find('@');
  if (text.size() > email_characters_max || at == 0 || at == std::string_view::npos) {
    return false;
  }
  const std::string_view domain = text.substr(at + 1);
  const std::size_t point = domain.rfind('.');
  const bool printable = std::all_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) > ' ' && c != 0x7F && c != ',' && c != '"';
  });
  return printable && domain.find('@') == std::string_view::npos && point != 0 &&
         point != std::string_view::npos && point + 1 < domain.size();
}

Json contact_json(const store::Document& document) {
  Json contact = entity_of(document);
  contact.erase(std::string{birthday_member});
  return contact;
}

store::Document require_contact(store::Session& session, std::string_view id) {
  auto document = session.get(Kind::contact, id);
  if (!document) {
    throw Refused{Code::contact_not_found};
  }
  return *std::move(document);
}

std::optional<store::Document> contact_of_email(store::Session& session, std::string_view email) {
  return session.find(Kind::contact, "email", folded(email));
}

store::Document create_contact(Call& call, const Json& fields) {
  Json body = Json::object();
  change(body, fields);
  check_email(body);
  store::Document document = new_document(call, body);
  document.keys = keys_of(body);
  stored(call, document, [&] { call.store.insert(Kind::contact, document); });
  return document;
}

store::Document update_contact(Call& call, const store::Document& before, const Json& fields) {
  const Json old = body_of(before);
  Json body = old;
  change(body, fields);
  check_email(body);
  if (body == old) {
    return before;
  }
  store::Document document = next_revision(call, before, body);
  document.keys = keys_of(body);
  stored(call, document, [&] { call.store.update(Kind::contact, document); });
  contact_changed(call, document.id);
  return document;
}

wire::Schema contact_fields_schema(bool is_new) {
  using namespace wire;
  const Schema email = text(is_new ? 3 : 0, email_characters_max);
  return object(
      {is_new ? required("email", email) : optional("email", email), optional("name", text(0, 200)),
       optional("birthdate", date()), optional("picture", text(0, 2'000)),
       optional("memberId", guid()), optional("tags", array(text(1, 100), 0, 100)),
       is_new ? read_only("id", any()) : optional("id", guid()),
       is_new ? read_only("revision", any()) : optional("revision", integer_text(1, INT64_MAX)),
       read_only("createdDate", any()), read_only("updatedDate", any())});
}

wire::Schema contact_schema() {
  using namespace wire;
  return object({required("id", guid()), optional("email", text(0, email_characters_max)),
                 optional("name", text(0, 200)), optional("birthdate", date()),
                 optional("picture", text(0, 2'000)), optional("memberId", guid()),
                 optional("tags", array(text(1, 100), 0, 200)), optional("anonymized", boolean()),
                 required("revision", integer_text(1, INT64_MAX)),
                 required("createdDate", timestamp()), required("updatedDate", timestamp())});
}

}  // namespace loyalty::service
