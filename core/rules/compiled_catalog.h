#pragma once

#include <memory>

#include "core/model/catalog.h"

namespace loyalty {

/// A catalog in the form that quotes run on: tags and codes as numbers, an index from what a cart
/// may hold to the promotions that could then match. Immutable; may serve many workspaces at once.
/// Borrows the catalog, which outlives it.
class CompiledCatalog {
 public:
  explicit CompiledCatalog(const Catalog& catalog);
  ~CompiledCatalog();
  CompiledCatalog(CompiledCatalog&&) noexcept;
  CompiledCatalog& operator=(CompiledCatalog&&) noexcept;

  const Catalog& catalog() const;

  struct Data;
  const Data& data() const { return *data_; }

 private:
  std::unique_ptr<Data> data_;
};

}  // namespace loyalty
