#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "core/base/error.h"
#include "core/json/decode.h"
#include "native/cli/arguments.h"
#include "native/cli/session.h"
#include "native/commands/request_reader.h"
#include "native/explain/scene.h"
#include "native/io/input.h"

/// Files in, documents out, and what is said where that fails.
namespace loyalty::cli {

/// A value, or how the program ends; whoever returned the latter has said why.
template <class T>
class [[nodiscard]] Attempt {
 public:
  Attempt(T value)
      : state_{std::in_place_index<0>, std::move(value)} {}  // NOLINT(google-explicit-constructor)
  Attempt(Exit exit)
      : state_{std::in_place_index<1>, exit} {}  // NOLINT(google-explicit-constructor)
  explicit operator bool() const { return state_.index() == 0; }
  T& operator*() { return *std::get_if<0>(&state_); }
  T* operator->() { return std::get_if<0>(&state_); }
  Exit exit() const { return *std::get_if<1>(&state_); }

 private:
  std::variant<T, Exit> state_;
};

Exit report(const InputError& error, Session& session);
/// `orders.json: WRONG_TYPE at /cart/lines/0/quantity: …`
Exit report(std::string_view file, const Error& error, Session& session);

/// The whole text of a file or of standard input, up to the size of a catalog; a longer one comes
/// with one byte more, so that whoever reads it answers TOO_LARGE.
Attempt<std::string> read_document(std::string_view path, Session& session);

Attempt<std::unique_ptr<CatalogDocument>> load_catalog(std::string_view path, Session& session);

/// The catalog of `--catalog`, or null where requests bring their own.
Attempt<std::unique_ptr<CatalogDocument>> held_catalog(const Arguments& arguments,
                                                       Session& session);

/// A request with everything that it borrows.
struct LoadedRequest {
  std::unique_ptr<CatalogDocument> held;  ///< null: the request has its own
  std::unique_ptr<std::string> text;      ///< at an address that stays
  std::unique_ptr<RequestReader> reader;  ///< holds texts of the request
  std::unique_ptr<RequestDocument> request;
};
/// The request of the operand, against `--catalog` or its own.
Attempt<LoadedRequest> load_request(const Arguments& arguments, Session& session);

Scene scene_of(const RequestDocument& request);

}  // namespace loyalty::cli
