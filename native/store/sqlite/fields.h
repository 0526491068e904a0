#pragma once

#include <cstdint>
#include <string>

#include "native/store/query.h"

/// Where the fields of collections stand in the tables.
namespace loyalty::store::sqlite {

struct Column {
  /// Bodies hold instants as text, tables as milliseconds.
  enum class Stored : std::uint8_t { text, integer, boolean, instant, instant_text };
  std::string sql;
  Stored stored = Stored::text;
};

/// Each throws std::logic_error for a path that the collection does not have: paths come from the
/// program, never from a request. Paths into a body may be any names joined by dots.
Column document_column(const FieldRef& field);
Column account_column(const FieldRef& field);
Column transaction_column(const FieldRef& field);

/// `2026-01-15T10:00:00.000Z`: always as long, so that texts compare as the instants do.
std::string instant_text(std::int64_t ms);

}  // namespace loyalty::store::sqlite
