#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "native/service/checkout/quote_engine.h"
#include "native/service/checkout/shopper.h"
#include "native/service/checkout/used_up.h"
#include "native/service/program/catalogs.h"

/// Quotes by what the server knows: its catalog, its accounts, its clock. Of a request only the
/// cart and the choice count.
namespace loyalty::service {

/// What is asked, in texts of the core's documents.
struct Question {
  std::string_view cart;
  std::string_view intent = {};  ///< empty: nothing is chosen
  std::string_view want = {};    ///< empty: the quote alone
};

/// A question put to this thread's engine. One at a time on a thread.
class OpenQuote {
 public:
  /// `held_here`: points that this checkout holds itself.
  OpenQuote(Call& call, const Shopper& shopper, Points held_here, const Question& question);

  /// What is wrong with cart or intent; nothing else may be asked then.
  const std::optional<Error>& error() const { return error_; }

  /// Valid until the next question or time.
  const Quote& at(Instant now);
  BestChoice best_at(Instant now);
  Digest digest(const Quote& quote, Instant now);
  QuoteEngine& engine() { return engine_; }
  const RequestDocument& request() const { return engine_.request(); }

  /// The request as the engine got it, and what it was computed under beside the public catalog.
  const std::string& text() const { return text_; }
  const std::vector<UsedUp>& left_out() const { return left_out_; }

 private:
  void open(const CompiledCatalog& compiled);
  /// True where a promotion of the quote is used up: then all is ready to ask again without it.
  bool leave_out_used_up(const Quote& quote);

  Call& call_;
  QuoteEngine& engine_ = QuoteEngine::of_this_thread();
  std::shared_ptr<const PublishedCatalog> catalog_;
  std::shared_ptr<const ReducedCatalog> reduced_;
  std::vector<UsedUp> left_out_;
  std::string contact_id_;
  std::string text_;
  std::optional<Error> error_;
};

/// The answer to `{cart, intent, want?}` as a door gives it: `{"ok":true,"value":Quote}`.
/// Other members are ignored, among them prices of rewards, points and times that a caller might
/// like to have. A backend may ask for a contact by `contactId`.
std::string quote_text(Call& call, std::string_view body);
/// The same for the best combination.
std::string optimize_text(Call& call, std::string_view body);

/// VALIDATION with the field of the request that the core's error points at, behind a prefix such
/// as `checkout.`.
[[noreturn]] void refuse_document(const Error& error, std::string_view prefix = {});

/// Throws VALIDATION where the core refuses the cart.
void require_cart(Call& call, const Json& cart, std::string_view prefix);

}  // namespace loyalty::service
