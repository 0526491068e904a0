#include "native/wire/money_text.h"
#include "native/wire/schema_node.h"

namespace loyalty::wire {
namespace {

using Kind = SchemaNode::Kind;

Json requiring(const std::vector<std::string>& names) { return Json{{"required", names}}; }

/// JSON Schema of "one of these", "at most one of these".
Json group_json(const SchemaNode::Group& group) {
  Json each = Json::array();
  Json pairs = Json::array();
  for (std::size_t i = 0; i < group.names.size(); ++i) {
    each.push_back(requiring({group.names[i]}));
    for (std::size_t j = i + 1; j < group.names.size(); ++j) {
      pairs.push_back(requiring({group.names[i], group.names[j]}));
    }
  }
  if (group.needs_one) {
    return Json{{"oneOf", std::move(each)}};
  }
  return Json{{"not", Json{{"anyOf", std::move(pairs)}}}};
}

Json object_json(const SchemaNode& node) {
  Json json{{"type", "object"}, {"properties", Json::object()}};
  Json required = Json::array();
  for (const Field& field : node.fields) {
    Json property = openapi(field.schema);
    if (field.use == Field::Use::read_only) {
      property["readOnly"] = true;
    } else if (field.use == Field::Use::required) {
      required.push_back(field.name);
    }
    json["properties"][field.name] = std::move(property);
  }
  if (!required.empty()) {
    json["required"] = std::move(required);
  }
  if (!node.open) {
    json["additionalProperties"] = false;
  }
  for (const SchemaNode::Group& group : node.groups) {
    json["allOf"].push_back(group_json(group));
  }
  return json;
}

Json bounded_text(const SchemaNode& node) {
  Json json{{"type", "string"}};
  if (node.min != 0) {
    json["minLength"] = node.min;
  }
  if (node.max != 0) {
    json["maxLength"] = node.max;
  }
  return json;
}

/// Bounds of numbers that may travel as text cannot be said in JSON Schema; they stand in words.
std::string range_text(const SchemaNode& node) {
  return "From " + scaled_text(node.min, node.scale) + " to " + scaled_text(node.max, node.scale) +
         ".";
}

Json plain_json(const SchemaNode& node) {
  switch (node.kind) {
    case Kind::integer:
      return Json{{"type", "integer"}, {"minimum", node.min}, {"maximum", node.max}};
    case Kind::integer_text:
      return Json{{"type", Json::array({"string", "integer"})},
                  {"format", "int64"},
                  {"description", range_text(node)}};
    case Kind::text:
      return bounded_text(node);
    case Kind::guid:
      return Json{{"type", "string"}, {"format", "uuid"}};
    case Kind::boolean:
      return Json{{"type", "boolean"}};
    case Kind::enumeration:
      return Json{{"type", "string"}, {"enum", node.values}};
    case Kind::timestamp:
      return Json{{"type", "string"}, {"format", "date-time"}};
    case Kind::date:
      return Json{{"type", "string"}, {"format", "date"}};
    case Kind::decimal:
      return Json{{"type", Json::array({"string", "number"})},
                  {"format", "decimal"},
                  {"description",
                   range_text(node) + " At most " + std::to_string(node.scale) + " decimals."}};
    case Kind::array:
      return Json{{"type", "array"},
                  {"items", openapi(node.items.front())},
                  {"minItems", node.min},
                  {"maxItems", node.max}};
    case Kind::any:
      return Json::object();
    case Kind::object:
      return object_json(node);
  }
  return Json::object();
}

}  // namespace

Json openapi(const Schema& schema) {
  const SchemaNode& node = schema.node();
  Json json = plain_json(node);
  if (!node.description.empty()) {
    const auto bounds = json.find("description");
    json["description"] = bounds == json.end() || !bounds->is_string()
                              ? node.description
                              : node.description + " " + bounds->get<std::string>();
  }
  return json;
}

}  // namespace loyalty::wire
