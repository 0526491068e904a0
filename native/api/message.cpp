#include "native/api/message.h"

#include <algorithm>
#include <string>

#include "native/http/gate.h"
#include "native/http/target.h"
#include "native/wire/base64.h"
#include "native/wire/refused.h"

namespace loyalty::api {
namespace {

using wire::Json;
using wire::Refused;

constexpr std::size_t parameters_max = 200;

/// `/a/0/b` as `a[0].b`: how fields are named in violations.
std::string dotted(std::string_view pointer) {
  std::string text;
  while (!pointer.empty()) {
    pointer.remove_prefix(1);
    const std::string_view step = pointer.substr(0, pointer.find('/'));
    const bool index = !step.empty() && step.find_first_not_of("0123456789") == step.npos;
    if (index && !text.empty()) {
      text.append("[").append(step).append("]");
    } else {
      text.append(text.empty() ? "" : ".").append(step);
    }
    pointer.remove_prefix(step.size());
  }
  return text;
}

Json parsed(std::string_view text, std::size_t bytes_max) {
  auto read = wire::parse(text, bytes_max);
  if (!read.ok()) {
    const Error& error = read.error();
    throw Refused::invalid(dotted(error.path), std::string{name_of(error.code)}, error.message);
  }
  if (!read.value().is_object()) {
    throw Refused::invalid("", "TYPE", "must be an object");
  }
  return std::move(read.value());
}

std::string_view media_type(std::string_view content_type) {
  std::string_view type = content_type.substr(0, content_type.find(';'));
  while (!type.empty() && (type.back() == ' ' || type.back() == '\t')) {
    type.remove_suffix(1);
  }
  return type;
}

Json body_of(const service::Route& route, const http::Request& request) {
  if (is_json(request.header("content-type"))) {
    return request.body.empty() ? Json::object() : parsed(request.body, route.body_bytes_max);
  }
  if (!route.raw) {
    return Json::object();  // check_body() lets only an empty one through
  }
  if (!http::is_utf8(request.body)) {
    throw Refused::invalid("content", "INVALID_UTF8", "must be UTF-8");
  }
  return Json{{"content", request.body}};
}

/// The member at a dotted place, made with the objects around it; null where something else than an
/// object is in the way.
Json* place_of(Json& message, std::string_view name) {
  Json* at = &message;
  while (true) {
    if (!at->is_object()) {
      return nullptr;
    }
    const std::size_t point = name.find('.');
    at = &(*at)[std::string{name.substr(0, point)}];
    if (point == std::string_view::npos) {
      return at;
    }
    if (at->is_null()) {
      *at = Json::object();
    }
    name.remove_prefix(point + 1);
  }
}

Json value_of(const service::Route& route, std::string_view name, std::string_view text) {
  const wire::Schema* const schema = wire::field_of(route.request, name);
  return schema == nullptr ? Json(text) : wire::from_text(*schema, text);
}

bool same_text(std::string_view a, std::string_view b) { return http::same_word(a, b); }

/// Whether a client said the same in another place; GUIDs in any case of letters.
bool same_value(const Json& a, const Json& b) {
  return a == b || (a.is_string() && b.is_string() &&
                    same_text(a.get_ref<const std::string&>(), b.get_ref<const std::string&>()));
}

[[noreturn]] void refuse_parameter(std::string_view name, std::string description) {
  throw Refused::invalid(std::string{name}, "FORMAT", std::move(description));
}

void check_name(std::string_view name) {
  const bool bad =
      name.starts_with('.') || name.ends_with('.') || name.find("..") != std::string_view::npos ||
      static_cast<std::size_t>(std::count(name.begin(), name.end(), '.')) >= wire::depth_max;
  if (bad) {
    refuse_parameter(name, "is not the name of a parameter");
  }
}

void add_parameter(Json& message, const service::Route& route, std::string_view name,
                   std::string_view text) {
  check_name(name);
  Json* const place = place_of(message, name);
  if (place == nullptr) {
    refuse_parameter(name, "stands inside of something that is not an object");
  }
  Json value = value_of(route, name, text);
  if (place->is_null()) {
    *place = std::move(value);
  } else if (place->is_array() && value.is_array()) {
    place->push_back(std::move(value[0]));
  } else {
    refuse_parameter(name, "is there twice");
  }
}

/// The message that a parameter `.r` holds.
Json packed_message(std::string_view text, std::size_t bytes_max) {
  const auto bytes = wire::from_base64url(text);
  if (!bytes) {
    refuse_parameter(".r", "must be base64url of JSON");
  }
  return parsed(*bytes, bytes_max);
}

void add_query(Json& message, const service::Route& route, const PathVariables& variables,
               std::string_view query) {
  const auto pairs = http::parse_query(query);
  if (!pairs || pairs->size() > parameters_max) {
    refuse_parameter("", "the query string must be names and values, percent-encoded UTF-8");
  }
  for (const auto& [name, text] : *pairs) {
    if (name == ".r") {
      message.update(packed_message(text, route.body_bytes_max));
      continue;
    }
    const auto variable = std::find_if(variables.begin(), variables.end(),
                                       [&](const auto& one) { return one.first == name; });
    if (variable == variables.end()) {
      add_parameter(message, route, name, text);
    } else if (!same_text(variable->second, text)) {
      refuse_parameter(name, "must be what stands in the path");
    }
  }
}

void add_variables(Json& message, const service::Route& route, const PathVariables& variables) {
  for (const auto& [name, text] : variables) {
    Json* const place = place_of(message, name);
    if (place == nullptr) {
      refuse_parameter(name.substr(0, name.rfind('.')), "must be an object");
    }
    Json value = value_of(route, name, text);
    if (!place->is_null() && !same_value(*place, value)) {
      refuse_parameter(name, "must be what stands in the path");
    }
    *place = std::move(value);
  }
}

}  // namespace

bool is_json(std::string_view content_type) {
  const std::string_view type = media_type(content_type);
  return type.empty() || same_text(type, "application/json");
}

void check_body(const service::Route& route, const http::Request& request) {
  if (request.body.size() > route.body_bytes_max) {
    throw Refused{wire::Code::payload_too_large, Json{{"maxBytes", route.body_bytes_max}}};
  }
  if (!request.body.empty() && !route.raw && !is_json(request.header("content-type"))) {
    throw Refused{wire::Code::unsupported_media_type};
  }
}

Json request_message(const service::Route& route, const PathVariables& variables,
                     const http::Request& request) {
  Json message = body_of(route, request);
  if (!request.query.empty()) {
    add_query(message, route, variables, request.query);
  }
  add_variables(message, route, variables);
  return wire::accept(route.request, std::move(message));
}

}  // namespace loyalty::api
