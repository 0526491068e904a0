#include "core/json/door.h"

#include "core/json/encode.h"

namespace loyalty {

std::optional<Error> Door::open_catalog(std::string json, std::size_t bytes_max) {
  Result<std::unique_ptr<CatalogDocument>> document =
      CatalogDocument::from_json(std::move(json), bytes_max);
  if (!document) {
    return document.error();
  }
  CompiledCatalog compiled{document.value()->catalog()};
  held_ =
      std::make_unique<Held>(Held{std::move(document.value()), std::move(compiled), std::nullopt});
  return std::nullopt;
}

std::string_view Door::quote(std::string_view request_json) {
  return answer_held(request_json, Answer::quote);
}

std::string_view Door::optimize(std::string_view request_json) {
  return answer_held(request_json, Answer::best);
}

std::string_view Door::quote_whole(std::string_view request_json) {
  return answer_whole(request_json, Answer::quote);
}

std::string_view Door::optimize_whole(std::string_view request_json) {
  return answer_whole(request_json, Answer::best);
}

std::string_view Door::answer_held(std::string_view request_json, Answer answer_kind) {
  if (!held_) {
    return refuse({ErrorCode::missing_field, "/catalog",
                   std::string(sentence_of(ErrorCode::missing_field)) + " No catalog is open."});
  }
  if (const std::optional<Error> error = request_.read(request_json, catalog())) {
    return refuse(*error);
  }
  return answer(held_->compiled, held_->digest, answer_kind);
}

std::string_view Door::answer_whole(std::string_view request_json, Answer answer_kind) {
  if (const std::optional<Error> error = request_.read(request_json, nullptr)) {
    return refuse(*error);
  }
  const CompiledCatalog compiled{request_.catalog()};
  std::optional<Digest> catalog_digest;
  return answer(compiled, catalog_digest, answer_kind);
}

std::string_view Door::answer(const CompiledCatalog& compiled,
                              std::optional<Digest>& catalog_digest, Answer answer_kind) {
  const Wanted wanted = request_.want().wanted();
  prepare(compiled, request_.checkout(), workspace_);

  Digest made;
  const auto digest_text = [&](const Quote& of) -> std::string_view {
    if (!request_.want().digest) {
      return {};
    }
    made = digest(of, catalog_digest);
    return text_of(made);
  };
  write_answer(writer_, [&] {
    if (answer_kind == Answer::quote) {
      const Quote& answer = loyalty::quote(request_.intent(), request_.now(), wanted, workspace_);
      encode(answer, digest_text(answer), writer_);
    } else {
      const BestChoice best =
          loyalty::optimize(request_.intent(), request_.now(), wanted, workspace_);
      encode(best, digest_text(best.quote), writer_);
    }
  });
  return writer_.text();
}

Digest Door::digest(const Quote& quote, std::optional<Digest>& catalog_digest) {
  if (!catalog_digest) {
    catalog_digest = digest_of(request_.catalog(), digest_scratch_);
  }
  const RequestParts parts{.catalog = nullptr,
                           .catalog_digest = text_of(*catalog_digest),
                           .account = request_.account(),
                           .cart = &request_.cart(),
                           .intent = &request_.intent(),
                           .now = request_.now(),
                           .resolved = request_.resolved()};
  return digest_of(parts, quote, digest_scratch_);
}

std::string_view Door::refuse(const Error& error) {
  write_refusal(writer_, error);
  return writer_.text();
}

}  // namespace loyalty
