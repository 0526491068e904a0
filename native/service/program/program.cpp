#include "native/service/program/program.h"

#include "native/service/program/awards.h"
#include "native/service/program/catalogs.h"
#include "native/service/program/documents.h"
#include "native/service/program/earning_rules.h"
#include "native/service/program/program_document.h"
#include "native/service/program/settings.h"
#include "native/service/query/context.h"

namespace loyalty::service {

std::shared_ptr<const ProgramState> program_of(Call& call) {
  return call.catalogs.state(call.store);
}

void require_active(Call& call) {
  if (program_of(call)->ledger.settings.status != ledger::Status::active) {
    throw wire::Refused{wire::Code::program_not_active};
  }
}

void catalog_changed(Call& call, const CatalogEdit& edit) {
  const store::Document program = program_document(call.store);
  write_program(call, program, body_of(program), false, edit);
}

void install_program(Call& call, std::string_view site, const Json& settings) {
  const Json checked = checked_settings(settings.is_null() ? Json::object() : settings);
  const Json body{
      {"site", site},
      {"name", "Loyalty Program"},
      {"pointDefinition", Json::object()},
      {"status", "DRAFT"},
      {"pointsExpiration",
       {{"status", "DISABLED"}, {"monthsOfInactivity", 3}, {"expiringPointsPercentage", 100}}},
      {"pauses", Json::array()},
      {"settings", with_default_settings(checked)},
      {"catalogStamp", call.ids.next(call.now)}};
  store::Document program = new_document(call, body);
  program.id = program_id;
  call.store.insert(store::Kind::program, program);
  install_rules(call);
  make_cursor_secret(call);
}

}  // namespace loyalty::service
