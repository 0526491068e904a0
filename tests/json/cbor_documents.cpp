#include "tests/json/cbor_documents.h"

namespace loyalty::test {
namespace {

std::string value_at(const Tape& tape, Tape::Position at) {
  switch (tape.type(at)) {
    case TokenType::null:
      return "\xF6";
    case TokenType::boolean:
      return tape.number(at) != 0 ? "\xF5" : "\xF4";
    case TokenType::integer: {
      const std::int64_t number = tape.number(at);
      return number < 0 ? cbor_head(1, static_cast<std::uint64_t>(-1 - number))
                        : cbor_head(0, static_cast<std::uint64_t>(number));
    }
    case TokenType::big:
      return "\xC2" + cbor_head(2, 9) + "\x01" + std::string(8, '\0');
    case TokenType::fraction:
      return "\xF9\x3E" + std::string(1, '\0');  // 1.5
    case TokenType::string:
      return tape[at].damaged ? cbor_head(6, 27) + cbor_text("") : cbor_text(tape.text(at));
    case TokenType::array:
    case TokenType::object:
      break;
  }
  const bool is_object = tape.type(at) == TokenType::object;
  std::string bytes = cbor_head(is_object ? 5 : 4, tape.count(at));
  for (Tape::Position entry = at + 1; entry != tape.next(at); entry = tape.next(entry)) {
    bytes += value_at(tape, entry);
  }
  return bytes;
}

}  // namespace

std::string cbor_of(const Tape& tape) { return value_at(tape, 0); }

std::string cbor_head(unsigned major, std::uint64_t number) {
  if (number < 24) {
    return {static_cast<char>(major << 5 | number)};
  }
  const unsigned power = number < 0x100 ? 0 : number < 0x10000 ? 1 : number < 0x100000000 ? 2 : 3;
  std::string bytes{static_cast<char>(major << 5 | (24 + power))};
  for (unsigned left = 1U << power; left-- > 0;) {
    bytes += static_cast<char>(number >> (8 * left) & 0xFF);
  }
  return bytes;
}

std::string cbor_text(std::string_view text) {
  return cbor_head(3, text.size()) + std::string{text};
}

}  // namespace loyalty::test
