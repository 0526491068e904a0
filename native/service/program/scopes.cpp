#include "native/service/program/scopes.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "core/base/limits.h"
#include "native/wire/refused.h"

namespace loyalty::service {
namespace {

using wire::member;
using wire::Refused;
using wire::text_at;

/// What can be discounted, by application. An empty group is the whole application.
struct ScopeRow {
  std::string_view name_space;
  std::string_view group;
  bool entity_needed;
};
constexpr ScopeRow rows[] = {
    {"stores", "", false},       {"stores", "product", true},    {"stores", "collection", true},
    {"bookings", "", false},     {"bookings", "service", true},  {"events", "event", false},
    {"events", "ticket", false}, {"pricingPlans", "", false},    {"pricingPlans", "plan", true},
    {"restaurants", "", false},  {"restaurants", "item", false},
};

struct Parts {
  std::string name_space;
  std::string group;
  std::string entity;
};

Parts parts_of(const Json& scope) {
  const Json& group = member(scope, "group");
  const Json& from = group.is_object() ? group : scope;
  return {text_at(scope, "namespace"), text_at(from, "name"), text_at(from, "entityId")};
}

}  // namespace

std::string tag_of_scope(const Json& scope) {
  const Parts parts = parts_of(scope);
  std::string tag = parts.name_space;
  if (!parts.group.empty()) {
    tag += '/' + parts.group;
  }
  if (!parts.entity.empty()) {
    tag += ':' + parts.entity;
  }
  return tag;
}

void check_scope(const Json& scope, const std::string& field) {
  const Parts parts = parts_of(scope);
  const auto row = std::find_if(std::begin(rows), std::end(rows), [&](const ScopeRow& known) {
    return known.name_space == parts.name_space && known.group == parts.group;
  });
  if (row == std::end(rows)) {
    throw Refused::invalid(field, "ONE_OF",
                           "must be stores, bookings or pricingPlans as a whole, or one of "
                           "stores/product, stores/collection, bookings/service, events/event, "
                           "events/ticket, pricingPlans/plan, restaurants/item");
  }
  if (row->entity_needed && parts.entity.empty()) {
    throw Refused::invalid(field + ".group.entityId", "REQUIRED", "must name one " + parts.group);
  }
  if (parts.group.empty() && !parts.entity.empty()) {
    throw Refused::invalid(field + ".group.name", "REQUIRED", "must say what the entity is");
  }
  if (static_cast<std::int64_t>(tag_of_scope(scope).size()) > limits::tag_bytes_max) {
    throw Refused::invalid(field, "MAX_LENGTH", "must have at most 128 bytes together");
  }
}

bool is_always_one_item(const Json& scope) { return text_at(scope, "namespace") == "bookings"; }

void complete_tags(Json& cart) {
  if (!member(cart, "lines").is_array()) {
    return;
  }
  for (Json& line : cart["lines"]) {
    if (!member(line, "tags").is_array()) {
      continue;
    }
    Json& tags = line["tags"];
    std::set<std::string, std::less<>> known;
    std::vector<std::string> implied;
    for (const Json& tag : tags) {
      if (tag.is_string()) {
        const auto& text = tag.get_ref<const std::string&>();
        known.insert(text);
        const std::size_t slash = text.find('/');
        if (slash != std::string::npos && slash > 0) {
          implied.push_back(text.substr(0, slash));
          implied.push_back(text.substr(0, text.find(':')));
        }
      }
    }
    for (std::string& tag : implied) {
      if (tags.size() < static_cast<std::size_t>(limits::line_tags_max) &&
          known.insert(tag).second) {
        tags.push_back(std::move(tag));
      }
    }
  }
}

}  // namespace loyalty::service
