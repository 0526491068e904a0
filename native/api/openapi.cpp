#include "native/api/openapi.h"

#include <algorithm>
#include <string>
#include <vector>

#include "core/base/version.h"
#include "native/api/permissions.h"
#include "native/api/router.h"

namespace loyalty::api {
namespace {

using service::Route;
using service::Verb;
using wire::Json;

constexpr std::string_view json_type = "application/json";

bool takes_body(const Route& route) {
  return route.run_text != nullptr ? route.verb != Verb::get
                                   : route.verb != Verb::get && route.verb != Verb::del;
}

std::string lower(std::string_view text) {
  std::string result{text};
  std::transform(result.begin(), result.end(), result.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return result;
}

bool is_object(const Json& schema) {
  return schema.is_object() && schema.contains("properties") && !schema["properties"].empty();
}

/// Takes the field at a dotted place out of an object's schema and returns its own.
Json take_field(Json& schema, std::string_view dotted) {
  const std::size_t point = dotted.find('.');
  const std::string name{dotted.substr(0, point)};
  if (!is_object(schema) || !schema["properties"].contains(name)) {
    return Json{{"type", "string"}};
  }
  Json& property = schema["properties"][name];
  if (point != std::string_view::npos) {
    return take_field(property, dotted.substr(point + 1));
  }
  Json field = std::move(property);
  schema["properties"].erase(name);
  if (auto required = schema.find("required"); required != schema.end()) {
    required->erase(std::remove(required->begin(), required->end(), Json(name)), required->end());
    if (required->empty()) {
      schema.erase("required");
    }
  }
  return field;
}

bool is_required(const Json& schema, const std::string& name) {
  const Json& required = wire::member(schema, "required");
  return std::find(required.begin(), required.end(), Json(name)) != required.end();
}

/// Fields of a message without a body, one parameter each; those of objects by dotted names.
void add_query(Json& parameters, const Json& schema, const std::string& prefix, bool required) {
  for (const auto& [name, field] : wire::member(schema, "properties").items()) {
    const bool needed = required && is_required(schema, name);
    if (is_object(field)) {
      add_query(parameters, field, prefix + name + ".", needed);
    } else {
      parameters.push_back(
          {{"name", prefix + name}, {"in", "query"}, {"required", needed}, {"schema", field}});
    }
  }
}

Json content_of(Json schema) {
  return Json{{std::string{json_type}, Json{{"schema", std::move(schema)}}}};
}

Json reference(std::string_view to) { return Json{{"$ref", "#/components/" + std::string{to}}}; }

Json responses_of(const Route& route) {
  Json success{{"description", "Done."}, {"content", content_of(wire::openapi(route.response))}};
  if (route.stream) {
    success["description"] = "Server-sent events, until either side ends them.";
    success["content"] = Json{{"text/event-stream", Json{{"schema", Json{{"type", "string"}}}}}};
  }
  if (route.raw) {
    success["content"]["text/csv"] = Json{{"schema", Json{{"type", "string"}}}};
  }
  Json responses{{"200", std::move(success)}, {"default", reference("responses/Refusal")}};
  for (const char* const status : {"400", "429", "500", "503"}) {
    responses[status] = reference("responses/Refusal");
  }
  const Grant* const grant = grant_of(route.permission);
  if (grant != nullptr && !grant->anonymous) {
    responses["401"] = reference("responses/Refusal");
    responses["403"] = reference("responses/Refusal");
  }
  return responses;
}

Json security_of(const Route& route) {
  const Grant* const grant = grant_of(route.permission);
  Json security = Json::array();
  if (grant == nullptr || grant->anonymous) {
    security.push_back(Json::object());
  }
  if (grant != nullptr && grant->member) {
    security.push_back(Json{{"memberToken", Json::array()}});
  }
  if (grant != nullptr && (grant->app || grant->user)) {
    security.push_back(Json{{"apiKey", Json::array()}});
  }
  return security;
}

std::string_view scope_name(Scope scope) {
  switch (scope) {
    case Scope::none:
      return "";
    case Scope::read:
      return read_scope;
    case Scope::manage:
      return manage_scope;
    case Scope::admin:
      return admin_scope;
  }
  return "";
}

Json key_parameter(const Route& route) {
  return {{"name", "Idempotency-Key"},
          {"in", "header"},
          {"required", route.key == Route::Key::required},
          {"description", "Repeating a call under its key gives its first answer again."},
          {"schema", {{"type", "string"}, {"minLength", 1}, {"maxLength", 256}}}};
}

Json operation_of(const Route& route) {
  Json request = wire::openapi(route.request);
  Json parameters = Json::array();
  for (const std::string_view segment : segments_of(route.path)) {
    if (const std::string_view name = variable_of(segment); !name.empty()) {
      parameters.push_back({{"name", name},
                            {"in", "path"},
                            {"required", true},
                            {"schema", take_field(request, name)}});
    }
  }
  Json operation{{"operationId", route.name},
                 {"tags", Json::array({route.name.substr(0, route.name.find('.'))})},
                 {"responses", responses_of(route)},
                 {"security", security_of(route)}};
  if (!route.summary.empty()) {
    operation["summary"] = route.summary;
  }
  if (const Grant* const grant = grant_of(route.permission)) {
    operation["x-permission"] = grant->name;
    if (grant->scope != Scope::none) {
      operation["x-scope"] = scope_name(grant->scope);
    }
  }
  if (route.access == Route::Access::write) {
    parameters.push_back(key_parameter(route));
  }
  if (takes_body(route)) {
    operation["requestBody"] = Json{{"required", wire::member(request, "required").is_array()},
                                    {"content", content_of(std::move(request))}};
    if (route.raw) {
      operation["requestBody"]["content"]["text/csv"] = Json{{"schema", {{"type", "string"}}}};
    }
  } else {
    add_query(parameters, request, "", true);
  }
  if (!parameters.empty()) {
    operation["parameters"] = std::move(parameters);
  }
  return operation;
}

Json components() {
  const Json text{{"type", "string"}};
  const Json violation{
      {"type", "object"},
      {"required", {"field", "description", "violatedRule"}},
      {"properties",
       {{"field", text}, {"description", text}, {"violatedRule", text}, {"data", Json::object()}}}};
  const Json application{
      {"type", "object"},
      {"required", {"code", "description"}},
      {"properties", {{"code", text}, {"description", text}, {"data", Json::object()}}}};
  const Json validation{
      {"type", "object"},
      {"required", {"fieldViolations"}},
      {"properties", {{"fieldViolations", {{"type", "array"}, {"items", violation}}}}}};
  const Json refusal{
      {"type", "object"},
      {"required", {"message", "details"}},
      {"properties",
       {{"message", text},
        {"details",
         {{"type", "object"},
          {"properties", {{"applicationError", application}, {"validationError", validation}}}}}}}};
  return {{"schemas", {{"Refusal", refusal}}},
          {"responses",
           {{"Refusal",
             {{"description", "Refused; `details` say why."},
              {"content", content_of(reference("schemas/Refusal"))}}}}},
          {"securitySchemes",
           {{"apiKey",
             {{"type", "apiKey"},
              {"in", "header"},
              {"name", "Authorization"},
              {"description", "Key of a backend or a user: `prefix.secret`."}}},
            {"memberToken",
             {{"type", "http"},
              {"scheme", "bearer"},
              {"bearerFormat", "JWT"},
              {"description", "A member's token, for fifteen minutes at most."}}}}}};
}

}  // namespace

Json openapi_document(const service::Routes& routes) {
  Json paths = Json::object();
  for (const Route& route : routes) {
    paths[std::string{route.path}][lower(http::name_of(method_of(route.verb)))] =
        operation_of(route);
  }
  return {{"openapi", "3.1.0"},
          {"info",
           {{"title", "Loyalty"},
            {"version", core_version},
            {"description",
             "Points, tiers, rewards, coupons and checkout discounts. Every path is served below "
             "/_api too."}}},
          {"paths", std::move(paths)},
          {"components", components()}};
}

}  // namespace loyalty::api
