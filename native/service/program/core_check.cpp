#include "native/service/program/core_check.h"

#include <algorithm>

#include "core/json/decode.h"
#include "native/wire/refused.h"

namespace loyalty::service {

std::string dotted_path(std::string_view pointer) {
  std::string path;
  while (pointer.starts_with('/')) {
    pointer.remove_prefix(1);
    const std::string_view part = pointer.substr(0, pointer.find('/'));
    pointer.remove_prefix(part.size());
    const bool index = !part.empty() && std::all_of(part.begin(), part.end(),
                                                    [](char c) { return c >= '0' && c <= '9'; });
    if (index) {
      path += '[' + std::string{part} + ']';
    } else {
      path += path.empty() ? "" : ".";
      path += part;
    }
  }
  return path;
}

void check_by_core(const wire::Json& catalog, std::string_view pointer_prefix,
                   std::string_view field) {
  const auto read = CatalogDocument::from_json(wire::text_of(catalog));
  if (read.ok()) {
    return;
  }
  const Error& error = read.error();
  std::string_view pointer = error.path;
  if (pointer.starts_with(pointer_prefix)) {
    pointer.remove_prefix(pointer_prefix.size());
  }
  const std::string inside = dotted_path(pointer);
  std::string path{field};
  path += inside.empty() || inside.front() == '[' ? "" : ".";
  path += inside;
  throw wire::Refused::invalid(std::move(path), std::string{name_of(error.code)}, error.message);
}

}  // namespace loyalty::service
