#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "core/json/decode.h"
#include "core/json/digest.h"
#include "core/json/writer.h"
#include "core/rules/compiled_catalog.h"
#include "core/rules/quote.h"
#include "core/rules/workspace.h"
#include "native/commands/request_reader.h"

namespace loyalty::cli {

/// Bytes in, bytes out, as the core's Door does it, where flags may ask for more than the request
/// does. Keeps its memory from answer to answer.
class Answerer {
 public:
  enum class Kind { quote, best };

  /// `asked` is added to what each request wants; `digest` decides about the digest whatever the
  /// request says. `held` may be null: requests then bring their catalogs.
  Answerer(const Catalog* held, Kind kind, Wanted asked, bool digest);

  /// `{"ok":true,"value":…}` or `{"ok":false,"error":…}`, valid until the next call.
  std::string_view answer(std::string_view request_json);
  /// The answer to a document that was too large to be read at all.
  std::string_view refuse_too_large();
  /// The last answer was an error.
  bool refused() const { return refused_; }

 private:
  std::string_view refuse(const Error& error);
  std::string_view answer_with(const CompiledCatalog& compiled, const Digest* catalog_digest);
  Digest digest_of_quote(const Quote& quote, const Digest* catalog_digest);

  const Catalog* held_;
  Kind kind_;
  Wanted asked_;
  bool digest_;
  bool refused_ = false;
  std::optional<CompiledCatalog> compiled_;
  std::optional<Digest> held_digest_;
  RequestReader reader_;
  RequestDocument request_;
  Workspace workspace_;
  Writer writer_;
  Writer scratch_;
};

}  // namespace loyalty::cli
