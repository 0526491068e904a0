#include "core/ledger/refusal.h"

#include <cstddef>

namespace loyalty::ledger {
namespace {

struct Row {
  std::string_view name;
  int http_status;
  std::string_view sentence;
};

constexpr Row rows[] = {
    {"VALIDATION", 400, "A value of the command is out of range."},
    {"PROGRAM_NOT_ACTIVE", 428, "The loyalty program is not active."},
    {"INVALID_PROGRAM_TRANSITION", 409, "The program cannot change to this status from its own."},
    {"ACCOUNT_NOT_FOUND", 404, "There is no such account."},
    {"ACCOUNT_ALREADY_EXISTS", 409, "There is an account with this id already."},
    {"INSUFFICIENT_POINTS", 428, "The account has fewer points available."},
    {"NEGATIVE_BALANCE", 428, "The adjustment would leave a negative balance."},
    {"BALANCE_LIMIT_EXCEEDED", 428, "The balance would exceed 999,999,999 points."},
    {"REVISION_MISMATCH", 409, "The account has changed since it was read."},
    {"IDEMPOTENCY_KEY_REUSED", 422, "The key was used before for something else."},
    {"TRANSACTION_NOT_FOUND", 404, "There is no such transaction."},
    {"TRANSACTION_ALREADY_REFUNDED", 409, "Not that much of the transaction is left to give back."},
    {"TRANSACTION_NOT_REFUNDABLE", 428, "A transaction of this kind cannot be given back."},
    {"HOLD_EXPIRED", 428, "The hold has expired and its points are available again."},
    {"ALREADY_CAPTURED", 409, "The hold has been captured."},
    {"ALREADY_RELEASED", 409, "The hold has been released."},
    {"EXCEEDS_HOLD", 400, "More points than the hold has set aside."},
    {"COUPON_NOT_FOUND", 404, "There is no such coupon."},
    {"COUPON_NOT_ACTIVE", 428, "The coupon is not active."},
    {"COUPON_BELONGS_TO_ANOTHER_ACCOUNT", 403, "The coupon belongs to another account."},
    {"CHECKOUT_COMPLETED", 428, "The checkout has been completed."},
    {"DISCOUNT_NOT_APPLIED", 428, "The discount is not applied to the checkout."},
};
static_assert(sizeof(rows) / sizeof(rows[0]) == refusal_codes);

const Row& row_of(RefusalCode code) { return rows[static_cast<std::size_t>(code)]; }

}  // namespace

std::string_view name_of(RefusalCode code) { return row_of(code).name; }
std::string_view sentence_of(RefusalCode code) { return row_of(code).sentence; }
int http_status_of(RefusalCode code) { return row_of(code).http_status; }

}  // namespace loyalty::ledger
