#include "native/service/program/catalog_lint.h"

#include <utility>

#include "core/json/decode.h"
#include "native/lint/lint.h"
#include "native/service/program/assembly.h"
#include "native/service/program/program.h"

namespace loyalty::service {

Json lint_findings(Call& call) {
  const Json catalog = assemble(call.store, *program_of(call), Orphans::kept).catalog;
  const auto document = CatalogDocument::from_json(wire::text_of(catalog));
  if (!document.ok()) {
    throw store::Corrupt{"the assembled catalog is refused: " + document.error().message};
  }
  Json findings = Json::array();
  for (const cli::Finding& finding : cli::lint(document.value()->catalog(), call.now)) {
    const cli::FindingKind& kind = cli::kind_of(finding.code);
    findings.push_back({{"code", kind.name},
                        {"severity", cli::name_of(kind.severity)},
                        {"about", kind.about},
                        {"path", finding.path},
                        {"message", finding.message}});
  }
  return findings;
}

wire::Schema findings_schema() {
  using namespace wire;
  constexpr std::size_t findings_max = 10'000;
  return array(object({required("code", text(1, 0)), required("severity", text(1, 0)),
                       required("about", text(1, 0)), required("path", text(0, 0)),
                       required("message", text(1, 0))}),
               0, findings_max);
}

}  // namespace loyalty::service
