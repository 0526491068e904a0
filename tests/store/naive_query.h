#pragma once

#include <functional>
#include <string>
#include <vector>

#include "native/store/query.h"

/// What a query means, written down as directly as can be: the judge of the stores.
namespace loyalty::store {

/// A row as a query sees it.
struct NaiveRow {
  std::string id;
  std::function<Value(std::string_view path)> field;
};

bool naive_less(const Value& a, const Value& b);
bool naive_passes(const Filter& filter, const NaiveRow& row);

/// The ids of all rows that pass, in order.
std::vector<std::string> naive_ids(const std::vector<NaiveRow>& rows, const Filter& filter,
                                   const std::vector<Sort>& sort);

/// Whether some stretch of `text` is at most one edit away from `word`.
bool naive_contains_roughly(const std::string& text, const std::string& word);

}  // namespace loyalty::store
