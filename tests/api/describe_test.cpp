#include <set>

#include <gtest/gtest.h>

#include "native/api/openapi.h"
#include "native/api/permissions.h"
#include "native/serve/all_routes.h"
#include "tests/api/bench.h"

namespace loyalty::test {
namespace {

class Description : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    routes = new service::Routes(serve::all_routes(true));
    document = new Json(api::openapi_document(*routes));
  }
  static void TearDownTestSuite() {
    delete routes;
    delete document;
  }
  static const Json& operation(const service::Route& route) {
    std::string verb{http::name_of(api::method_of(route.verb))};
    for (char& c : verb) {
      c = static_cast<char>(c - 'A' + 'a');
    }
    return wire::member(wire::member((*document)["paths"], route.path), verb);
  }
  static service::Routes* routes;
  static Json* document;
};
service::Routes* Description::routes = nullptr;
Json* Description::document = nullptr;

TEST_F(Description, TheTableIsOne) {
  EXPECT_NO_THROW(api::Router{*routes});
  EXPECT_GE(routes->size(), 65U);
}

TEST_F(Description, HasEveryRouteAndNothingElse) {
  for (const service::Route& route : *routes) {
    EXPECT_EQ(wire::text_at(operation(route), "operationId"), route.name);
    EXPECT_TRUE(operation(route).contains("responses")) << route.name;
  }
  std::size_t operations = 0;
  for (const auto& [path, item] : (*document)["paths"].items()) {
    operations += item.size();
  }
  EXPECT_EQ(operations, routes->size());
}

TEST_F(Description, SaysWhoMayCall) {
  for (const service::Route& route : *routes) {
    const api::Grant* const grant = api::grant_of(route.permission);
    ASSERT_NE(grant, nullptr) << route.name;
    std::set<std::string> schemes;
    bool nobody = false;
    for (const Json& one : operation(route)["security"]) {
      nobody = nobody || one.empty();
      for (const auto& [name, scopes] : one.items()) {
        schemes.insert(name);
      }
    }
    EXPECT_EQ(nobody, grant->anonymous) << route.name;
    EXPECT_EQ(schemes.count("memberToken") == 1, grant->member) << route.name;
    EXPECT_EQ(schemes.count("apiKey") == 1, grant->app || grant->user) << route.name;
  }
}

TEST_F(Description, HasAParameterForEveryVariable) {
  for (const service::Route& route : *routes) {
    std::set<std::string> parameters;
    for (const Json& parameter : wire::member(operation(route), "parameters")) {
      if (parameter["in"] == "path") {
        parameters.insert(parameter["name"].get<std::string>());
        EXPECT_TRUE(parameter["required"]) << route.name;
      }
    }
    std::set<std::string> variables;
    for (const std::string_view segment : api::segments_of(route.path)) {
      if (!api::variable_of(segment).empty()) {
        variables.emplace(api::variable_of(segment));
      }
    }
    EXPECT_EQ(parameters, variables) << route.name;
  }
}

TEST_F(Description, EveryVariableIsAFieldOfItsRequest) {
  for (const service::Route& route : *routes) {
    for (const std::string_view segment : api::segments_of(route.path)) {
      const std::string_view name = api::variable_of(segment);
      if (!name.empty() && route.run_text == nullptr) {
        EXPECT_NE(wire::field_of(route.request, name), nullptr) << route.name << " " << name;
      }
    }
  }
}

TEST_F(Description, EveryRouteIsCarriedOut) {
  for (const service::Route& route : *routes) {
    const bool by_server =
        route.stream || route.name.starts_with("clock.") || route.name == "identity.whoAmI";
    EXPECT_EQ(route.run == nullptr && route.run_text == nullptr, by_server) << route.name;
    EXPECT_TRUE(route.run == nullptr || route.run_text == nullptr) << route.name;
    EXPECT_TRUE(route.access == service::Route::Access::read || route.verb != service::Verb::get)
        << route.name << " changes something by GET";
  }
}

TEST_F(Description, ReferencesLeadSomewhere) {
  const auto check = [](const auto& self, const Json& json) -> void {
    if (json.is_object() && json.contains("$ref")) {
      const auto target = json["$ref"].get<std::string>();
      ASSERT_TRUE(target.starts_with("#/"));
      EXPECT_TRUE(document->contains(Json::json_pointer(target.substr(1)))) << target;
    }
    if (json.is_structured()) {
      for (const Json& item : json) {
        self(self, item);
      }
    }
  };
  check(check, *document);
  EXPECT_EQ((*document)["openapi"], "3.1.0");
}

TEST_F(Description, TellsOfTheKeyWhereverSomethingIsWritten) {
  for (const service::Route& route : *routes) {
    bool has_key = false;
    bool required = false;
    for (const Json& parameter : wire::member(operation(route), "parameters")) {
      if (parameter["name"] == "Idempotency-Key") {
        has_key = true;
        required = parameter["required"];
      }
    }
    EXPECT_EQ(has_key, route.access == service::Route::Access::write) << route.name;
    EXPECT_EQ(required, route.key == service::Route::Key::required) << route.name;
  }
}

}  // namespace
}  // namespace loyalty::test
