#pragma once

#include <string_view>

/// The members of a request body as pieces of its text, so that a document can be put together from
/// them without building a tree.
namespace loyalty::service {

/// Values as they stand in the body; empty where a member is absent.
struct RawMembers {
  std::string_view cart;
  std::string_view intent;
  std::string_view want;
  std::string_view contact_id;  ///< with its quotes
};

/// Finds the members of an object by its brackets and quotes alone; other members are passed over.
/// False where the text is no object, or names one of them twice: then the core's reader refuses
/// it, too, and knows why.
///
/// A value ends where brackets and quotes say, and a strict reader that takes it whole ends it at
/// the same place; so a value put into another document stays inside its place there.
bool find_members(std::string_view body, RawMembers& members);

}  // namespace loyalty::service
