#pragma once

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

#include "bench/inputs.h"
#include "core/json/decode.h"
#include "core/rules/quote.h"

namespace loyalty::bench {

/// A case, decoded, compiled and prepared. A document that does not decode stops the benchmark.
class CheckoutFixture {
 public:
  explicit CheckoutFixture(Case inputs)
      : request_text_{std::move(inputs.request)},
        document_{open(std::move(inputs.catalog))},
        compiled_{document_->catalog()} {
    if (const auto error = request_.read(request_text_, &document_->catalog())) {
      stop(*error);
    }
    prepare_cart();
    quote();
  }

  void prepare_cart() {
    prepare(compiled_, {request_.account(), &request_.cart(), request_.resolved()}, workspace_);
  }
  const Quote& quote(Wanted wanted = {}) {
    return loyalty::quote(request_.intent(), request_.now(), wanted, workspace_);
  }
  BestChoice optimize() {
    return loyalty::optimize(request_.intent(), request_.now(), {}, workspace_);
  }
  void set_quantity(std::size_t line, std::int64_t quantity) {
    loyalty::set_quantity(line, quantity, workspace_);
  }
  Workspace& workspace() { return workspace_; }

 private:
  [[noreturn]] static void stop(const Error& error) {
    std::fprintf(stderr, "benchmark input: %s at %s: %s\n",
                 std::string{name_of(error.code)}.c_str(), error.path.c_str(),
                 error.message.c_str());
    std::exit(1);
  }
  static std::unique_ptr<CatalogDocument> open(std::string text) {
    auto document = CatalogDocument::from_json(std::move(text));
    if (!document.ok()) {
      stop(document.error());
    }
    return std::move(document.value());
  }

  std::string request_text_;
  std::unique_ptr<CatalogDocument> document_;
  CompiledCatalog compiled_;
  RequestDocument request_;
  Workspace workspace_;
};

}  // namespace loyalty::bench
