#pragma once

#include "core/base/arena.h"
#include "core/json/decode.h"
#include "core/json/reader.h"

namespace loyalty::cli {

/// Reads requests as RequestDocument does, and refuses one that brings a catalog where one is held:
/// whoever sends both cannot mean both.
class RequestReader {
 public:
  /// `json` has to live as long as `request` is used.
  std::optional<Error> read(std::string_view json, const Catalog* held, RequestDocument& request);

 private:
  Reader reader_;
  Arena strings_;
};

}  // namespace loyalty::cli
