#include "wasm/answers.h"

#include "core/json/encode.h"

namespace loyalty::wasm {

std::string_view Answers::answer(Kind kind, unsigned want) {
  if (!engine_.has_checkout()) {
    return {};
  }
  Workspace& workspace = engine_.take_workspace();
  Digest made;
  const auto digest_text = [&](const Quote& of) -> std::string_view {
    if ((want & want_digest) == 0) {
      return {};
    }
    made = digest(of);
    return text_of(made);
  };
  write_answer(writer_, [&] {
    if (kind == Kind::best) {
      const BestChoice best = optimize(engine_.intent(), engine_.now(), wanted(want), workspace);
      encode(best, digest_text(best.quote), writer_);
    } else {
      const Quote& answer = quote(engine_.intent(), engine_.now(), wanted(want), workspace);
      encode(answer, digest_text(answer), writer_);
    }
  });
  return writer_.text();
}

std::string_view Answers::refusal() {
  const Error& error = engine_.refusal();
  if (error.code == ErrorCode::none) {
    return {};
  }
  write_refusal(writer_, error);
  return writer_.text();
}

Digest Answers::digest(const Quote& quote) {
  if (!catalog_digest_ || digested_catalog_ != engine_.catalogs_opened()) {
    catalog_digest_ = digest_of(engine_.catalog(), scratch_);
    digested_catalog_ = engine_.catalogs_opened();
  }
  const RequestDocument& request = engine_.request();
  const RequestParts parts{.catalog = nullptr,
                           .catalog_digest = text_of(*catalog_digest_),
                           .account = request.account(),
                           .cart = &engine_.cart(),
                           .intent = &engine_.intent(),
                           .now = engine_.now(),
                           .resolved = request.resolved()};
  return digest_of(parts, quote, scratch_);
}

}  // namespace loyalty::wasm
