#include "core/json/decoder.h"

#include <charconv>

namespace loyalty {

void Decoder::fail(ErrorCode code, Tape::Position at, std::string_view name) {
  if (is_outranked(code)) {
    return;
  }
  error_.code = code;
  error_.path = pointer_to(tape_, at);
  if (!name.empty()) {
    append_pointer_step(error_.path, name);
  }
  error_.message = sentence_of(code);
}

void Decoder::fail_range(Tape::Position at, Range range, std::string_view unit) {
  if (is_outranked(ErrorCode::out_of_range)) {
    return;
  }
  fail(ErrorCode::out_of_range, at);
  error_.message += " From " + std::to_string(range.min) + " to " + std::to_string(range.max);
  error_.message += unit;
  error_.message += '.';
}

void Decoder::fail_names(Tape::Position at, names::Names known) {
  if (is_outranked(ErrorCode::unknown_value)) {
    return;
  }
  fail(ErrorCode::unknown_value, at);
  error_.message += " Known:";
  for (const std::string_view name : known) {
    error_.message += name.data() == known.front().data() ? " " : ", ";
    error_.message += name;
  }
  error_.message += '.';
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
    if (!is_outranked(ErrorCode::too_many)) {
      fail(ErrorCode::too_many, at);
      error_.message += " At most " + std::to_string(rule.max) + ".";
    }
    return false;
  }
  if (count == 0 && !rule.may_be_empty) {
    fail_range(at, {1, rule.max}, " entries");
  }
  return true;
}

void Decoder::read(const Field& field, bool& to) {
  if (!field) {
    return;
  }
  if (tape_.type(field.value) != TokenType::boolean) {
    fail(ErrorCode::wrong_type, field);
    return;
  }
  to = tape_.number(field.value) != 0;
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

void Decoder::read(const Field& field, Instant& to) {
  if (!field) {
    return;
  }
  if (tape_.type(field.value) != TokenType::string) {
    fail(ErrorCode::wrong_type, field);
    return;
  }
  const std::optional<Instant> instant = parse_instant(tape_.text(field.value));
  if (!instant) {
    fail(ErrorCode::invalid_time, field);
    return;
  }
  to = *instant;
}

void Decoder::read(const Field& field, Currency& to) {
  if (!field) {
    return;
  }
  if (tape_.type(field.value) != TokenType::string) {
    fail(ErrorCode::wrong_type, field);
    return;
  }
  const std::optional<Currency> currency = Currency::of(tape_.text(field.value));
  if (!currency) {
    fail(ErrorCode::currency_unknown, field);
    return;
  }
  to = *currency;
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

void Decoder::read_revision(const Field& field, std::int64_t& to) {
  if (!field) {
    return;
  }
  if (tape_.type(field.value) != TokenType::string) {
    to = integer(field.value, ranges::count);
    return;
  }
  const std::string_view digits = tape_.text(field.value);
  std::int64_t number = 0;
  const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  const bool is_canonical = !digits.empty() && digits.front() != '-' &&
                            (digits.front() != '0' || digits.size() == 1) &&
                            end == digits.data() + digits.size();
  if (!is_canonical) {
    fail(ErrorCode::not_an_integer, field);
  } else if (problem != std::errc{} || number > ranges::count.max) {
    fail_range(field.value, ranges::count);
  } else {
    to = number;
  }
}

int Decoder::name_index(Tape::Position at, names::Names known) {
  if (tape_.type(at) != TokenType::string) {
    fail(ErrorCode::wrong_type, at);
    return -1;
  }
  const std::string_view text = tape_.text(at);
  for (std::size_t i = 0; i < known.size(); ++i) {
    if (known[i] == text) {
      return static_cast<int>(i);
    }
  }
  fail_names(at, known);
  return -1;
}

}  // namespace loyalty
