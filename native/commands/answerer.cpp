#include "native/commands/answerer.h"

#include <string>

#include "core/json/encode.h"
#include "native/text/input_words.h"

namespace loyalty::cli {

Answerer::Answerer(const Catalog* held, Kind kind, Wanted asked, bool digest)
    : held_{held}, kind_{kind}, asked_{asked}, digest_{digest} {
  if (held_ == nullptr) {
    return;
  }
  compiled_.emplace(*held_);
  if (digest_) {
    held_digest_ = digest_of(*held_, scratch_);
  }
}

std::string_view Answerer::answer(std::string_view request_json) {
  if (const std::optional<Error> error = reader_.read(request_json, held_, request_)) {
    return refuse(*error);
  }
  refused_ = false;
  if (compiled_) {
    return answer_with(*compiled_, held_digest_ ? &*held_digest_ : nullptr);
  }
  const CompiledCatalog own{request_.catalog()};
  if (!digest_) {
    return answer_with(own, nullptr);
  }
  const Digest own_digest = digest_of(request_.catalog(), scratch_);
  return answer_with(own, &own_digest);
}

std::string_view Answerer::answer_with(const CompiledCatalog& compiled,
                                       const Digest* catalog_digest) {
  const Wanted asked = request_.want().wanted();
  const Wanted wanted{.explain = asked.explain || asked_.explain,
                      .offers = asked.offers || asked_.offers,
                      .near_misses = asked.near_misses || asked_.near_misses};
  prepare(compiled, request_.checkout(), workspace_);
  Digest made{};
  const auto digest_text = [&](const Quote& quote) {
    if (catalog_digest == nullptr) {
      return std::string_view{};
    }
    made = digest_of_quote(quote, catalog_digest);
    return text_of(made);
  };
  write_answer(writer_, [&] {
    if (kind_ == Kind::quote) {
      const Quote& answer = quote(request_.intent(), request_.now(), wanted, workspace_);
      encode(answer, digest_text(answer), writer_);
    } else {
      const BestChoice best = optimize(request_.intent(), request_.now(), wanted, workspace_);
      encode(best, digest_text(best.quote), writer_);
    }
  });
  return writer_.text();
}

Digest Answerer::digest_of_quote(const Quote& quote, const Digest* catalog_digest) {
  const RequestParts parts{.catalog = nullptr,
                           .catalog_digest = text_of(*catalog_digest),
                           .account = request_.account(),
                           .cart = &request_.cart(),
                           .intent = &request_.intent(),
                           .now = request_.now(),
                           .resolved = request_.resolved()};
  return digest_of(parts, quote, scratch_);
}

std::string_view Answerer::refuse_too_large() {
  const std::size_t bytes_max =
      held_ != nullptr ? limits::document_bytes_max : limits::catalog_bytes_max;
  return refuse(said_of_input({ErrorCode::too_large, "", ""}, "", bytes_max));
}

std::string_view Answerer::refuse(const Error& error) {
  refused_ = true;
  write_refusal(writer_, error);
  return writer_.text();
}

}  // namespace loyalty::cli
