#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "native/service/call.h"
#include "native/wire/schema.h"

/// The people of a site: whoever has an account is a contact first. A contact is known by its
/// e-mail address, in any case of letters.
namespace loyalty::service {

/// As the API shows it.
Json contact_json(const store::Document& document);

/// Throws CONTACT_NOT_FOUND.
store::Document require_contact(store::Session& session, std::string_view id);

/// Without regard to case and spaces around it.
std::optional<store::Document> contact_of_email(store::Session& session, std::string_view email);

/// One at sign with something on both sides, the right one with a point, no spaces, 254 characters
/// at most.
bool is_email(std::string_view text);

/// `fields`: email, name, birthdate, picture, memberId, tags. Throws CONTACT_ALREADY_EXISTS where
/// another contact has the address or is the member, VALIDATION where the address is none.
store::Document create_contact(Call& call, const Json& fields);

/// Changes the fields that are there; empty texts and lists remove theirs. The account's copies
/// follow. Throws like create_contact().
store::Document update_contact(Call& call, const store::Document& before, const Json& fields);

/// The contact as a request has it; `email` required for new ones.
wire::Schema contact_fields_schema(bool is_new);
wire::Schema contact_schema();

/// Makes `source` part of `target`, who stays: accounts, coupons, orders, checkouts, channels,
/// referral rewards, and what is awarded or can be used only so often by a person (U30). What the
/// target does not tell of itself the source does. Throws CONTACT_NOT_FOUND, VALIDATION where both
/// are one.
store::Document merge_contacts(Call& call, std::string_view source, std::string_view target);

/// Wipes everything personal; account, ledger and id stay (U30). Events of the call say so.
store::Document anonymize_contact(Call& call, std::string_view id);

/// Creates and updates contacts by rows of a CSV file with a header: email, name, birthdate,
/// picture, memberId, tags (divided by semicolons), in any order and case, other columns ignored.
/// {created, updated, errors[{line, code, description}]}; a row that is refused changes nothing.
Json import_contacts(Call& call, std::string_view csv);

}  // namespace loyalty::service
