#include "native/commands/request_reader.h"

#include "native/text/input_words.h"

namespace loyalty::cli {
namespace {

bool has_catalog(const Tape& tape) {
  if (tape.type(0) != TokenType::object) {
    return false;
  }
  const Tape::Position end = tape.next(0);
  for (Tape::Position key = 1; key != end; key = tape.next(key + 1)) {
    if (tape.text(key) == "catalog") {
      return true;
    }
  }
  return false;
}

}  // namespace

std::optional<Error> RequestReader::read(std::string_view json, const Catalog* held,
                                         RequestDocument& request) {
  const std::size_t bytes_max =
      held != nullptr ? limits::document_bytes_max : limits::catalog_bytes_max;
  strings_.reset();
  if (const std::optional<Error> error = reader_.read(json, bytes_max, strings_)) {
    return said_of_input(*error, json, bytes_max);
  }
  std::optional<Error> error = request.read(reader_.tape(), held);
  const bool worse = error && error->code < ErrorCode::unknown_field;
  if (held != nullptr && !worse && has_catalog(reader_.tape())) {
    return Error{ErrorCode::unknown_field, "/catalog",
                 "With --catalog a request must not bring a catalog of its own."};
  }
  return error;
}

}  // namespace loyalty::cli
