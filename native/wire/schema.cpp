#include "native/wire/schema.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "core/base/check.h"
#include "native/wire/schema_node.h"

namespace loyalty::wire {
namespace {

using Kind = SchemaNode::Kind;

Schema made(Kind kind, std::int64_t min = 0, std::int64_t max = 0) {
  auto node = std::make_shared<SchemaNode>();
  node->kind = kind;
  node->min = min;
  node->max = max;
  return Schema{std::move(node)};
}

std::vector<std::string> texts(std::initializer_list<std::string_view> values) {
  return {values.begin(), values.end()};
}

}  // namespace

const Field* SchemaNode::field(std::string_view name) const {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [name](const Field& one) { return one.name == name; });
  return found == fields.end() ? nullptr : &*found;
}

Schema Schema::describe(std::string_view text) const {
  auto node = std::make_shared<SchemaNode>(*node_);
  node->description = text;
  return Schema{std::move(node)};
}

Field required(std::string name, Schema schema) {
  return {std::move(name), std::move(schema), Field::Use::required};
}
Field optional(std::string name, Schema schema) {
  return {std::move(name), std::move(schema), Field::Use::optional};
}
Field read_only(std::string name, Schema schema) {
  return {std::move(name), std::move(schema), Field::Use::read_only};
}

Schema integer(std::int64_t min, std::int64_t max) { return made(Kind::integer, min, max); }
Schema integer_text(std::int64_t min, std::int64_t max) {
  return made(Kind::integer_text, min, max);
}
Schema text(std::size_t min, std::size_t max) {
  return made(Kind::text, static_cast<std::int64_t>(min), static_cast<std::int64_t>(max));
}
Schema guid() { return made(Kind::guid); }
Schema boolean() { return made(Kind::boolean); }
Schema timestamp() { return made(Kind::timestamp); }
Schema date() { return made(Kind::date); }
Schema any() { return made(Kind::any); }

Schema enumeration(std::initializer_list<std::string_view> values) {
  auto node = std::make_shared<SchemaNode>();
  node->kind = Kind::enumeration;
  node->values = texts(values);
  return Schema{std::move(node)};
}

Schema decimal(int scale, std::int64_t min_scaled, std::int64_t max_scaled) {
  auto node = std::make_shared<SchemaNode>();
  node->kind = Kind::decimal;
  node->scale = scale;
  node->min = min_scaled;
  node->max = max_scaled;
  return Schema{std::move(node)};
}

Schema array(Schema items, std::size_t min, std::size_t max) {
  LOYALTY_CHECK(min <= max && max > 0);  // 0 would allow no entry at all, and not any number
  auto node = std::make_shared<SchemaNode>();
  node->kind = Kind::array;
  node->min = static_cast<std::int64_t>(min);
  node->max = static_cast<std::int64_t>(max);
  node->items.push_back(std::move(items));
  return Schema{std::move(node)};
}

ObjectSchema::ObjectSchema(std::initializer_list<Field> fields)
    : node_{std::make_shared<SchemaNode>()} {
  node_->kind = Kind::object;
  for (const Field& field : fields) {
    LOYALTY_CHECK(node_->field(field.name) == nullptr);
    node_->fields.push_back(field);
  }
}

ObjectSchema& ObjectSchema::exactly_one_of(std::initializer_list<std::string_view> names) {
  node_->groups.push_back({texts(names), true});
  return *this;
}

ObjectSchema& ObjectSchema::at_most_one_of(std::initializer_list<std::string_view> names) {
  node_->groups.push_back({texts(names), false});
  return *this;
}

ObjectSchema& ObjectSchema::open() {
  node_->open = true;
  return *this;
}

ObjectSchema::operator Schema() const { return Schema{node_}; }

Json from_text(const Schema& schema, std::string_view text) {
  const SchemaNode& node = schema.node();
  switch (node.kind) {
    case Kind::integer:
    case Kind::integer_text: {
      std::int64_t number = 0;
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
      if (error == std::errc{} && end == text.data() + text.size()) {
        return number;
      }
      return text;
    }
    case Kind::boolean:
      if (text == "true" || text == "false") {
        return text == "true";
      }
      return text;
    case Kind::array:
      return Json::array({from_text(node.items.front(), text)});
    default:
      return text;
  }
}

const Schema* field_of(const Schema& schema, std::string_view dotted) {
  const Schema* at = &schema;
  while (true) {
    const SchemaNode& node = at->node();
    if (node.kind != Kind::object) {
      return nullptr;
    }
    const std::size_t point = dotted.find('.');
    const Field* field = node.field(dotted.substr(0, point));
    if (field == nullptr) {
      return nullptr;
    }
    at = &field->schema;
    if (point == std::string_view::npos) {
      return at;
    }
    dotted.remove_prefix(point + 1);
  }
}

}  // namespace loyalty::wire
