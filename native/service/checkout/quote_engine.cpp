#include "native/service/checkout/quote_engine.h"

#include "core/json/encode.h"

namespace loyalty::service {

QuoteEngine& QuoteEngine::of_this_thread() {
  thread_local QuoteEngine engine;
  return engine;
}

std::optional<Error> QuoteEngine::open(const CompiledCatalog& catalog, std::string_view request) {
  if (std::optional<Error> error = request_.read(request, &catalog.catalog())) {
    return error;
  }
  prepare(catalog, request_.checkout(), workspace_);
  return std::nullopt;
}

const Quote& QuoteEngine::quote(Instant now) {
  return loyalty::quote(request_.intent(), now, request_.want().wanted(), workspace_);
}

BestChoice QuoteEngine::optimize(Instant now) {
  return loyalty::optimize(request_.intent(), now, request_.want().wanted(), workspace_);
}

Digest QuoteEngine::digest(const Quote& quote, Instant now, std::string_view catalog_digest) {
  shown_.assign(request_.resolved().begin(), request_.resolved().end());
  for (Promotion& promotion : shown_) {
    promotion.limits.budget_left.reset();
  }
  const RequestParts parts{.catalog = nullptr,
                           .catalog_digest = catalog_digest,
                           .account = request_.account(),
                           .cart = &request_.cart(),
                           .intent = &request_.intent(),
                           .now = now,
                           .resolved = shown_};
  return digest_of(parts, quote, scratch_);
}

std::string_view QuoteEngine::essence(const Quote& quote) {
  scratch_.clear();
  encode_for_digest(quote, scratch_);
  return scratch_.text();
}

std::string_view QuoteEngine::text(const Quote& quote, std::string_view digest) {
  writer_.clear();
  encode(quote, digest, writer_);
  return writer_.text();
}

std::string_view QuoteEngine::answer(const Quote& quote, std::string_view digest) {
  write_answer(writer_, [&] { encode(quote, digest, writer_); });
  return writer_.text();
}

std::string_view QuoteEngine::answer(const BestChoice& best, std::string_view digest) {
  write_answer(writer_, [&] { encode(best, digest, writer_); });
  return writer_.text();
}

std::string_view QuoteEngine::refusal(const Error& error) {
  write_refusal(writer_, error);
  return writer_.text();
}

}  // namespace loyalty::service
