#include "native/service/program/drafts.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "native/service/program/catalogs.h"
#include "native/wire/refused.h"

namespace loyalty::service {
namespace {

using wire::member;
using wire::Refused;
using wire::text_at;

constexpr std::string_view names[] = {
    "program.update",
    "program.updateSettings",
    "program.enablePointsExpiration",
    "program.disablePointsExpiration",
    "tiers.create",
    "tiers.update",
    "tiers.delete",
    "tiers.createSettings",
    "tiers.updateSettings",
    "earningRules.create",
    "earningRules.createCustom",
    "earningRules.update",
    "earningRules.delete",
    "earningRules.deleteAutomated",
    "rewards.create",
    "rewards.update",
    "rewards.delete",
    "promotions.create",
    "promotions.update",
    "promotions.replace",
    "promotions.delete",
};

Routes operations() {
  Routes all;
  add_program_routes(all);
  add_tier_routes(all);
  add_earning_rule_routes(all);
  add_reward_routes(all);
  add_promotion_routes(all);
  Routes kept;
  for (const std::string_view name : names) {
    const auto route =
        std::find_if(all.begin(), all.end(), [name](const Route& one) { return one.name == name; });
    LOYALTY_CHECK(route != all.end() && route->run != nullptr);
    kept.push_back(std::move(*route));
  }
  return kept;
}

std::string place_of(std::size_t index) { return "changes[" + std::to_string(index) + "]"; }

const Route& operation_of(const Json& change, std::size_t index) {
  const Routes& allowed = draft_operations();
  const std::string name = text_at(change, "operation");
  const auto route = std::find_if(allowed.begin(), allowed.end(),
                                  [&name](const Route& one) { return one.name == name; });
  if (route == allowed.end()) {
    throw Refused::invalid(place_of(index) + ".operation", "ENUM",
                           "must be an operation that changes the program's rules");
  }
  return *route;
}

/// The id of the entity that an answer tells of: `{"reward":{"id":…}}`.
std::string id_in(const Json& answer) {
  for (const Json& part : answer) {
    if (const std::string id = text_at(part, "id"); !id.empty()) {
      return id;
    }
  }
  return {};
}

bool is_id(std::string_view name) {
  return name == "id" || name.ends_with("Id") || name.ends_with("Ids");
}

/// Puts ids of what was made before into the places that name it by its number.
class References {
 public:
  explicit References(const Json& results) : results_{results} {}

  void resolve(Json& value, const std::string& path, bool id) const {
    if (value.is_object()) {
      for (auto& [name, part] : value.items()) {
        resolve(part, path + (path.empty() ? "" : ".") + name, is_id(name));
      }
    } else if (value.is_array()) {
      for (std::size_t i = 0; i < value.size(); ++i) {
        resolve(value[i], path + "[" + std::to_string(i) + "]", id);
      }
    } else if (id && value.is_string() && value.get_ref<const std::string&>().starts_with('$')) {
      value = made_by(value.get_ref<const std::string&>(), path);
    }
  }

 private:
  std::string made_by(std::string_view reference, const std::string& path) const {
    const std::string_view number = reference.substr(1);
    std::size_t index = results_.size();
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), index);
    const bool whole = error == std::errc{} && end == number.data() + number.size();
    std::string id = whole && index < results_.size() ? id_in(results_[index]) : std::string{};
    if (id.empty()) {
      throw Refused::invalid(path, "FORMAT", "must name an earlier change that makes something");
    }
    return id;
  }

  const Json& results_;
};

/// The refusal of one change as a refusal of the whole.
[[noreturn]] void refuse(const Refused& refused, std::size_t index) {
  const Json body = refused.body();
  const Json& details = member(body, "details");
  const Json& violations = member(member(details, "validationError"), "fieldViolations");
  if (!violations.is_array()) {
    Json data = member(member(details, "applicationError"), "data");
    data["index"] = index;
    throw Refused{refused.code(), refused.what(), std::move(data)};
  }
  std::vector<wire::FieldViolation> moved;
  for (const Json& one : violations) {
    const std::string field = text_at(one, "field");
    moved.push_back({place_of(index) + ".request" + (field.empty() ? "" : "." + field),
                     text_at(one, "description"), text_at(one, "violatedRule"),
                     member(one, "data")});
  }
  throw Refused{std::move(moved)};
}

Json run_change(Call& call, const Route& route, Json request, const Json& results) {
  References{results}.resolve(request, {}, false);
  return route.run(call, wire::accept(route.request, std::move(request)));
}

/// A call of its own within another, so that what it says about its answer stays its own.
Call inner(const Call& call) {
  Call made{.store = call.store,
            .caller = call.caller,
            .now = call.now,
            .ids = call.ids,
            .catalogs = call.catalogs};
  made.origin = call.origin;
  made.base_url = call.base_url;
  return made;
}

struct Undo {};

}  // namespace

const Routes& draft_operations() {
  static const Routes kept = operations();
  return kept;
}

Json run_changes(Call& call, const Json& changes) {
  Json results = Json::array();
  for (std::size_t i = 0; i < changes.size(); ++i) {
    const Route& route = operation_of(changes[i], i);
    Call one = inner(call);
    const Json& request = member(changes[i], "request");
    try {
      results.push_back(
          run_change(one, route, request.is_null() ? Json::object() : request, results));
    } catch (const Refused& refused) {
      refuse(refused, i);
    }
    std::move(one.after_commit.begin(), one.after_commit.end(),
              std::back_inserter(call.after_commit));
    std::move(one.follow_ups.begin(), one.follow_ups.end(), std::back_inserter(call.follow_ups));
  }
  return results;
}

void undone(Call& call, const std::function<void(Call&)>& work) {
  Call pretended = inner(call);
  try {
    call.store.attempt([&] {
      work(pretended);
      throw Undo{};
    });
  } catch (const Undo&) {
    // As it was, what is kept of the program included: asking for it drops what was undone.
    call.catalogs.state(call.store);
  }
}

}  // namespace loyalty::service
