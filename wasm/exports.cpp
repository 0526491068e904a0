// The flat door of ABI.md: raw functions, which both builds have.

#include <cstddef>

#include "wasm/engine.h"

#define LOYALTY_EXPORT(name) extern "C" __attribute__((export_name(#name), used)) auto name

namespace {

using loyalty::ErrorCode;
using loyalty::wasm::engine;

constexpr int abi = 1;

int number_of(ErrorCode code) { return static_cast<int>(code); }

}  // namespace

LOYALTY_EXPORT(loyalty_abi)()->int { return abi; }

LOYALTY_EXPORT(loyalty_reserve)(std::size_t bytes)->char* { return engine().reserve(bytes); }

LOYALTY_EXPORT(loyalty_open_catalog)(std::size_t bytes)->int {
  return number_of(engine().open_catalog(bytes));
}

LOYALTY_EXPORT(loyalty_open_checkout)(std::size_t bytes)->int {
  return number_of(engine().open_checkout(bytes));
}

LOYALTY_EXPORT(loyalty_set_quantity)(double line, double quantity)->int {
  return number_of(engine().set_quantity(line, quantity));
}

LOYALTY_EXPORT(loyalty_set_points)(double entry, double points)->int {
  return number_of(engine().set_points(entry, points));
}

LOYALTY_EXPORT(loyalty_set_now)(double ms)->int { return number_of(engine().set_now(ms)); }

LOYALTY_EXPORT(loyalty_run)(unsigned want)->const double* { return engine().run(want); }

LOYALTY_EXPORT(loyalty_detail)()->const double* { return engine().detail(); }
