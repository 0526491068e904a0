#include <algorithm>
#include <optional>

#include "native/service/query/aggregations.h"
#include "native/wire/refused.h"

namespace loyalty::service {
namespace {

using store::ValueType;
using wire::Json;
using wire::member;

/// What a type of aggregation may be about, and the member that says how.
struct Kind {
  std::string_view name;
  std::string_view member;
  bool texts;
  bool numbers;
  bool dates;
  bool needs_member;
};
constexpr Kind kinds[] = {
    {"VALUE", "value", true, true, true, false},
    {"RANGE", "range", false, true, false, true},
    {"SCALAR", "scalar", false, true, true, true},
    {"DATE_HISTOGRAM", "dateHistogram", false, false, true, true},
};

class AggregationCheck {
 public:
  explicit AggregationCheck(const Collection& collection) : collection_{collection} {}

  void check(const Json& aggregation, const std::string& path) {
    const std::string type = wire::text_at(aggregation, "type");
    if (type == "NESTED") {
      const Json& levels = member(member(aggregation, "nested"), "nestedAggregations");
      if (levels.is_null()) {
        violations.push_back({path + ".nested", "is required", "REQUIRED", {}});
      }
      for (std::size_t i = 0; levels.is_array() && i < levels.size(); ++i) {
        const std::string place = path + ".nested.nestedAggregations[" + std::to_string(i) + "]";
        check_level(levels, i, place);
        check(levels[i], place);
      }
      return;
    }
    const Kind* kind = std::find_if(std::begin(kinds), std::end(kinds),
                                    [&type](const Kind& one) { return one.name == type; });
    if (kind == std::end(kinds)) {
      return;  // the schema says so
    }
    if (kind->needs_member && member(aggregation, kind->member).is_null()) {
      violations.push_back({path + "." + std::string{kind->member}, "is required", "REQUIRED", {}});
    }
    const Json& buckets = member(member(aggregation, "range"), "buckets");
    for (std::size_t i = 0; buckets.is_array() && i < buckets.size(); ++i) {
      if (buckets[i].empty()) {
        violations.push_back({path + ".range.buckets[" + std::to_string(i) + "].from",
                              "from or to is required",
                              "REQUIRED",
                              {}});
      }
    }
    check_field(aggregation, *kind, path);
  }

  std::vector<wire::FieldViolation> violations;

 private:
  /// Results are told apart by the names of the levels, and a number has nothing inside.
  void check_level(const Json& levels, std::size_t i, const std::string& place) {
    if (wire::text_at(levels[i], "type") == "SCALAR" && i + 1 < levels.size()) {
      violations.push_back({place + ".type", "SCALAR must be the last", "ENUM", {}});
    }
    for (std::size_t j = 0; j < i; ++j) {
      if (wire::text_at(levels[j], "name") == wire::text_at(levels[i], "name")) {
        violations.push_back({place + ".name", "must differ from the others", "FORMAT", {}});
        return;
      }
    }
  }

  void check_field(const Json& aggregation, const Kind& kind, const std::string& path) {
    const std::string name = wire::text_at(aggregation, "fieldPath");
    const QueryField* field = collection_.field(name);
    if (field == nullptr || !field->aggregated) {
      violations.push_back(
          {path + ".fieldPath", "there are no numbers about this field", "UNKNOWN_FIELD", {}});
      return;
    }
    const ValueType type = field->ref.type;
    const bool distinct = wire::text_at(member(aggregation, "scalar"), "type") == "COUNT_DISTINCT";
    const bool fits = type == ValueType::integer   ? kind.numbers
                      : type == ValueType::instant ? kind.dates
                                                   : kind.texts || distinct;
    if (!fits) {
      violations.push_back(
          {path + ".type", "this field does not have this aggregation", "ENUM", {}});
    }
  }

  const Collection& collection_;
};

wire::Schema number_schema() {
  constexpr std::int64_t most = 1'000'000'000'000'000;
  return wire::decimal(3, -most, most);
}

wire::ObjectSchema plain_aggregation(std::initializer_list<std::string_view> types,
                                     std::optional<wire::Field> more) {
  const wire::Schema value = wire::object(
      {wire::optional("sortType", wire::enumeration({"COUNT", "VALUE"})),
       wire::optional("sortDirection", wire::enumeration({"ASC", "DESC"})),
       wire::optional("limit", wire::integer(1, 250)),
       wire::optional("missingValues", wire::enumeration({"EXCLUDE", "INCLUDE"})),
       wire::optional("includeOptions",
                      wire::object({wire::optional("addToBucket", wire::text(0, 20))}))});
  const wire::Schema bucket = wire::object(
      {wire::optional("from", number_schema()), wire::optional("to", number_schema())});
  const wire::Schema range = wire::object({wire::required("buckets", wire::array(bucket, 1, 50))});
  const wire::Schema scalar =
      wire::object({wire::required("type", wire::enumeration({"COUNT_DISTINCT", "MIN", "MAX"}))});
  const wire::Schema histogram =
      wire::object({wire::required("interval", wire::enumeration({"YEAR", "MONTH", "WEEK", "DAY",
                                                                  "HOUR", "MINUTE", "SECOND"}))});
  const wire::Field name = wire::required("name", wire::text(1, 100));
  const wire::Field field = wire::optional("fieldPath", wire::text(1, 200));
  const wire::Field type = wire::required("type", wire::enumeration(types));
  const wire::Field values = wire::optional("value", value);
  const wire::Field ranges = wire::optional("range", range);
  const wire::Field scalars = wire::optional("scalar", scalar);
  const wire::Field histograms = wire::optional("dateHistogram", histogram);
  if (more) {
    return wire::object({name, field, type, values, ranges, scalars, histograms, *more});
  }
  return wire::object({name, field, type, values, ranges, scalars, histograms});
}

}  // namespace

wire::Schema aggregations_schema() {
  const wire::Schema inner =
      plain_aggregation({"VALUE", "RANGE", "SCALAR", "DATE_HISTOGRAM"}, std::nullopt);
  const wire::Schema nested =
      wire::object({wire::required("nestedAggregations", wire::array(inner, 2, 3))});
  return wire::array(plain_aggregation({"VALUE", "RANGE", "SCALAR", "DATE_HISTOGRAM", "NESTED"},
                                       wire::optional("nested", nested)),
                     0, 10);
}

wire::Schema aggregation_data_schema() {
  return wire::object({wire::optional("results", wire::array(wire::any(), 0, 10'000))});
}

void check_aggregations(const Collection& collection, const Json& aggregations,
                        const std::string& path) {
  AggregationCheck check{collection};
  for (std::size_t i = 0; aggregations.is_array() && i < aggregations.size(); ++i) {
    check.check(aggregations[i], path + "[" + std::to_string(i) + "]");
  }
  if (!check.violations.empty()) {
    throw wire::Refused{std::move(check.violations)};
  }
}

}  // namespace loyalty::service
