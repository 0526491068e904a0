#include <utility>

#include "native/service/accounts/listing.h"
#include "native/store/audit.h"

namespace loyalty::service {
namespace {

Json run_audit(Call& call, const Json&) {
  const store::Audit audit = store::audit(call.store);
  Json findings = Json::array();
  for (const store::Finding& finding : audit.findings) {
    Json row{{"invariant", store::name_of(finding.invariant)}};
    if (!finding.account.empty()) {
      row["accountId"] = finding.account;
    }
    if (finding.sequence != 0) {
      row["sequence"] = finding.sequence;
    }
    findings.push_back(std::move(row));
  }
  return {{"findings", std::move(findings)}, {"found", audit.found},
          {"accounts", audit.accounts},      {"entries", audit.entries},
          {"events", audit.events},          {"available", audit.available.count()},
          {"held", audit.held.count()}};
}

}  // namespace

void add_audit_route(Routes& to) {
  using namespace wire;
  const Schema count = integer(0, INT64_MAX);
  const Schema total = integer(INT64_MIN, INT64_MAX);
  const Schema finding = object({required("invariant", text(1, 0)),
                                 optional("accountId", text(1, 0)), optional("sequence", count)});
  to.push_back({.name = "ledger.audit",
                .verb = Verb::post,
                .path = "/loyalty-ledger/v1/audit",
                .permission = Permission::read_ledger,
                .access = Route::Access::read,
                .request = object({}),
                .response = object({required("findings", array(finding, 0, store::findings_max)),
                                    required("found", count), required("accounts", count),
                                    required("entries", count), required("events", count),
                                    required("available", total), required("held", total)}),
                .run = run_audit,
                .summary = "Derives every number of the site again from its entries"});
}

}  // namespace loyalty::service
