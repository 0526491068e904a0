#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/instant.h"
#include "native/store/query.h"
#include "native/wire/json.h"

/// Cursors: where a page ended and what was asked, in a text that only this site can have made.
namespace loyalty::service {

inline constexpr Duration cursor_life = Duration::days(1);
inline constexpr std::size_t cursor_characters_max = 16'000;

struct Cursor {
  wire::Json asked;  ///< filter, sort, search: whatever the next page needs
  std::vector<store::Value> place;
  bool backward = false;
};

/// Signed with HMAC-SHA256 under the site's secret, bound to the collection, for a day.
std::string write_cursor(const Cursor& cursor, std::string_view collection, std::string_view secret,
                         Instant now);

/// Nothing where it is not one of ours, of another site or collection, or too old.
std::optional<Cursor> read_cursor(std::string_view text, std::string_view collection,
                                  std::string_view secret, Instant now);

}  // namespace loyalty::service
