#include "core/json/encode_parts.h"
#include "core/rules/compiled_catalog.h"
#include "core/rules/quote.h"
#include "native/commands/commands.h"
#include "native/commands/documents.h"
#include "native/explain/account_of_cart.h"
#include "native/explain/earning_words.h"
#include "native/text/pretty_json.h"
#include "native/text/table.h"

namespace loyalty::cli {
namespace {

std::string as_json(const PointsOutcome& points) {
  loyalty::Writer to;
  to.begin_object();
  member(to, "earned", points.earned);
  members(to, "earnedByRule", points.earned_by_rule, [&to](const EarnedByRule& earned) {
    to.begin_object();
    member(to, "base", earned.base);
    member(to, "points", earned.points);
    member(to, "ruleId", earned.rule);
    to.end_object();
  });
  to.end_object();
  return std::string{to.text()};
}

std::string as_text(const Scene& scene, const Quote& quote, const Style& style) {
  std::string out = heading_part(scene, style) + "\n";
  if (quote.points.earned_by_rule.empty()) {
    const bool active = scene.catalog.program.status == ProgramStatus::active;
    return out + (active ? "  This order earns nothing: no active rule has a base in it.\n"
                         : "  This order earns nothing: the program is not active.\n");
  }
  Table table{{Align::left, Align::right, Align::left, Align::right}};
  table.row({"rule", "base", "", std::string{scene.points.many()}}, Role::quiet).rule();
  for (const EarnedByRule& earned : quote.points.earned_by_rule) {
    table.row({rule_title(scene, earned.rule), scene.money(earned.base),
               earning_formula(scene, earned), count(earned.points.count())},
              {Role::plain, Role::plain, Role::quiet, Role::good});
  }
  table.rule().row({"Earned with this order", "", "", count(quote.points.earned.count())},
                   {Role::title, Role::plain, Role::plain, Role::figure});
  return out + table.text(style);
}

}  // namespace

Exit earn_command(const Arguments& arguments, Session& session) {
  Attempt<LoadedRequest> loaded = load_request(arguments, session);
  if (!loaded) {
    return loaded.exit();
  }
  const RequestDocument& request = *loaded->request;
  const CompiledCatalog compiled{request.catalog()};
  Workspace workspace;
  prepare(compiled, request.checkout(), workspace);
  const Quote& answer = quote(request.intent(), request.now(), {}, workspace);
  const Style style = session.out_style();
  if (arguments.has("json")) {
    const std::string json = as_json(answer.points);
    session.out << (session.out_is_terminal ? pretty_json(json, style) : json) << "\n";
    return Exit::ok;
  }
  session.out << as_text(scene_of(request), answer, style);
  return Exit::ok;
}

}  // namespace loyalty::cli
