#include "core/json/decoder.h"

namespace loyalty {
namespace {

// Names are joined in a preview build, and only there.
[[maybe_unused]] std::size_t count_of(const JoinedTexts& known) { return known.count; }
[[maybe_unused]] std::size_t count_of(names::Names known) { return known.size(); }

[[maybe_unused]] std::size_t find_name(const JoinedTexts& known, std::string_view text) {
  return known.find(text);
}
[[maybe_unused]] std::size_t find_name(names::Names known, std::string_view text) {
  std::size_t i = 0;
  while (i < known.size() && known[i] != text) {
    ++i;
  }
  return i;
}

[[maybe_unused]] void fail_unknown(Decoder& decoder, Tape::Position at, const JoinedTexts&) {
  decoder.fail(ErrorCode::unknown_value, at);
}
[[maybe_unused]] void fail_unknown(Decoder& decoder, Tape::Position at, names::Names known) {
  decoder.fail_names(at, known);
}

}  // namespace

bool Decoder::record(ErrorCode code, Tape::Position at, std::string_view name) {
  if (!ok() && defect_.code <= code) {
    return false;
  }
  if constexpr (preview_only) {  // nobody asks for more
    defect_.code = code;
    return false;
  }
  defect_ = {};
  defect_.code = code;
  defect_.at = at;
  defect_.name = name;
  return true;
}

void Decoder::fail(ErrorCode code, Tape::Position at, std::string_view name) {
  record(code, at, name);
}

void Decoder::fail_range(Tape::Position at, Range range, std::string_view unit) {
  if (record(ErrorCode::out_of_range, at, {})) {
    defect_.has_range = true;
    defect_.range = range;
    defect_.unit = unit;
  }
}

void Decoder::fail_names(Tape::Position at, names::Names known) {
  if (record(ErrorCode::unknown_value, at, {})) {
    defect_.known = known;
  }
}

Error Decoder::take_error() const {
  Error error{defect_.code, pointer_to(tape_, defect_.at), std::string{sentence_of(defect_.code)}};
  if (!defect_.name.empty()) {
    append_pointer_step(error.path, defect_.name);
  }
  std::string& message = error.message;
  if (defect_.has_range) {
    message +=
        " From " + std::to_string(defect_.range.min) + " to " + std::to_string(defect_.range.max);
    message += defect_.unit;
    message += '.';
  }
  if (defect_.most >= 0) {
    message += " At most " + std::to_string(defect_.most) + ".";
  }
  for (std::size_t i = 0; i < defect_.known.size(); ++i) {
    message += i == 0 ? " Known: " : ", ";
    message += defect_.known[i];
  }
  if (!defect_.known.empty()) {
    message += '.';
  }
  return error;
}

void Decoder::fail_entry(ErrorCode code, const Field& list, std::size_t index,
                         std::string_view name) {
  Tape::Position entry = list.value + 1;
  for (std::size_t i = 0; i < index; ++i) {
    entry = tape_.next(entry);
  }
  fail(code, entry, name);
}

std::int64_t Decoder::integer(Tape::Position at, Range range) {
  const Token& token = tape_[at];
  if (token.type == TokenType::integer && token.number >= range.min && token.number <= range.max)
      [[likely]] {
    return token.number;
  }
  if (token.type == TokenType::integer || token.type == TokenType::big) {
    fail_range(at, range);
  } else if (token.type == TokenType::fraction) {
    fail(ErrorCode::not_an_integer, at);
  } else {
    fail(ErrorCode::wrong_type, at);
  }
  return range.min;
}

std::string_view Decoder::text(Tape::Position at, TextRule rule) {
  if (tape_.type(at) != TokenType::string) {
    fail(ErrorCode::wrong_type, at);
    return {};
  }
  const std::string_view value = tape_.text(at);
  const auto bytes = static_cast<std::int64_t>(value.size());
  if (bytes < rule.min || bytes > rule.max) {
    fail_range(at, {rule.min, rule.max}, " bytes");
    return {};
  }
  return value;
}

bool Decoder::is_object(Tape::Position at) {
  if (tape_.type(at) == TokenType::object) [[likely]] {
    return true;
  }
  fail(ErrorCode::wrong_type, at);
  return false;
}

bool Decoder::is_list(Tape::Position at, ListRule rule) {
  if (tape_.type(at) != TokenType::array) {
    fail(ErrorCode::wrong_type, at);
    return false;
  }
  const std::int64_t count = tape_.number(at);
  if (count > rule.max) {
    if (record(ErrorCode::too_many, at, {})) {
      defect_.most = rule.max;
    }
    return false;
  }
  if (count == 0 && !rule.may_be_empty) {
    fail_range(at, {1, rule.max}, " entries");
  }
  return true;
}

bool Decoder::read(const Field& field, bool& to) {
  if (!field) {
    return false;
  }
  if (tape_.type(field.value) != TokenType::boolean) {
    fail(ErrorCode::wrong_type, field);
    return false;
  }
  to = tape_.number(field.value) != 0;
  return true;
}

void Decoder::read(const Field& field, std::int64_t& to, Range range) {
  if (field) {
    to = integer(field.value, range);
  }
}

void Decoder::read(const Field& field, Money& to, Range range) {
  if (field) {
    to = Money::minor(integer(field.value, range));
  }
}

void Decoder::read(const Field& field, Points& to, Range range) {
  if (field) {
    to = Points::of(integer(field.value, range));
  }
}

void Decoder::read(const Field& field, RatePpm& to, Range range) {
  if (field) {
    to = RatePpm::parts(integer(field.value, range));
  }
}

bool Decoder::read(const Field& field, Instant& to) {
  if (!field) {
    return false;
  }
  if (tape_.type(field.value) != TokenType::string) {
    fail(ErrorCode::wrong_type, field);
    return false;
  }
  const std::optional<Instant> instant = parse_instant(tape_.text(field.value));
  if (!instant) {
    fail(ErrorCode::invalid_time, field);
    return false;
  }
  to = *instant;
  return true;
}

bool Decoder::read(const Field& field, Currency& to) {
  if (!field) {
    return false;
  }
  if (tape_.type(field.value) != TokenType::string) {
    fail(ErrorCode::wrong_type, field);
    return false;
  }
  const std::optional<Currency> currency = Currency::of(tape_.text(field.value));
  if (!currency) {
    fail(ErrorCode::currency_unknown, field);
    return false;
  }
  to = *currency;
  return true;
}

void Decoder::read(const Field& field, std::string_view& to, TextRule rule) {
  if (field) {
    to = text(field.value, rule);
  }
}

void Decoder::read(const Field& field, std::span<const std::string_view>& to, ListRule rule) {
  read_list(field, to, rule,
            [this](Tape::Position at, std::string_view& entry) { entry = text(at, id_text); });
}

bool Decoder::read_revision(const Field& field, std::int64_t& to) {
  if (!field) {
    return false;
  }
  if (tape_.type(field.value) != TokenType::string) {
    to = integer(field.value, ranges::count);
    return true;
  }
  const std::string_view digits = tape_.text(field.value);
  std::int64_t number = 0;
  for (const char digit : digits) {
    if (digit < '0' || digit > '9') {
      fail(ErrorCode::not_an_integer, field);
      return false;
    }
    // Beyond the range it only has to stay there.
    number = number > ranges::count.max ? number : number * 10 + (digit - '0');
  }
  if (digits.empty() || (digits.front() == '0' && digits.size() > 1)) {
    fail(ErrorCode::not_an_integer, field);
    return false;
  }
  if (number > ranges::count.max) {
    fail_range(field.value, ranges::count);
    return false;
  }
  to = number;
  return true;
}

int Decoder::name_index(Tape::Position at, const names::Known& known) {
  if (tape_.type(at) != TokenType::string) {
    fail(ErrorCode::wrong_type, at);
    return -1;
  }
  const std::size_t index = find_name(known, tape_.text(at));
  if (index != count_of(known)) {
    return static_cast<int>(index);
  }
  fail_unknown(*this, at, known);
  return -1;
}

}  // namespace loyalty
