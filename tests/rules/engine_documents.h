#pragma once

#include <memory>
#include <stdexcept>
#include <string>

#include <nlohmann/json.hpp>

#include "core/json/decode.h"
#include "core/rules/compiled_catalog.h"
#include "core/rules/quote.h"

namespace loyalty::test {

inline nlohmann::json empty_catalog() {
  return nlohmann::json::parse(R"json({
    "version": "1", "currency": "EUR", "timeZone": "Europe/Berlin",
    "program": {"status": "ACTIVE", "name": "Points", "pointName": {"en": "points"}},
    "policy": {}, "tiersActive": false, "tiers": [], "rewards": [], "promotions": [],
    "earningRules": []
  })json");
}

inline nlohmann::json member(std::int64_t available) {
  return {{"id", "member"},
          {"revision", 1},
          {"available", available},
          {"held", 0},
          {"pending", 0},
          {"tierPoints", 0},
          {"coupons", nlohmann::json::array()},
          {"referralRewards", nlohmann::json::array()}};
}

/// A request that brings its catalog, read and prepared.
class Till {
 public:
  explicit Till(const nlohmann::json& request) : text_{request.dump()} {
    if (const std::optional<Error> error = document_.read(text_, nullptr)) {
      throw std::invalid_argument(error->path + ": " + error->message);
    }
    compiled_ = std::make_unique<CompiledCatalog>(document_.catalog());
    prepare_again();
  }

  void prepare_again() { prepare(*compiled_, document_.checkout(), workspace_); }
  const Quote& quote(Wanted wanted = {}) {
    return loyalty::quote(document_.intent(), document_.now(), wanted, workspace_);
  }
  BestChoice optimize(Wanted wanted = {}) {
    return loyalty::optimize(document_.intent(), document_.now(), wanted, workspace_);
  }
  Workspace& workspace() { return workspace_; }

 private:
  std::string text_;
  RequestDocument document_;
  std::unique_ptr<CompiledCatalog> compiled_;
  Workspace workspace_;
};

}  // namespace loyalty::test
