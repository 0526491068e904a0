#include "native/service/query/aggregations.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <utility>

#include "native/service/query/filters.h"
#include "native/service/query/periods.h"
#include "native/wire/money_text.h"
#include "native/wire/refused.h"

namespace loyalty::service {
namespace {

using store::Filter;
using store::Value;
using store::ValueCount;
using store::ValueType;
using wire::Json;
using wire::member;
using Op = Filter::Op;

constexpr std::size_t value_limit_default = 10;
constexpr std::size_t values_max = 1'000'000;  ///< different ones that are looked at
constexpr std::size_t histogram_results_max = 200;
constexpr std::size_t nested_results_max = 1'000;
/// Buckets of the outer levels that a nested aggregation looks into.
constexpr std::size_t nested_questions_max = 2'000;

struct Bucket {
  Json shown;     ///< {value,count}, {from,to,count}, {type,value}
  Filter within;  ///< the accounts that are in it
};

Filter compared(const store::FieldRef& field, Op op, std::int64_t value) {
  std::vector<Value> values;
  values.emplace_back(value);
  return condition(field, op, std::move(values));
}

Filter none_of(std::vector<Filter> filters) {
  Filter filter;
  filter.op = Op::none;
  filter.children = std::move(filters);
  return filter;
}

std::optional<std::int64_t> whole(const std::string& text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) {
    return std::nullopt;
  }
  return number;
}

/// A value as count_by() tells it, as a filter wants it. Instants may be told as milliseconds or as
/// times.
Value value_of(const store::FieldRef& field, const std::string& text) {
  switch (field.type) {
    case ValueType::text:
      return text;
    case ValueType::boolean:
      return text == "1" || text == "true";
    case ValueType::integer:
      return whole(text).value_or(0);
    case ValueType::instant:
      break;
  }
  if (const auto ms = whole(text)) {
    return *ms;
  }
  const auto at = wire::time_of(text);
  return at ? at->ms() : std::int64_t{0};
}

std::string shown_value(const store::FieldRef& field, const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) {
    return *text;
  }
  if (const auto* truth = std::get_if<bool>(&value)) {
    return *truth ? "true" : "false";
  }
  const auto* number = std::get_if<std::int64_t>(&value);
  const std::int64_t whole_number = number == nullptr ? 0 : *number;
  return field.type == ValueType::instant ? wire::time_text(Instant::from_ms(whole_number))
                                          : std::to_string(whole_number);
}

/// The order of values of one field.
bool before(const Value& a, const Value& b) {
  if (const auto* text = std::get_if<std::string>(&a)) {
    return *text < std::get<std::string>(b);
  }
  if (const auto* truth = std::get_if<bool>(&a)) {
    return !*truth && std::get<bool>(b);
  }
  return std::get<std::int64_t>(a) < std::get<std::int64_t>(b);
}

/// What VALUE shows of accounts without a value, unless the request says another word.
std::string_view missing_word(ValueType type) {
  switch (type) {
    case ValueType::integer:
      return "0";
    case ValueType::boolean:
      return "false";
    default:
      return "N/A";
  }
}

class Aggregator {
 public:
  Aggregator(store::Session& session, const Collection& collection, const ZoneTable& zone)
      : session_{session}, collection_{collection}, zone_{zone} {}

  Json result(const Json& aggregation, const Filter& filter) {
    const std::string type = wire::text_at(aggregation, "type");
    Json result{{"name", wire::text_at(aggregation, "name")}, {"type", type}};
    if (type == "NESTED") {
      result["nested"] = Json{{"results", nested(aggregation, filter)}};
      return result;
    }
    result["fieldPath"] = wire::text_at(aggregation, "fieldPath");
    if (type == "SCALAR") {
      Json shown = scalar(aggregation, filter).shown;
      const char* member_name = member(shown, "value").is_string() ? "scalarDate" : "scalar";
      result[member_name] = std::move(shown);
      return result;
    }
    Json list = Json::array();
    for (Bucket& bucket : buckets(aggregation, filter)) {
      list.push_back(std::move(bucket.shown));
    }
    const char* name = type == "VALUE" ? "values" : type == "RANGE" ? "ranges" : "dateHistogram";
    result[name] = Json{{"results", std::move(list)}};
    return result;
  }

 private:
  const store::FieldRef& field(const Json& aggregation) const {
    return collection_.field(wire::text_at(aggregation, "fieldPath"))->ref;
  }

  std::vector<Bucket> buckets(const Json& aggregation, const Filter& filter) {
    const std::string type = wire::text_at(aggregation, "type");
    if (type == "VALUE") {
      return values(aggregation, filter);
    }
    if (type == "RANGE") {
      return ranges(aggregation, filter);
    }
    if (type == "DATE_HISTOGRAM") {
      return histogram(aggregation, filter);
    }
    std::vector<Bucket> one;
    one.push_back(scalar(aggregation, filter));
    return one;
  }

  /// Values that accounts have, with how many do, most frequent first.
  std::vector<std::pair<Value, std::int64_t>> counted(const store::FieldRef& ref,
                                                      const Filter& filter, std::size_t limit) {
    std::vector<std::pair<Value, std::int64_t>> all;
    // One more, for the bucket of accounts without a value.
    for (const ValueCount& one : session_.count_by(ref, filter, limit + 1)) {
      if (one.value && all.size() < limit) {
        all.emplace_back(value_of(ref, *one.value), one.count);
      }
    }
    return all;
  }

  std::vector<Bucket> values(const Json& aggregation, const Filter& filter) {
    const store::FieldRef& ref = field(aggregation);
    const Json& options = member(aggregation, "value");
    const auto limit = static_cast<std::size_t>(
        wire::integer_at(options, "limit", static_cast<std::int64_t>(value_limit_default)));
    const bool by_value = wire::text_at(options, "sortType") == "VALUE";
    const std::string direction = wire::text_at(options, "sortDirection");
    const bool descending = direction.empty() ? !by_value : direction == "DESC";
    const bool as_counted = !by_value && descending;
    auto all = counted(ref, filter, as_counted ? limit : values_max);
    if (!as_counted) {
      std::stable_sort(all.begin(), all.end(), [&](const auto& a, const auto& b) {
        if (!by_value && a.second != b.second) {
          return a.second < b.second;
        }
        return descending ? before(b.first, a.first) : before(a.first, b.first);
      });
    }
    std::vector<Bucket> made;
    for (auto& [value, count] : all) {
      if (made.size() == limit) {
        break;
      }
      std::string shown = shown_value(ref, value);
      std::vector<Value> wanted;
      wanted.push_back(std::move(value));
      made.push_back({Json{{"value", std::move(shown)}, {"count", count}},
                      condition(ref, Op::eq, std::move(wanted))});
    }
    if (wire::text_at(options, "missingValues") == "INCLUDE") {
      add_missing(ref, options, filter, made);
    }
    return made;
  }

  void add_missing(const store::FieldRef& ref, const Json& options, const Filter& filter,
                   std::vector<Bucket>& made) {
    const Filter without = condition(ref, Op::missing);
    const std::int64_t count = session_.count_accounts(both(filter, without));
    if (count == 0) {
      return;
    }
    const std::string given = wire::text_at(member(options, "includeOptions"), "addToBucket");
    const std::string word = given.empty() ? std::string{missing_word(ref.type)} : given;
    for (Bucket& bucket : made) {
      if (bucket.shown["value"] == word) {
        bucket.shown["count"] = bucket.shown["count"].get<std::int64_t>() + count;
        Filter either;
        either.op = Op::any;
        either.children.push_back(std::move(bucket.within));
        either.children.push_back(without);
        bucket.within = std::move(either);
        return;
      }
    }
    made.push_back({Json{{"value", word}, {"count", count}}, without});
  }

  /// A bound, decimal text with three places at most. Fields hold whole numbers, so 10.5 is 11 from
  /// below and from above.
  static std::int64_t bound(const Json& decimal) {
    constexpr std::int64_t unit = 1'000;
    const std::int64_t thousandths = wire::scaled(decimal.get<std::string>(), 3).value;
    return thousandths / unit + (thousandths % unit > 0 ? 1 : 0);
  }

  std::vector<Bucket> ranges(const Json& aggregation, const Filter& filter) {
    const store::FieldRef& ref = field(aggregation);
    std::vector<Bucket> made;
    std::vector<Filter> earlier;
    for (const Json& asked : member(member(aggregation, "range"), "buckets")) {
      Filter within = condition(ref, Op::exists);
      Json shown = Json::object();
      if (asked.contains("from")) {
        shown["from"] = wire::number_of(asked["from"].get<std::string>());
        within = both(std::move(within), compared(ref, Op::ge, bound(asked["from"])));
      }
      if (asked.contains("to")) {
        shown["to"] = wire::number_of(asked["to"].get<std::string>());
        within = both(std::move(within), compared(ref, Op::lt, bound(asked["to"])));
      }
      const Filter mine = within;
      if (!earlier.empty()) {
        within = both(std::move(within), none_of(earlier));
      }
      earlier.push_back(mine);
      shown["count"] = session_.count_accounts(both(filter, within));
      made.push_back({std::move(shown), std::move(within)});
    }
    return made;
  }

  std::vector<Bucket> histogram(const Json& aggregation, const Filter& filter) {
    const store::FieldRef& ref = field(aggregation);
    const Interval interval =
        *interval_of(wire::text_at(member(aggregation, "dateHistogram"), "interval"));
    std::map<std::int64_t, std::int64_t> counts;
    for (const auto& [value, count] : counted(ref, filter, values_max)) {
      const auto at = Instant::from_ms(std::get<std::int64_t>(value));
      counts[period_of(zone_, interval, at).from.ms()] += count;
    }
    std::vector<Bucket> made;
    for (const auto& [from, count] : counts) {
      if (made.size() == histogram_results_max) {
        break;
      }
      const Period period = period_of(zone_, interval, Instant::from_ms(from));
      made.push_back(
          {Json{{"value", wire::time_text(period.from)}, {"count", count}},
           both(compared(ref, Op::ge, period.from.ms()), compared(ref, Op::lt, period.to.ms()))});
    }
    return made;
  }

  Bucket scalar(const Json& aggregation, const Filter& filter) {
    const store::FieldRef& ref = field(aggregation);
    const std::string type = wire::text_at(member(aggregation, "scalar"), "type");
    if (type == "COUNT_DISTINCT") {
      return {Json{{"type", type}, {"value", counted(ref, filter, values_max).size()}}, {}};
    }
    store::Query query;
    query.filter = both(filter, condition(ref, Op::exists));
    query.sort.push_back({ref, type == "MAX"});
    query.limit = 1;
    const auto page = session_.accounts(query);
    if (page.places.empty()) {
      return {Json{{"type", type}}, {}};
    }
    const Value& value = page.places.front().front();
    if (ref.type == ValueType::integer) {
      return {Json{{"type", type}, {"value", std::get<std::int64_t>(value)}}, {}};
    }
    return {Json{{"type", type}, {"value", shown_value(ref, value)}}, {}};
  }

  Json nested(const Json& aggregation, const Filter& filter) {
    Json results = Json::array();
    std::size_t questions = 0;
    descend(member(member(aggregation, "nested"), "nestedAggregations"), 0, filter, Json::object(),
            results, questions);
    return results;
  }

  /// Every path through the levels is one result that holds its bucket of each.
  void descend(const Json& levels, std::size_t level, const Filter& filter, const Json& path,
               Json& results, std::size_t& questions) {
    if (level == levels.size()) {
      results.push_back(Json{{"results", path}});
      return;
    }
    if (++questions > nested_questions_max) {
      return;
    }
    const Json& aggregation = levels[level];
    const std::string type = wire::text_at(aggregation, "type");
    const char* name = type == "VALUE"    ? "value"
                       : type == "RANGE"  ? "range"
                       : type == "SCALAR" ? "scalar"
                                          : "dateHistogram";
    for (Bucket& bucket : buckets(aggregation, filter)) {
      if (results.size() == nested_results_max) {
        return;
      }
      Json deeper = path;
      deeper[wire::text_at(aggregation, "name")] = Json{{name, std::move(bucket.shown)}};
      descend(levels, level + 1, both(filter, bucket.within), deeper, results, questions);
    }
  }

  store::Session& session_;
  const Collection& collection_;
  const ZoneTable& zone_;
};

}  // namespace

Json aggregate(store::Session& session, const Collection& collection, const Json& aggregations,
               const Filter& filter, const ZoneTable& zone, const std::string& path) {
  check_aggregations(collection, aggregations, path);
  Aggregator aggregator{session, collection, zone};
  Json results = Json::array();
  for (std::size_t i = 0; aggregations.is_array() && i < aggregations.size(); ++i) {
    results.push_back(aggregator.result(aggregations[i], filter));
  }
  return Json{{"results", std::move(results)}};
}

}  // namespace loyalty::service
