#include "native/service/query/filters.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "native/wire/refused.h"

namespace loyalty::service {
namespace {

using store::Filter;
using store::Value;
using store::ValueType;
using wire::Json;
using Op = Filter::Op;

/// What an operator of the language takes, and what it becomes.
struct Operator {
  enum class Takes : std::uint8_t { value, list, truth };
  std::string_view name;
  std::uint8_t kind;
  Op op;
  Takes takes = Takes::value;
};
constexpr Operator language[] = {
    {"$eq", operators::equality, Op::eq},
    {"$ne", operators::equality, Op::ne},
    {"$in", operators::equality, Op::in, Operator::Takes::list},
    {"$nin", operators::equality, Op::not_in, Operator::Takes::list},
    {"$hasSome", operators::equality, Op::in, Operator::Takes::list},
    {"$hasAll", operators::equality, Op::all, Operator::Takes::list},
    {"$exists", operators::equality | operators::exists, Op::exists, Operator::Takes::truth},
    {"$lt", operators::order, Op::lt},
    {"$lte", operators::order, Op::le},
    {"$gt", operators::order, Op::gt},
    {"$gte", operators::order, Op::ge},
    {"$startsWith", operators::text, Op::starts_with},
    {"$endsWith", operators::text, Op::ends_with},
    {"$contains", operators::text, Op::contains},
};

struct Logical {
  std::string_view name;
  Op op;
};
constexpr Logical logicals[] = {{"$and", Op::all}, {"$or", Op::any}, {"$not", Op::none}};

template <class Row, std::size_t count>
const Row* named(const Row (&rows)[count], std::string_view name) {
  const Row* found = std::find_if(std::begin(rows), std::end(rows),
                                  [name](const Row& row) { return row.name == name; });
  return found == std::end(rows) ? nullptr : found;
}

Filter joined(Op op, std::vector<Filter> children) {
  Filter filter;
  filter.op = op;
  filter.children = std::move(children);
  return filter;
}

std::optional<Value> text_value(const Json& json) {
  if (!json.is_string()) {
    return std::nullopt;
  }
  return json.get<std::string>();
}

std::optional<Value> integer_value(const Json& json) {
  if (json.is_number_integer()) {
    return json.get<std::int64_t>();
  }
  if (!json.is_string()) {
    return std::nullopt;
  }
  const auto& text = json.get_ref<const std::string&>();
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) {
    return std::nullopt;
  }
  return number;
}

/// Reads one filter; violations are collected, the filter is of use only where there are none.
class FilterReader {
 public:
  FilterReader(const Collection& collection, const ZoneTable& zone)
      : collection_{collection}, zone_{zone} {}

  Filter read(const Json& filter, const std::string& path) {
    if (!filter.is_object()) {
      refuse(path, "TYPE", "must be an object");
      return {};
    }
    std::vector<Filter> parts;
    for (const auto& [name, value] : filter.items()) {
      parts.push_back(member(name, value, path + "." + name));
    }
    return parts.size() == 1 ? std::move(parts.front()) : joined(Op::all, std::move(parts));
  }

  std::vector<wire::FieldViolation> violations;

 private:
  void refuse(std::string path, std::string rule, std::string description) {
    if (violations.size() < 100) {
      violations.push_back({std::move(path), std::move(description), std::move(rule), {}});
    }
  }

  Filter member(const std::string& name, const Json& value, const std::string& path) {
    if (const Logical* logical = named(logicals, name)) {
      return joined(logical->op, branches(value, path));
    }
    const QueryField* field = collection_.field(name);
    if (field == nullptr) {
      refuse(path, "UNKNOWN_FIELD", "cannot be filtered by");
      return {};
    }
    return of_field(*field, value, path);
  }

  std::vector<Filter> branches(const Json& value, const std::string& path) {
    std::vector<Filter> parts;
    if (!value.is_array()) {
      parts.push_back(read(value, path));
      return parts;
    }
    for (std::size_t i = 0; i < value.size(); ++i) {
      parts.push_back(read(value[i], path + "[" + std::to_string(i) + "]"));
    }
    return parts;
  }

  /// {"$gte":1,"$lt":5}, {"$not":{"$eq":1}}, or a bare value, which is equality.
  Filter of_field(const QueryField& field, const Json& value, const std::string& path) {
    const bool operated = value.is_object() && !value.empty() &&
                          value.begin().key().starts_with('$') && value.begin().key() != "$date";
    if (!operated) {
      return operation(field, language[0], value, path);
    }
    std::vector<Filter> parts;
    for (const auto& [name, operand] : value.items()) {
      const std::string place = path + "." + name;
      const Operator* known = named(language, name);
      if (name == "$not") {
        std::vector<Filter> inner;
        inner.push_back(of_field(field, operand, place));
        parts.push_back(joined(Op::none, std::move(inner)));
      } else if (known == nullptr) {
        refuse(place, "UNKNOWN_FIELD", "is no operator");
      } else {
        parts.push_back(operation(field, *known, operand, place));
      }
    }
    return parts.size() == 1 ? std::move(parts.front()) : joined(Op::all, std::move(parts));
  }

  Filter operation(const QueryField& field, const Operator& operation, const Json& operand,
                   const std::string& path) {
    if (++conditions_ > filter_conditions_max) {
      if (conditions_ == filter_conditions_max + 1) {
        refuse(path, "MAX_SIZE",
               "a filter has at most " + std::to_string(filter_conditions_max) + " conditions");
      }
      return {};
    }
    if ((field.allowed & operation.kind) == 0 ||
        (operation.kind == operators::text && field.ref.type != ValueType::text)) {
      refuse(path, "ENUM", "this field does not have this operator");
      return {};
    }
    switch (operation.takes) {
      case Operator::Takes::truth:
        if (!operand.is_boolean()) {
          refuse(path, "TYPE", "must be true or false");
          return {};
        }
        return condition(field.ref, operand.get<bool>() ? Op::exists : Op::missing);
      case Operator::Takes::list:
        return of_list(field, operation, operand, path);
      case Operator::Takes::value:
        break;
    }
    if (operand.is_null() && (operation.op == Op::eq || operation.op == Op::ne)) {
      return condition(field.ref, operation.op == Op::eq ? Op::missing : Op::exists);
    }
    std::vector<Value> values;
    add_value(field, operand, path, values);
    return condition(field.ref, operation.op, std::move(values));
  }

  Filter of_list(const QueryField& field, const Operator& operation, const Json& operand,
                 const std::string& path) {
    if (!operand.is_array() || operand.size() > filter_values_max) {
      refuse(path, "TYPE",
             "must be a list of at most " + std::to_string(filter_values_max) + " values");
      return {};
    }
    std::vector<Value> values;
    bool missing = false;
    for (std::size_t i = 0; i < operand.size(); ++i) {
      if (operand[i].is_null()) {
        missing = true;
      } else {
        add_value(field, operand[i], path + "[" + std::to_string(i) + "]", values);
      }
    }
    if (operation.op == Op::all) {
      // A field has one value, so it has all of them only where they are the same.
      std::vector<Filter> parts;
      for (Value& value : values) {
        std::vector<Value> one;
        one.push_back(std::move(value));
        parts.push_back(condition(field.ref, Op::eq, std::move(one)));
      }
      if (missing) {
        parts.push_back(condition(field.ref, Op::missing));
      }
      return joined(Op::all, std::move(parts));
    }
    Filter listed = condition(field.ref, operation.op, std::move(values));
    if (!missing) {
      return listed;
    }
    const bool in = operation.op == Op::in;
    std::vector<Filter> parts;
    parts.push_back(std::move(listed));
    parts.push_back(condition(field.ref, in ? Op::missing : Op::exists));
    return joined(in ? Op::any : Op::all, std::move(parts));
  }

  void add_value(const QueryField& field, const Json& json, const std::string& path,
                 std::vector<Value>& values) {
    switch (field.ref.type) {
      case ValueType::text:
        return add(text_value(json), path, "must be a text", values);
      case ValueType::integer:
        return add(integer_value(json), path, "must be a whole number", values);
      case ValueType::boolean:
        return add(json.is_boolean() ? std::optional<Value>{json.get<bool>()} : std::nullopt, path,
                   "must be true or false", values);
      case ValueType::instant: {
        const Json& text = json.is_object() ? wire::member(json, "$date") : json;
        const auto at =
            text.is_string() ? time_in(zone_, text.get_ref<const std::string&>()) : std::nullopt;
        return add(at ? std::optional<Value>{at->ms()} : std::nullopt, path,
                   "must be a time such as 2026-01-15T10:00:00.000Z", values);
      }
    }
  }

  void add(std::optional<Value> value, const std::string& path, std::string_view wanted,
           std::vector<Value>& values) {
    if (value) {
      values.push_back(*std::move(value));
    } else {
      refuse(path, "TYPE", std::string{wanted});
    }
  }

  const Collection& collection_;
  const ZoneTable& zone_;
  std::size_t conditions_ = 0;
};

std::vector<std::string> words_of(const std::string& expression) {
  std::vector<std::string> words;
  std::size_t at = 0;
  while ((at = expression.find_first_not_of(" \t\r\n", at)) != std::string::npos) {
    const std::size_t end = std::min(expression.find_first_of(" \t\r\n", at), expression.size());
    words.push_back(expression.substr(at, end - at));
    at = end;
  }
  return words;
}

/// The searched fields that a search names; all where it names none.
std::vector<const QueryField*> searched_fields(const Collection& collection, const Json& search,
                                               const std::string& path) {
  std::vector<const QueryField*> fields;
  const Json& names = wire::member(search, "fields");
  for (std::size_t i = 0; names.is_array() && i < names.size(); ++i) {
    const auto name = names[i].is_string() ? names[i].get<std::string>() : std::string{};
    if (std::find(collection.searched.begin(), collection.searched.end(), name) ==
        collection.searched.end()) {
      throw wire::Refused::invalid(path + ".fields[" + std::to_string(i) + "]", "UNKNOWN_FIELD",
                                   "cannot be searched in");
    }
    fields.push_back(collection.field(name));
  }
  if (fields.empty()) {
    for (const std::string_view name : collection.searched) {
      fields.push_back(collection.field(name));
    }
  }
  return fields;
}

/// Short words with one letter wrong would be found everywhere.
constexpr std::size_t fuzzy_letters_min = 4;

}  // namespace

std::optional<Instant> time_in(const ZoneTable& zone, std::string_view text) {
  if (const auto at = wire::time_of(text)) {
    return at;
  }
  const bool day = text.size() == 10;
  const auto as_utc = parse_instant(std::string{text} + (day ? "T00:00:00Z" : "Z"));
  if (!as_utc) {
    return std::nullopt;
  }
  const LocalTime local = local_time(ZoneTable{}, *as_utc);
  return day ? start_of_day(zone, local.date) : instant_of(zone, local);
}

Filter condition(store::FieldRef field, Op op, std::vector<Value> values) {
  Filter filter;
  filter.op = op;
  filter.field = field;
  filter.values = std::move(values);
  return filter;
}

Filter both(Filter a, Filter b) {
  const auto everything = [](const Filter& filter) {
    return filter.op == Op::all && filter.children.empty();
  };
  if (everything(a)) {
    return b;
  }
  if (everything(b)) {
    return a;
  }
  std::vector<Filter> parts;
  parts.push_back(std::move(a));
  parts.push_back(std::move(b));
  return joined(Op::all, std::move(parts));
}

Filter read_filter(const Collection& collection, const Json& filter, const std::string& path,
                   const ZoneTable& zone) {
  if (filter.is_null()) {
    return {};
  }
  if (filter.dump().size() > filter_bytes_max) {
    throw wire::Refused::invalid(
        path, "MAX_LENGTH",
        "must not be longer than " + std::to_string(filter_bytes_max) + " bytes of JSON");
  }
  FilterReader reader{collection, zone};
  Filter read = reader.read(filter, path);
  if (!reader.violations.empty()) {
    throw wire::Refused{std::move(reader.violations)};
  }
  return read;
}

Filter search_filter(const Collection& collection, const Json& search, const std::string& path) {
  const auto fields = searched_fields(collection, search, path);
  const bool fuzzy = wire::truth_at(search, "fuzzy");
  std::vector<Filter> found;
  for (const std::string& word : words_of(wire::text_at(search, "expression"))) {
    const Op op = fuzzy && word.size() >= fuzzy_letters_min ? Op::fuzzy : Op::contains;
    std::vector<Filter> places;
    for (const QueryField* field : fields) {
      std::vector<Value> values;
      values.emplace_back(word);
      places.push_back(condition(field->ref, op, std::move(values)));
    }
    found.push_back(joined(Op::any, std::move(places)));
  }
  if (found.empty()) {
    return {};
  }
  return joined(wire::text_at(search, "mode") == "AND" ? Op::all : Op::any, std::move(found));
}

}  // namespace loyalty::service
