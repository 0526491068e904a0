#include "core/json/encode_parts.h"
#include "core/rules/compiled_catalog.h"
#include "core/rules/quote.h"
#include "native/commands/commands.h"
#include "native/commands/documents.h"
#include "native/explain/account_of_cart.h"
#include "native/explain/offer_notes.h"
#include "native/text/pretty_json.h"
#include "native/text/table.h"

namespace loyalty::cli {
namespace {

std::string as_json(const Quote& quote) {
  loyalty::Writer to;
  to.begin_object();
  members(to, "offers", *quote.offers, [&to](const Offer& offer) { encode(offer, to); });
  to.end_object();
  return std::string{to.text()};
}

std::string points_words(const Scene& scene) {
  return scene.account == nullptr ? "" : scene.points(scene.account->available) + " available.\n";
}

std::string as_text(const Scene& scene, const Quote& quote, const std::vector<std::string>& notes,
                    const Style& style) {
  std::string out = heading_part(scene, style);
  if (quote.offers->empty()) {
    return out + "\n  The catalog has no rewards, and the account no coupons. " +
           points_words(scene);
  }
  return out + "\n" + offers_part(scene, quote, notes, style);
}

}  // namespace

Exit rewards_command(const Arguments& arguments, Session& session) {
  Attempt<LoadedRequest> loaded = load_request(arguments, session);
  if (!loaded) {
    return loaded.exit();
  }
  const RequestDocument& request = *loaded->request;
  const CompiledCatalog compiled{request.catalog()};
  Workspace workspace;
  prepare(compiled, request.checkout(), workspace);
  const Quote& answer = quote(request.intent(), request.now(),
                              {.explain = false, .offers = true, .near_misses = false}, workspace);
  const Style style = session.out_style();
  if (arguments.has("json")) {
    const std::string json = as_json(answer);
    session.out << (session.out_is_terminal ? pretty_json(json, style) : json) << "\n";
    return Exit::ok;
  }
  const Scene scene = scene_of(request);
  const auto notes =
      offer_notes(scene, compiled, request.checkout(), request.intent(), *answer.offers);
  session.out << as_text(scene, answer, notes, style);
  return Exit::ok;
}

}  // namespace loyalty::cli
