#include "native/service/checkout/checkouts.h"
#include "native/service/schedule.h"

namespace loyalty::service {
namespace {

/// When a checkout that could not be ended is looked at again.
constexpr Duration pause_after_failure = Duration::minutes(60);

store::Query due_at(Instant now, std::size_t limit) {
  const store::FieldRef due{"dueAt", store::ValueType::instant};
  store::Query query;
  query.filter = {.op = store::Filter::Op::le, .field = due, .values = {now.ms()}};
  query.sort = {{due, false}};
  query.limit = limit;
  return query;
}

void postpone(Call& call, const Checkout& checkout) {
  Json body = checkout.body();
  body["dueAt"] = wire::time_text(call.now + pause_after_failure);
  write_checkout(call, checkout, body);
}

}  // namespace

std::size_t time_out_checkouts(Call& call, std::size_t limit) {
  const store::Page<store::Document> due =
      call.store.page(store::Kind::checkout, due_at(call.now, limit));
  for (const store::Document& document : due.rows) {
    const Checkout checkout{document};
    try {
      call.store.attempt([&] { abandon(call, checkout); });
    } catch (const wire::Refused&) {
      postpone(call, checkout);
    }
  }
  const std::size_t done = due.rows.size();
  return done < limit ? done + retry_refunds(call, limit - done) : done;
}

}  // namespace loyalty::service
