#include <algorithm>
#include <string>
#include <utility>

#include "native/service/program/documents.h"
#include "native/service/program/program_document.h"
#include "native/service/program/tiers.h"
#include "native/service/reports/reports.h"

namespace loyalty::service::reports {
namespace {

using wire::integer_at;
using wire::member;
using wire::text_at;

/// The name that a program has before anybody gave it one.
constexpr std::string_view first_name = "Loyalty Program";

Json item(const char* id, bool done, bool blocking, std::string message) {
  return {{"id", id}, {"done", done}, {"blocking", blocking}, {"message", std::move(message)}};
}

std::int64_t count_with(store::Session& session, store::Kind kind, const store::FieldRef& field,
                        store::Value value) {
  return session.count(kind, {store::Filter::Op::eq, field, {std::move(value)}, {}});
}

std::string counted(std::int64_t count, const std::string& one, const std::string& many) {
  return count == 1 ? "1 " + one : std::to_string(count) + " " + many;
}

Json name_item(const Json& body) {
  const std::string name = text_at(body, "name");
  const bool named = name != first_name;
  return item("name", named, false,
              named ? "The program is called \"" + name + "\"."
                    : "The program still has the name it came with: give it your own.");
}

Json point_name_item(const Json& body) {
  const std::string name = text_at(member(body, "pointDefinition"), "customName");
  return item("pointName", !name.empty(), false,
              name.empty() ? "Points are called \"Points\": you can give them a name of your own."
                           : "Points are called \"" + name + "\".");
}

Json earning_item(store::Session& session) {
  const std::int64_t rules = count_with(session, store::Kind::earning_rule,
                                        {"status", store::ValueType::text}, std::string{"ACTIVE"});
  return item("earning", rules > 0, true,
              rules > 0
                  ? counted(rules, "way to earn is active.", "ways to earn are active.")
                  : "No earning rule is active: members could not earn points. Activate one.");
}

Json rewards_item(store::Session& session) {
  const std::int64_t rewards =
      count_with(session, store::Kind::reward, {"active", store::ValueType::boolean}, true);
  return item("rewards", rewards > 0, true,
              rewards > 0 ? counted(rewards, "reward is active.", "rewards are active.")
                          : "No reward is active: members could not spend points. Activate one.");
}

Json tiers_item(const ProgramState& program) {
  const auto tiers = static_cast<std::int64_t>(program.tiers.size());
  const bool done = program.tiers_active && tiers > 0;
  std::string message = "Tiers are off: they are an option.";
  if (done) {
    message = counted(tiers, "tier is", "tiers are") + " active above the base tier.";
  } else if (tiers > 0) {
    message = counted(tiers, "tier is", "tiers are") + " set up, but tiers are off.";
  } else if (program.tiers_active) {
    message = "Tiers are on, but there is none above the base tier.";
  }
  return item("tiers", done, false, std::move(message));
}

Json expiry_item(const Json& body) {
  const Json& expiration = member(body, "pointsExpiration");
  const bool on = text_at(expiration, "status") == "ENABLED";
  return item("expiry", on, false,
              on ? "Points expire after " +
                       counted(integer_at(expiration, "monthsOfInactivity"), "month.", "months.")
                 : "Points never expire: what members hold stays owed. Expiry is an option.");
}

}  // namespace

Json checklist(Call& call, const Json&) {
  const store::Document document = program_document(call.store);
  const Json body = body_of(document);
  const Json settings = settings_json(document);
  const std::shared_ptr<const ProgramState> program = program_of(call);
  Json items = Json::array({name_item(body), point_name_item(body),
                            item("currency", true, false,
                                 "Prices are in " + text_at(settings, "currency") +
                                     ", days are those of " + text_at(settings, "timeZone") + "."),
                            earning_item(call.store), rewards_item(call.store),
                            tiers_item(*program), expiry_item(body)});
  const bool ready = std::all_of(items.begin(), items.end(), [](const Json& one) {
    return one["done"].get<bool>() || !one["blocking"].get<bool>();
  });
  return {{"status", text_at(body, "status")}, {"ready", ready}, {"items", std::move(items)}};
}

}  // namespace loyalty::service::reports
