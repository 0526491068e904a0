#include "native/ledger_command.h"

#include <algorithm>
#include <istream>
#include <optional>
#include <ostream>
#include <streambuf>
#include <string>

#include "core/base/limits.h"
#include "core/json/reader.h"
#include "native/ledger/answer.h"
#include "native/ledger/operation.h"
#include "native/ledger/setup.h"
#include "native/text/input_words.h"

namespace loyalty {
namespace {

using namespace ledger;  // NOLINT(google-build-using-namespace): the command is the ledger's door

/// A line without its newline. One that is longer than a document may be keeps one byte more than
/// that, so that it is TOO_LARGE, and the rest of it is never held. False at the end of the input.
bool read_line(std::streambuf& in, std::string& line) {
  constexpr auto bytes_max = static_cast<std::size_t>(limits::document_bytes_max);
  using Traits = std::streambuf::traits_type;
  line.clear();
  for (bool any = false;; any = true) {
    const Traits::int_type next = in.sbumpc();
    if (Traits::eq_int_type(next, Traits::eof())) {
      return any;
    }
    const char c = Traits::to_char_type(next);
    if (c == '\n') {
      return true;
    }
    if (line.size() <= bytes_max) {
      line += c;
    }
  }
}

/// The next line that is not empty.
bool next_line(std::istream& in, std::string& line, std::int64_t& number) {
  const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
  while (read_line(*in.rdbuf(), line)) {
    ++number;
    if (!std::all_of(line.begin(), line.end(), is_blank)) {
      return true;
    }
  }
  return false;
}

/// One run of the command.
class Session {
 public:
  explicit Session(std::ostream& out) : out_{out} {}

  bool open(const std::string& line) {
    if (!read(line)) {
      return false;
    }
    const Result<Setup> setup = decode_setup(reader_.tape());
    if (!setup.ok()) {
      return fail(setup.error());
    }
    setup_ = setup.value();
    answers_.emplace(*setup_);
    book_.emplace(setup_->settings);
    now_ = setup_->now;
    out_ << answers_->opened(now_) << '\n';
    return true;
  }

  bool operate(const std::string& line, std::int64_t number) {
    if (!read(line)) {
      return false;
    }
    Result<Operation> decoded = decode_operation(reader_.tape(), *setup_);
    if (!decoded.ok()) {
      return fail(decoded.error());
    }
    Operation& operation = decoded.value();
    if (operation.key.empty()) {
      operation.key = operation.name + ":" + std::to_string(number);
    }
    return apply(operation);
  }

  void close() { out_ << answers_->final_state(*book_, now_) << '\n'; }

 private:
  bool read(const std::string& line) {
    strings_.reset();
    const std::optional<Error> error = reader_.read(line, limits::document_bytes_max, strings_);
    return !error || fail(cli::said_of_input(*error, line, limits::document_bytes_max));
  }

  bool fail(const Error& error) {
    out_ << write_error(error, writer_) << '\n';
    return false;
  }

  bool apply(const Operation& operation) {
    const Instant before = now_;
    const Instant now = operation.at.value_or(now_);
    const Result<Outcome, Refusal> result = book_->apply({.key = operation.key,
                                                          .origin = operation.origin,
                                                          .now = now,
                                                          .command = operation.command});
    if (!result.ok() && result.error().code == RefusalCode::validation) {
      // A value that no single field's range excludes, such as an adjustment by nothing.
      return fail({.code = ErrorCode::out_of_range,
                   .path = "/" + std::string(result.error().field),
                   .message = std::string(sentence_of(ErrorCode::out_of_range))});
    }
    if (!result.ok()) {
      out_ << answers_->refused(operation, result.error()) << '\n';
      return true;
    }
    now_ = std::max(now_, now);
    const std::vector<TierChange> changes = tier_changes(*book_, *setup_, before, now_);
    out_ << answers_->done(*book_, operation, result.value(),
                           operation.name == "advance" ? changes : std::vector<TierChange>{}, now_,
                           now < before)
         << '\n';
    return true;
  }

  std::ostream& out_;
  Reader reader_;
  Arena strings_;
  Writer writer_;
  std::optional<Setup> setup_;
  std::optional<Answers> answers_;
  std::optional<Book> book_;
  Instant now_;
};

}  // namespace

int run_ledger(std::istream& in, std::ostream& out) {
  Session session{out};
  std::string line;
  std::int64_t number = 0;
  if (!next_line(in, line, number) || !session.open(line)) {
    if (number == 0 || line.empty()) {
      Writer writer;
      const Error empty{.code = ErrorCode::invalid_json,
                        .path = "",
                        .message = "There is no setup: the first line must be one."};
      out << ledger::write_error(empty, writer) << '\n';
    }
    return 1;
  }
  bool all_good = true;
  while (next_line(in, line, number)) {
    all_good = session.operate(line, number) && all_good;
  }
  session.close();
  return all_good ? 0 : 1;
}

}  // namespace loyalty
