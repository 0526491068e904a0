#include <gtest/gtest.h>

#include "native/api/permissions.h"
#include "native/serve/all_routes.h"
#include "tests/api/bench.h"

/// Every field of every request with values of every wrong type, as the description of the API
/// tells what would be right.
namespace loyalty::test {
namespace {

using service::Route;

constexpr char id[] = "0190a5b4-1234-7abc-8def-0123456789ab";

bool has_type(const Json& schema, std::string_view type) {
  const Json& types = wire::member(schema, "type");
  if (types.is_array()) {
    return std::find(types.begin(), types.end(), Json(type)) != types.end();
  }
  return types == type;
}

/// Values that are not of the schema's type; all kinds where it has none.
std::vector<Json> wrong_values(const Json& schema) {
  const std::vector<std::pair<std::string_view, Json>> kinds = {
      {"string", "\xc2\xa0 no \xe2\x80\xae such"},
      {"integer", 9'223'372'036'854'775'807},
      {"number", 1.5},
      {"boolean", true},
      {"array", Json::array({1, Json::object(), nullptr})},
      {"object", Json{{"$ne", Json::array()}}}};
  std::vector<Json> values;
  const bool any = !schema.contains("type");
  for (const auto& [kind, value] : kinds) {
    const bool right = has_type(schema, kind) ||
                       (kind == "integer" && has_type(schema, "number")) ||
                       (has_type(schema, "object") && kind == "object");
    if (any || !right) {
      values.push_back(value);
    }
  }
  return values;
}

/// The least that a schema takes, as far as it tells.
Json example(const Json& schema) {
  if (schema.contains("enum")) {
    return schema["enum"][0];
  }
  if (has_type(schema, "object")) {
    Json object = Json::object();
    for (const Json& name : wire::member(schema, "required")) {
      object[name.get<std::string>()] = example(schema["properties"][name.get<std::string>()]);
    }
    return object;
  }
  if (has_type(schema, "array")) {
    Json array = Json::array();
    for (std::int64_t i = 0; i < wire::integer_at(schema, "minItems"); ++i) {
      array.push_back(example(schema["items"]));
    }
    return array;
  }
  if (has_type(schema, "integer")) {
    return wire::integer_at(schema, "minimum", 1);
  }
  if (has_type(schema, "boolean")) {
    return true;
  }
  const std::string format = wire::text_at(schema, "format");
  if (format == "uuid") {
    return id;
  }
  if (format == "date-time") {
    return "2026-01-15T10:00:00.000Z";
  }
  if (format == "date") {
    return "2026-01-15";
  }
  if (format == "decimal") {
    return "1";
  }
  return has_type(schema, "string") ? Json("x") : Json::object();
}

/// Calls `each` with every request that has one value of a wrong type somewhere. `strict`: the
/// description leaves no doubt that it is wrong.
template <class Each>
void with_wrong_values(const Json& schema, Json& whole, Json& here, bool strict,
                       const std::string& place, const Each& each) {
  const Json right = here;
  for (Json& wrong : wrong_values(schema)) {
    here = std::move(wrong);
    each(whole, strict && schema.contains("type"), place);
  }
  here = right;
  if (has_type(schema, "array") && schema.contains("items")) {
    here = Json::array({example(schema["items"])});
    with_wrong_values(schema["items"], whole, here[0], strict, place + "[0]", each);
    here = right;
  }
  if (!has_type(schema, "object")) {
    return;
  }
  if (!here.is_object()) {
    here = Json::object();
  }
  for (const auto& [name, field] : wire::member(schema, "properties").items()) {
    const bool had = here.contains(name);
    const Json before = had ? here[name] : Json{};
    here[name] = example(field);
    with_wrong_values(field, whole, here[name], strict && !wire::truth_at(field, "readOnly"),
                      place + "." + name, each);
    if (had) {
      here[name] = before;
    } else {
      here.erase(name);
    }
  }
  here = right;
}

class WrongTypes : public testing::Test {
 protected:
  WrongTypes()
      : bench{serve::all_routes(false)},
        site{bench.add_site(api::first_scopes())},
        user{bench.operator_key()} {}

  std::string path_of(const Route& route, const std::string& value) const {
    std::string path;
    for (const std::string_view segment : api::segments_of(route.path)) {
      const std::string_view name = api::variable_of(segment);
      path += "/" + (name.empty() ? std::string{segment} : name == "site" ? site.site.id : value);
    }
    return path;
  }

  Answer send(const Route& route, const std::string& target, const std::string& body) {
    const bool app = api::grant_of(route.permission)->app;
    return bench.ask({.method = api::method_of(route.verb),
                      .target = target,
                      .body = body,
                      .headers = {{"Authorization", app ? site.key : user},
                                  {"x-loyalty-site", site.site.id},
                                  {"Idempotency-Key", "k" + std::to_string(++keys)}}});
  }

  /// Everything but the answers that are kept under keys: a "no" of an operation is one of them.
  std::string dump_without_answers() const {
    std::string text = bench.dump();
    for (const char* const table : {"# answer\n", "# answer_bucket\n"}) {
      const std::size_t from = text.find(table);
      const std::size_t to = text.find("\n# ", from + 1);
      EXPECT_NE(to, std::string::npos);
      text.erase(from, to + 1 - from);
    }
    return text;
  }

  static bool has_body(const Route& route) {
    return route.verb != service::Verb::get && route.verb != service::Verb::del;
  }

  Bench bench;
  TestSite site;
  std::string user;
  int keys = 0;
};

TEST_F(WrongTypes, AreRefusedInEveryFieldOfEveryBodyAndChangeNothing) {
  const std::string before = bench.dump();
  int requests = 0;
  for (const Route& route : bench.routes) {
    if (!has_body(route) || route.run_text != nullptr) {
      continue;
    }
    const Json schema = wire::openapi(route.request);
    Json body = example(schema);
    with_wrong_values(
        schema, body, body, true, "",
        [&](const Json& wrong, bool strict, const std::string& place) {
          if (!strict) {
            return;
          }
          const Answer answer = send(route, path_of(route, id), wrong.dump());
          EXPECT_GE(answer.status, 400) << route.name << " " << place << " " << wrong.dump();
          EXPECT_LT(answer.status, 500) << route.name << " " << place << " " << wrong.dump();
          ++requests;
        });
  }
  EXPECT_GT(requests, 1'000);
  EXPECT_EQ(bench.dump(), before);
}

TEST_F(WrongTypes, NeverBreakAnythingWhereAnythingIsTaken) {
  for (const Route& route : bench.routes) {
    if (!has_body(route)) {
      continue;
    }
    const Json schema = wire::openapi(route.request);
    Json body = example(schema);
    with_wrong_values(
        schema, body, body, true, "", [&](const Json& odd, bool strict, const std::string& place) {
          if (!strict) {
            const Answer answer = send(route, path_of(route, id), odd.dump());
            EXPECT_LT(answer.status, 500) << route.name << " " << place << " " << odd.dump();
          }
        });
  }
}

TEST_F(WrongTypes, NeverBreakAnythingInQueryStringsAndPaths) {
  const std::string before = dump_without_answers();
  for (const Route& route : bench.routes) {
    if (route.path.find('{') != std::string_view::npos) {
      for (const char* const value : {"x", "%20", "..", "%2e%2e%2f", "0", "-1", "%F0%9F%98%80"}) {
        EXPECT_LT(send(route, path_of(route, value), "").status, 500) << route.name << value;
      }
    }
    if (has_body(route) || route.run_text != nullptr) {
      continue;
    }
    const Json schema = wire::openapi(route.request);
    for (const auto& [name, field] : wire::member(schema, "properties").items()) {
      for (const char* const value : {"", "x", "1.5", "-1", "99999999999999999999", "%00", "true",
                                      "a&"
                                      "b",
                                      "{}", "%5B%5D", "%FF"}) {
        const Answer answer = send(route, path_of(route, id) + "?" + name + "=" + value, "");
        EXPECT_LT(answer.status, 500) << route.name << " " << name << "=" << value << answer.body;
      }
    }
  }
  EXPECT_EQ(dump_without_answers(), before);
}

}  // namespace
}  // namespace loyalty::test
