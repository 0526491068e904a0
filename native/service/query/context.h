#pragma once

#include <string>

#include "native/service/call.h"
#include "native/service/program/zone_file.h"
#include "native/service/query/query_reader.h"

namespace loyalty::service {

/// The site's own secret under which its cursors are signed, from the store. A site that has none
/// shares one that lives as long as the process, and differs from every other site's.
inline std::string cursor_secret(Call& call) {
  if (auto kept = call.store.claimed("secret", "cursor")) {
    return *std::move(kept);
  }
  static const std::string of_process = call.ids.secret();
  return of_process + std::to_string(call.store.tenant());
}

/// Gives a new site its secret.
inline void make_cursor_secret(Call& call) {
  call.store.claim("secret", "cursor", call.ids.secret());
}

inline QueryContext context_of(Call& call) {
  return {cursor_secret(call), call.now, [](std::string_view name) { return load_zone(name); }};
}

}  // namespace loyalty::service
