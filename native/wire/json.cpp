#include "native/wire/json.h"

#include "core/base/arena.h"
#include "core/json/reader.h"

namespace loyalty::wire {
namespace {

/// The core's reader judges a text; each thread keeps one warm.
struct Judge {
  Reader reader;
  Arena strings;
};

std::optional<Error> judged(std::string_view text, std::size_t bytes_max) {
  thread_local Judge judge;
  judge.strings.reset();
  if (auto error = judge.reader.read(text, bytes_max, judge.strings)) {
    return error;
  }
  const Tape& tape = judge.reader.tape();
  for (Tape::Position at = 0; at < tape.size(); ++at) {
    if (tape.type(at) == TokenType::big) {
      return Error{ErrorCode::out_of_range, pointer_to(tape, at),
                   "A whole number must fit into 64 bits with its sign."};
    }
  }
  return std::nullopt;
}

const Json null;

}  // namespace

Result<Json> parse(std::string_view text, std::size_t bytes_max) {
  if (auto error = judged(text, bytes_max)) {
    return *std::move(error);
  }
  Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded()) {
    // The only thing that the core reads and this does not: 1e999.
    return Error{ErrorCode::out_of_range, "", "A number is too large."};
  }
  return json;
}

std::string text_of(const Json& json) {
  // A text that is not UTF-8 never was accepted; should one get here all the same, it is shown
  // damaged rather than not at all.
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

const Json& member(const Json& object, std::string_view name) {
  if (!object.is_object()) {
    return null;
  }
  const auto found = object.find(name);
  return found == object.end() ? null : *found;
}

std::string text_at(const Json& object, std::string_view name) {
  const Json& value = member(object, name);
  return value.is_string() ? value.get<std::string>() : std::string{};
}

std::int64_t integer_at(const Json& object, std::string_view name, std::int64_t otherwise) {
  const Json& value = member(object, name);
  return value.is_number_integer() ? value.get<std::int64_t>() : otherwise;
}

bool truth_at(const Json& object, std::string_view name, bool otherwise) {
  const Json& value = member(object, name);
  return value.is_boolean() ? value.get<bool>() : otherwise;
}

}  // namespace loyalty::wire
