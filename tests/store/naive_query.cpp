#include "tests/store/naive_query.h"

#include <algorithm>
#include <stdexcept>

namespace loyalty::store {
namespace {

using Op = Filter::Op;

bool is_null(const Value& value) { return std::holds_alternative<std::nullptr_t>(value); }

std::string lower(std::string text) {
  for (char& c : text) {
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  return text;
}

bool one_edit_or_less(const std::string& a, const std::string& b) {
  if (a == b) {
    return true;
  }
  const auto without = [](const std::string& text, std::size_t i) {
    return text.substr(0, i) + text.substr(i + 1);
  };
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (without(a, i) == b) {
      return true;
    }
    if (a.size() == b.size() && without(a, i) == without(b, i)) {
      return true;
    }
  }
  for (std::size_t i = 0; i < b.size(); ++i) {
    if (without(b, i) == a) {
      return true;
    }
  }
  return false;
}

bool text_passes(Op op, const Value& left, const Value& right) {
  if (is_null(left)) {
    return false;
  }
  const std::string text = lower(std::get<std::string>(left));
  const std::string word = lower(std::get<std::string>(right));
  switch (op) {
    case Op::starts_with:
      return text.starts_with(word);
    case Op::ends_with:
      return text.ends_with(word);
    case Op::contains:
      return text.find(word) != std::string::npos;
    default:
      return naive_contains_roughly(text, word);
  }
}

bool ordered_passes(Op op, const Value& left, const Value& right) {
  if (is_null(left) || is_null(right)) {
    return false;
  }
  switch (op) {
    case Op::lt:
      return naive_less(left, right);
    case Op::le:
      return !naive_less(right, left);
    case Op::gt:
      return naive_less(right, left);
    default:
      return !naive_less(left, right);
  }
}

}  // namespace

bool naive_less(const Value& a, const Value& b) {
  if (is_null(a) || is_null(b)) {
    return is_null(a) && !is_null(b);
  }
  if (const auto* text = std::get_if<std::string>(&a)) {
    return *text < std::get<std::string>(b);
  }
  if (const auto* truth = std::get_if<bool>(&a)) {
    return *truth < std::get<bool>(b);
  }
  return std::get<std::int64_t>(a) < std::get<std::int64_t>(b);
}

bool naive_contains_roughly(const std::string& text, const std::string& word) {
  for (std::size_t from = 0; from <= text.size(); ++from) {
    for (std::size_t size = 0; from + size <= text.size(); ++size) {
      if (one_edit_or_less(lower(text.substr(from, size)), lower(word))) {
        return true;
      }
    }
  }
  return false;
}

bool naive_passes(const Filter& filter, const NaiveRow& row) {
  const auto child_passes = [&](const Filter& child) { return naive_passes(child, row); };
  const auto& children = filter.children;
  if (filter.op == Op::all) {
    return std::all_of(children.begin(), children.end(), child_passes);
  }
  if (filter.op == Op::any || filter.op == Op::none) {
    return std::any_of(children.begin(), children.end(), child_passes) == (filter.op == Op::any);
  }
  const Value left = row.field(filter.field.path);
  const auto& values = filter.values;
  const bool listed = std::find(values.begin(), values.end(), left) != values.end();
  switch (filter.op) {
    case Op::exists:
      return !is_null(left);
    case Op::missing:
      return is_null(left);
    case Op::in:
    case Op::eq:
      return listed;
    case Op::not_in:
    case Op::ne:
      return !listed;
    case Op::lt:
    case Op::le:
    case Op::gt:
    case Op::ge:
      return ordered_passes(filter.op, left, values.at(0));
    default:
      return text_passes(filter.op, left, values.at(0));
  }
}

std::vector<std::string> naive_ids(const std::vector<NaiveRow>& rows, const Filter& filter,
                                   const std::vector<Sort>& sort) {
  std::vector<const NaiveRow*> passing;
  for (const NaiveRow& row : rows) {
    if (naive_passes(filter, row)) {
      passing.push_back(&row);
    }
  }
  const bool id_descending = !sort.empty() && sort.back().descending;
  std::sort(passing.begin(), passing.end(), [&](const NaiveRow* a, const NaiveRow* b) {
    for (const Sort& by : sort) {
      const Value left = a->field(by.field.path);
      const Value right = b->field(by.field.path);
      if (left != right) {
        return by.descending ? naive_less(right, left) : naive_less(left, right);
      }
    }
    return id_descending ? b->id < a->id : a->id < b->id;
  });
  std::vector<std::string> ids;
  for (const NaiveRow* row : passing) {
    ids.push_back(row->id);
  }
  return ids;
}

}  // namespace loyalty::store
