#include "native/wire/csv.h"

#include <algorithm>

#include "native/wire/unicode.h"

namespace loyalty::wire {
namespace {

bool ends_line(char c) { return c == '\n' || c == '\r'; }

bool plain_number(std::string_view cell) {
  if (cell.starts_with('-') || cell.starts_with('+')) {
    cell.remove_prefix(1);
  }
  const std::size_t point = cell.find('.');
  const auto digits = [](std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
  };
  return digits(cell.substr(0, point)) &&
         (point == std::string_view::npos || digits(cell.substr(point + 1)));
}

bool looks_like_formula(std::string_view cell) {
  return !cell.empty() &&
         std::string_view{"=+-@\t\r\n"}.find(cell.front()) != std::string_view::npos &&
         !plain_number(cell);
}

}  // namespace

CsvReader::CsvReader(std::string_view text, Limits limits) : text_{text}, limits_{limits} {
  if (text_.starts_with("\xEF\xBB\xBF")) {
    at_ = 3;
  }
  if (!valid_utf8(text_)) {
    fail("The file is not UTF-8.");
  }
}

void CsvReader::resume(Position position) {
  at_ = std::min(position.offset, text_.size());
  line_ = position.line;
}

bool CsvReader::fail(std::string message) {
  error_ = CsvError{line_, std::move(message)};
  return false;
}

void CsvReader::end_line() {
  if (at_ == text_.size()) {
    return;
  }
  const char c = text_[at_++];
  if (c == '\r' && at_ < text_.size() && text_[at_] == '\n') {
    ++at_;
  }
  ++line_;
}

std::optional<CsvRow> CsvReader::next() {
  if (error_) {
    return std::nullopt;
  }
  while (at_ < text_.size() && ends_line(text_[at_])) {
    end_line();
  }
  if (at_ == text_.size()) {
    return std::nullopt;
  }
  CsvRow row;
  row.line = line_;
  while (true) {
    if (row.cells.size() == limits_.cells) {
      fail("A row has more than " + std::to_string(limits_.cells) + " columns.");
      return std::nullopt;
    }
    if (!read_cell(row.cells.emplace_back())) {
      return std::nullopt;
    }
    if (at_ == text_.size() || ends_line(text_[at_])) {
      end_line();
      return row;
    }
    ++at_;  // the comma
  }
}

bool CsvReader::read_cell(std::string& cell) {
  if (at_ < text_.size() && text_[at_] == '"') {
    if (!read_quoted(cell)) {
      return false;
    }
  } else {
    const std::size_t end = std::min(text_.find_first_of(",\r\n\"", at_), text_.size());
    if (end < text_.size() && text_[end] == '"') {
      return fail("A quote stands inside a cell that does not begin with one.");
    }
    cell = text_.substr(at_, end - at_);
    at_ = end;
  }
  if (code_points(cell) > limits_.cell_characters) {
    return fail("A cell has more than " + std::to_string(limits_.cell_characters) + " characters.");
  }
  if (cell.find('\0') != std::string::npos) {
    return fail("A cell contains the character U+0000.");
  }
  return true;
}

bool CsvReader::read_quoted(std::string& cell) {
  const std::size_t opened = line_;
  ++at_;
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (c == '"') {
      ++at_;
      if (at_ == text_.size() || text_[at_] == ',' || ends_line(text_[at_])) {
        return true;
      }
      if (text_[at_] != '"') {
        return fail("A quoted cell goes on after its closing quote.");
      }
      cell += '"';
      ++at_;
    } else if (ends_line(c)) {
      const std::size_t first = at_;
      end_line();
      cell += text_.substr(first, at_ - first);
    } else {
      cell += c;
      ++at_;
    }
  }
  line_ = opened;
  return fail("A quoted cell does not end.");
}

std::string csv_line(const std::vector<std::string>& cells) {
  std::string line;
  for (const std::string& cell : cells) {
    if (&cell != &cells.front()) {
      line += ',';
    }
    const std::string safe = looks_like_formula(cell) ? "'" + cell : cell;
    if (safe.find_first_of(",\"\r\n") == std::string::npos) {
      line += safe;
      continue;
    }
    line += '"';
    for (const char c : safe) {
      line += c == '"' ? "\"\"" : std::string(1, c);
    }
    line += '"';
  }
  return line += "\r\n";
}

}  // namespace loyalty::wire
