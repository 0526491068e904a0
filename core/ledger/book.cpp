#include "core/ledger/book.h"

#include <utility>

#include "core/base/check.h"

namespace loyalty::ledger {

Book::Book(Settings settings) {
  program_.settings = std::move(settings);
  if (program_.settings.status == Status::paused) {
    program_.pauses.push_back({Instant::min(), {}});
  }
}

Book::Book(Program program) : program_{std::move(program)} {}

void Book::restore(Account account) {
  std::string id = account.id;
  accounts_.insert_or_assign(std::move(id), std::move(account));
}

void Book::restore(Known known) {
  Outcome outcome;
  outcome.account = std::move(known.account);
  answers_.insert_or_assign(
      std::move(known.key),
      Answer{.command = std::move(known.command), .origin = {}, .outcome = std::move(outcome)});
}

Result<Outcome, Refusal> Book::apply(const Request& request) {
  Result<Change, Refusal> decision = decide(*this, request);
  if (!decision.ok()) {
    return decision.error();
  }
  if (decision.value().answer.outcome.replayed) {
    return std::move(decision.value().answer.outcome);
  }
  return commit(request, std::move(decision.value()));
}

const Outcome& Book::commit(const Request& request, Change change) {
  for (auto& [id, account] : change.accounts) {
    accounts_.insert_or_assign(id, std::move(account));
  }
  if (change.program) {
    program_ = std::move(*change.program);
  }
  const auto [at, is_new] = answers_.emplace(request.key, std::move(change.answer));
  LOYALTY_CHECK(is_new);
  const Outcome& outcome = at->second.outcome;
  log_.insert(log_.end(), outcome.entries.begin(), outcome.entries.end());
  return outcome;
}

const Account* Book::find(std::string_view id) const {
  const auto at = accounts_.find(id);
  return at == accounts_.end() || !at->second.merged_into.empty() ? nullptr : &at->second;
}

const Answer* Book::answer(std::string_view key) const {
  const auto at = answers_.find(key);
  return at == answers_.end() ? nullptr : &at->second;
}

const Account& Book::remaining(std::string_view id) const {
  auto at = accounts_.find(id);
  LOYALTY_CHECK(at != accounts_.end());
  while (!at->second.merged_into.empty()) {
    at = accounts_.find(at->second.merged_into);
  }
  return at->second;
}

}  // namespace loyalty::ledger
