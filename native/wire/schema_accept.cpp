#include <algorithm>
#include <charconv>
#include <utility>

#include "core/base/calendar_date.h"
#include "native/wire/money_text.h"
#include "native/wire/schema_node.h"
#include "native/wire/unicode.h"

namespace loyalty::wire {
namespace {

using Kind = SchemaNode::Kind;

constexpr std::size_t violations_max = 100;

/// The place in a request that is being looked at, without building texts for places that are fine.
struct Place {
  const Place* above = nullptr;
  std::string_view name = {};
  std::size_t index = 0;
  bool entry = false;  ///< of an array

  std::string text() const {
    std::string path = above == nullptr ? std::string{} : above->text();
    if (entry) {
      return path + '[' + std::to_string(index) + ']';
    }
    if (!path.empty() && !name.empty()) {
      path += '.';
    }
    return path.append(name);
  }
};

std::optional<std::int64_t> whole_number(const std::string& text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) {
    return std::nullopt;
  }
  return number;
}

/// Lower-cases a canonical GUID; false where it is none.
bool make_guid(std::string& text) {
  constexpr std::string_view pattern = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
  if (text.size() != pattern.size()) {
    return false;
  }
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    char& c = text[i];
    if (c >= 'A' && c <= 'F') {
      c = static_cast<char>(c - 'A' + 'a');
    }
    const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    if (pattern[i] == '-' ? c != '-' : !hex) {
      return false;
    }
  }
  return true;
}

bool is_date(std::string_view text) {
  constexpr std::string_view pattern = "0000-00-00";
  if (text.size() != pattern.size()) {
    return false;
  }
  std::int32_t parts[3] = {};
  std::size_t part = 0;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '-') {
      ++part;
      if (text[i] != '-') {
        return false;
      }
    } else if (text[i] < '0' || text[i] > '9') {
      return false;
    } else {
      parts[part] = parts[part] * 10 + (text[i] - '0');
    }
  }
  return parts[0] >= 1 && parts[1] >= 1 && parts[1] <= 12 && parts[2] >= 1 &&
         parts[2] <= days_in_month(parts[0], parts[1]);
}

std::string joined(const std::vector<std::string>& names) {
  std::string all;
  for (const std::string& name : names) {
    all += all.empty() ? "" : ", ";
    all += name;
  }
  return all;
}

class Acceptance {
 public:
  /// Checks and normalises in place.
  void take(const SchemaNode& node, Json& value, const Place& place) {
    switch (node.kind) {
      case Kind::integer:
        return take_integer(node, value, place);
      case Kind::integer_text:
        return take_integer_text(node, value, place);
      case Kind::text:
        return take_text(node, value, place);
      case Kind::guid:
        if (expect_text(value, place) && !make_guid(value.get_ref<std::string&>())) {
          refuse(place, "FORMAT", "must be a GUID");
        }
        return;
      case Kind::boolean:
        if (!value.is_boolean()) {
          refuse(place, "TYPE", "must be true or false");
        }
        return;
      case Kind::enumeration:
        return take_enumeration(node, value, place);
      case Kind::timestamp:
        return take_timestamp(value, place);
      case Kind::date:
        if (expect_text(value, place) && !is_date(value.get_ref<const std::string&>())) {
          refuse(place, "FORMAT", "must be an existing day such as 2026-02-28");
        }
        return;
      case Kind::decimal:
        return take_decimal(node, value, place);
      case Kind::array:
        return take_array(node, value, place);
      case Kind::any:
        return;
      case Kind::object:
        return take_object(node, value, place);
    }
  }

  std::vector<FieldViolation> violations() && { return std::move(violations_); }

 private:
  void refuse(const Place& place, std::string_view rule, std::string description, Json data = {}) {
    if (violations_.size() < violations_max) {
      violations_.push_back(
          {place.text(), std::move(description), std::string{rule}, std::move(data)});
    }
  }

  void below(const Place& place, std::string_view rule, const std::string& what, const Json& min) {
    refuse(place, rule, "must " + what + " at least " + min.dump(), Json{{"threshold", min}});
  }
  void above(const Place& place, std::string_view rule, const std::string& what, const Json& max) {
    refuse(place, rule, "must " + what + " at most " + max.dump(), Json{{"threshold", max}});
  }

  bool expect_text(const Json& value, const Place& place) {
    if (!value.is_string()) {
      refuse(place, "TYPE", "must be a text");
      return false;
    }
    return true;
  }

  void take_integer(const SchemaNode& node, const Json& value, const Place& place) {
    if (!value.is_number_integer()) {
      refuse(place, "TYPE", "must be a whole number");
      return;
    }
    const auto number = value.get<std::int64_t>();
    if (number < node.min) {
      below(place, "MIN", "be", node.min);
    } else if (number > node.max) {
      above(place, "MAX", "be", node.max);
    }
  }

  void take_integer_text(const SchemaNode& node, Json& value, const Place& place) {
    if (value.is_string()) {
      const auto number = whole_number(value.get_ref<const std::string&>());
      if (!number) {
        refuse(place, "FORMAT", "must be a whole number");
        return;
      }
      value = *number;
    }
    take_integer(node, value, place);
  }

  void take_text(const SchemaNode& node, const Json& value, const Place& place) {
    if (!expect_text(value, place)) {
      return;
    }
    const auto& text = value.get_ref<const std::string&>();
    const auto length = static_cast<std::int64_t>(code_points(text));
    if (length < node.min) {
      below(place, "MIN_LENGTH", "have characters:", node.min);
    } else if (node.max != 0 && length > node.max) {
      above(place, "MAX_LENGTH", "have characters:", node.max);
    } else if (text.find('\0') != std::string::npos || !valid_utf8(text)) {
      // What came in by an address or as a file was not read by parse().
      refuse(place, "FORMAT", "must be UTF-8 without the character U+0000");
    }
  }

  void take_enumeration(const SchemaNode& node, const Json& value, const Place& place) {
    if (expect_text(value, place) &&
        std::find(node.values.begin(), node.values.end(), value.get_ref<const std::string&>()) ==
            node.values.end()) {
      refuse(place, "ENUM", "must be one of " + joined(node.values));
    }
  }

  void take_timestamp(Json& value, const Place& place) {
    if (!expect_text(value, place)) {
      return;
    }
    const auto at = time_of(value.get_ref<const std::string&>());
    if (!at) {
      refuse(place, "FORMAT", "must be a time such as 2026-01-15T10:00:00.000Z");
      return;
    }
    value = time_text(*at);
  }

  void take_decimal(const SchemaNode& node, Json& value, const Place& place) {
    if (!value.is_string() && !value.is_number()) {
      refuse(place, "TYPE", "must be a decimal number");
      return;
    }
    const Json min = number_of(scaled_text(node.min, node.scale));
    const Json max = number_of(scaled_text(node.max, node.scale));
    const auto text = decimal_text(value);
    const ScaledDecimal read =
        text ? scaled(*text, node.scale) : ScaledDecimal{0, DecimalFault::range};
    if (read.fault == DecimalFault::format) {
      refuse(place, "FORMAT", "must be a decimal number such as 3.5");
    } else if (read.fault == DecimalFault::scale) {
      refuse(place, "MAX_SCALE", "must have at most " + std::to_string(node.scale) + " decimals",
             Json{{"threshold", node.scale}});
    } else if (read.fault == DecimalFault::range) {
      const bool negative = text ? text->starts_with('-') : value.get<double>() < 0;
      negative ? below(place, "MIN", "be", min) : above(place, "MAX", "be", max);
    } else if (read.value < node.min) {
      below(place, "MIN", "be", min);
    } else if (read.value > node.max) {
      above(place, "MAX", "be", max);
    } else {
      value = scaled_text(read.value, node.scale);
    }
  }

  void take_array(const SchemaNode& node, Json& value, const Place& place) {
    if (!value.is_array()) {
      refuse(place, "TYPE", "must be a list");
      return;
    }
    const auto size = static_cast<std::int64_t>(value.size());
    if (size < node.min) {
      below(place, "MIN_SIZE", "have entries:", node.min);
      return;
    }
    if (size > node.max) {
      // Its entries are not looked at: how many there are is the caller's choice.
      above(place, "MAX_SIZE", "have entries:", node.max);
      return;
    }
    std::size_t index = 0;
    for (Json& item : value) {
      take(node.items.front().node(), item, Place{&place, {}, index++, true});
    }
  }

  void take_object(const SchemaNode& node, Json& value, const Place& place) {
    if (!value.is_object()) {
      refuse(place, "TYPE", "must be an object");
      return;
    }
    for (auto at = value.begin(); at != value.end();) {
      at = take_member(node, value, at, place);
    }
    for (const Field& field : node.fields) {
      if (field.use == Field::Use::required && !value.contains(field.name)) {
        refuse(Place{&place, field.name}, "REQUIRED", "is required");
      }
    }
    for (const SchemaNode::Group& group : node.groups) {
      take_group(group, value, place);
    }
  }

  Json::iterator take_member(const SchemaNode& node, Json& object, Json::iterator at,
                             const Place& place) {
    const Field* field = node.field(at.key());
    if (field == nullptr && !node.open && !at->is_null()) {
      refuse(Place{&place, at.key()}, "UNKNOWN_FIELD", "is not known here");
    }
    if (field == nullptr || field->use == Field::Use::read_only || at->is_null()) {
      return object.erase(at);
    }
    take(field->schema.node(), *at, Place{&place, field->name});
    return ++at;
  }

  void take_group(const SchemaNode::Group& group, const Json& object, const Place& place) {
    std::size_t count = 0;
    for (const std::string& name : group.names) {
      if (object.contains(name) && ++count == 2) {
        refuse(Place{&place, name}, "ONE_OF", "only one is possible of " + joined(group.names));
      }
    }
    if (count == 0 && group.needs_one) {
      refuse(Place{&place, group.names.front()}, "ONE_OF",
             "one is required of " + joined(group.names));
    }
  }

  std::vector<FieldViolation> violations_;
};

}  // namespace

Json accept(const Schema& schema, Json request) {
  Acceptance acceptance;
  acceptance.take(schema.node(), request, Place{});
  auto violations = std::move(acceptance).violations();
  if (!violations.empty()) {
    throw Refused{std::move(violations)};
  }
  return request;
}

}  // namespace loyalty::wire
