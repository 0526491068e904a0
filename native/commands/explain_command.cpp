#include "core/rules/compiled_catalog.h"
#include "core/rules/quote.h"
#include "native/commands/commands.h"
#include "native/commands/documents.h"
#include "native/explain/account_of_cart.h"
#include "native/explain/offer_notes.h"

namespace loyalty::cli {

Exit explain_command(const Arguments& arguments, Session& session) {
  Attempt<LoadedRequest> loaded = load_request(arguments, session);
  if (!loaded) {
    return loaded.exit();
  }
  const RequestDocument& request = *loaded->request;
  const CompiledCatalog compiled{request.catalog()};
  Workspace workspace;
  prepare(compiled, request.checkout(), workspace);
  const Wanted everything{.explain = true, .offers = true, .near_misses = true};
  const Scene scene = scene_of(request);
  const Style style = session.out_style();
  if (arguments.has("best")) {
    const BestChoice best = optimize(request.intent(), request.now(), everything, workspace);
    session.out << account_of_cart(scene, best.quote, {}, {true, best.optimal, best.bound}, style);
  } else {
    const Quote& answer = quote(request.intent(), request.now(), everything, workspace);
    const auto notes =
        offer_notes(scene, compiled, request.checkout(), request.intent(), *answer.offers);
    session.out << account_of_cart(scene, answer, notes, {}, style);
  }
  return Exit::ok;
}

}  // namespace loyalty::cli
