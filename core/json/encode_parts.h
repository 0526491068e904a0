#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "core/json/encode.h"
#include "core/json/names.h"

/// Shorthands that every encoder uses: a key with its value, an optional one, a list.
namespace loyalty {

template <std::size_t size, class T>
void member(Writer& to, const char (&name)[size], const T& value) {
  to.key(name);
  to.value(value);
}

/// Left out when absent.
template <std::size_t size, class T>
void member(Writer& to, const char (&name)[size], const std::optional<T>& value) {
  if (value) {
    member(to, name, *value);
  }
}

template <std::size_t size, class Kind>
void member(Writer& to, const char (&name)[size], Id<Kind> id) {
  member(to, name, id.text());
}

template <std::size_t size, class Entry, class Encode>
void members(Writer& to, const char (&name)[size], std::span<const Entry> entries,
             Encode encode_one) {
  to.key(name);
  to.begin_array();
  for (const Entry& entry : entries) {
    encode_one(entry);
  }
  to.end_array();
}

template <std::size_t size, class Entry>
void members(Writer& to, const char (&name)[size], std::span<const Entry> entries) {
  members(to, name, entries, [&to](const Entry& entry) { encode(entry, to); });
}

template <std::size_t size>
void members(Writer& to, const char (&name)[size], Texts texts) {
  members(to, name, texts, [&to](std::string_view text) { to.value(text); });
}

/// A list of a rule: left out when it is empty.
template <std::size_t size>
void rule_texts(Writer& to, const char (&name)[size], Texts texts) {
  if (!texts.empty()) {
    members(to, name, texts);
  }
}

template <std::size_t size>
void optional_scope(Writer& to, const char (&name)[size], const std::optional<Scope>& scope) {
  if (scope) {
    to.key(name);
    encode(*scope, to);
  }
}

/// `"chosen":[…]` of an intent or an answer.
void encode_chosen(std::span<const Choice> chosen, Writer& to);

}  // namespace loyalty
