#include "native/service/checkout/quote_desk.h"

#include "native/service/checkout/chosen.h"
#include "native/service/checkout/raw_members.h"
#include "native/wire/refused.h"

namespace loyalty::service {
namespace {

void add_member(std::string& text, std::string_view key, std::string_view value) {
  if (!value.empty()) {
    text += ',';
    text += key;
    text += value;
  }
}

/// The `now` of a request.
std::string time_member(Instant now) {
  char text[instant_text_bytes];
  const auto size = static_cast<std::size_t>(format_instant(now, text));
  return '"' + std::string{text, size} + '"';
}

/// The answer where a body cannot even be taken apart: the core's reader knows why.
std::string refuse_body(const PublishedCatalog& catalog, std::string_view body) {
  QuoteEngine& engine = QuoteEngine::of_this_thread();
  std::optional<Error> error = engine.open(catalog.public_compiled(), body);
  if (!error) {
    error = Error{ErrorCode::invalid_json, "", std::string{sentence_of(ErrorCode::invalid_json)}};
  }
  return std::string{engine.refusal(*error)};
}

Shopper shopper_of(Call& call, std::string_view contact_id) {
  using Identity = Caller::Identity;
  const Identity identity = call.caller.identity;
  const bool is_backend = identity == Identity::app || identity == Identity::user;
  if (is_backend && contact_id.size() > 2 && contact_id.front() == '"') {
    return shopper_of_contact(call, contact_id.substr(1, contact_id.size() - 2));
  }
  return shopper_of_caller(call);
}

using Ask = std::string (*)(OpenQuote& open, Instant now);

std::string answer_body(Call& call, std::string_view body, Ask ask) {
  RawMembers members;
  if (!find_members(body, members)) {
    call.status = 400;
    return refuse_body(*call.catalogs.catalog(call.store), body);
  }
  const Shopper shopper = shopper_of(call, members.contact_id);
  OpenQuote open{call, shopper, no_points, {members.cart, members.intent, members.want}};
  if (open.error()) {
    call.status = 400;
    return std::string{open.engine().refusal(*open.error())};
  }
  return ask(open, call.now);
}

}  // namespace

OpenQuote::OpenQuote(Call& call, const Shopper& shopper, Points held_here, const Question& question)
    : call_{call}, catalog_{call.catalogs.catalog(call.store)}, contact_id_{shopper.contact_id} {
  const std::shared_ptr<const ProgramState> program = call.catalogs.state(call.store);
  Entered entered = look_up_chosen(call, shopper, question.intent);
  text_ = R"({"account":)";
  text_ += account_document(call, *program, catalog_->public_catalog(), shopper,
                            {.held_here = held_here, .extra_coupons = std::move(entered.coupons)});
  add_member(text_, R"("cart":)", question.cart);
  add_member(text_, R"("intent":)", question.intent);
  add_member(text_, R"("now":)", time_member(call.now));
  add_member(text_, R"("resolved":)", entered.resolved);
  add_member(text_, R"("want":)", question.want);
  text_ += '}';
  open(catalog_->public_compiled());
}

void OpenQuote::open(const CompiledCatalog& compiled) { error_ = engine_.open(compiled, text_); }

const Quote& OpenQuote::at(Instant now) {
  const Quote* quote = &engine_.quote(now);
  while (leave_out_used_up(*quote)) {
    quote = &engine_.quote(now);
  }
  return *quote;
}

BestChoice OpenQuote::best_at(Instant now) {
  BestChoice best = engine_.optimize(now);
  while (leave_out_used_up(best.quote)) {
    best = engine_.optimize(now);
  }
  return best;
}

bool OpenQuote::leave_out_used_up(const Quote& quote) {
  std::vector<UsedUp> found = used_up(call_.store, catalog_, contact_id_, quote);
  if (found.empty()) {
    return false;
  }
  left_out_.insert(left_out_.end(), found.begin(), found.end());
  reduced_ = reduced(catalog_, left_out_);
  open(*reduced_->compiled);
  return !error_;
}

Digest OpenQuote::digest(const Quote& quote, Instant now) {
  return engine_.digest(quote, now, catalog_->digest);
}

std::string quote_text(Call& call, std::string_view body) {
  return answer_body(call, body, [](OpenQuote& open, Instant now) {
    const Quote& quote = open.at(now);
    if (!open.request().want().digest) {
      return std::string{open.engine().answer(quote, {})};
    }
    const Digest digest = open.digest(quote, now);
    return std::string{open.engine().answer(quote, text_of(digest))};
  });
}

std::string optimize_text(Call& call, std::string_view body) {
  return answer_body(call, body, [](OpenQuote& open, Instant now) {
    const BestChoice best = open.best_at(now);
    if (!open.request().want().digest) {
      return std::string{open.engine().answer(best, {})};
    }
    const Digest digest = open.digest(best.quote, now);
    return std::string{open.engine().answer(best, text_of(digest))};
  });
}

void require_cart(Call& call, const Json& cart, std::string_view prefix) {
  std::string text = R"({"account":null)";
  add_member(text, R"("cart":)", wire::text_of(cart));
  add_member(text, R"("now":)", time_member(call.now));
  text += '}';
  const std::shared_ptr<const PublishedCatalog> catalog = call.catalogs.catalog(call.store);
  QuoteEngine& engine = QuoteEngine::of_this_thread();
  if (const std::optional<Error> error = engine.open(catalog->public_compiled(), text)) {
    refuse_document(*error, prefix);
  }
}

void refuse_document(const Error& error, std::string_view prefix) {
  std::string field{prefix};
  std::size_t at = 0;
  while (at < error.path.size()) {  // "/cart/lines/0/unitPrice" is cart.lines[0].unitPrice
    const std::size_t end = std::min(error.path.find('/', at + 1), error.path.size());
    const std::string part = error.path.substr(at + 1, end - at - 1);
    const bool is_index =
        !part.empty() && part.find_first_not_of("0123456789") == std::string::npos;
    field += is_index ? "[" + part + "]" : (field.empty() || at == 0 ? "" : ".") + part;
    at = end;
  }
  throw wire::Refused::invalid(field, std::string{name_of(error.code)}, error.message);
}

}  // namespace loyalty::service
