#pragma once

#include <optional>
#include <string_view>

#include "core/json/digest.h"
#include "core/json/writer.h"
#include "wasm/engine.h"

namespace loyalty::wasm {

/// The rare answers: canonical JSON, the same bytes that the command line and the server give.
/// Valid until the next call.
class Answers {
 public:
  enum class Kind : int { quote, best };

  explicit Answers(Engine& engine) : engine_{engine} {}

  /// Of the prepared checkout as it is now; empty without one. `want` as in Engine::run().
  std::string_view answer(Kind kind, unsigned want);

  /// The last refusal; empty where nothing was refused.
  std::string_view refusal();

 private:
  Digest digest(const Quote& quote);

  Engine& engine_;
  Writer writer_;
  Writer scratch_;
  std::optional<Digest> catalog_digest_;
  unsigned digested_catalog_ = 0;
};

}  // namespace loyalty::wasm
