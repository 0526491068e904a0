#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Comma-separated values as RFC 4180 has them.
namespace loyalty::wire {

struct CsvRow {
  std::size_t line = 0;  ///< of the text, the first is 1
  std::vector<std::string> cells;
};

struct CsvError {
  std::size_t line = 0;
  std::string message;
};

/// Reads rows one by one. A byte order mark is skipped; lines end with CR LF, LF or CR; cells may
/// be quoted and then hold commas, line ends and doubled quotes; lines without any character are
/// skipped. Rows may differ in their number of cells. Stops for ever at the first error: text that
/// is not UTF-8, a quote where none may be, a quoted cell that does not end, too many cells, a cell
/// that is too long.
class CsvReader {
 public:
  struct Limits {
    std::size_t cells = 100;
    std::size_t cell_characters = 1'000;  ///< code points
  };
  explicit CsvReader(std::string_view text) : CsvReader{text, Limits{}} {}
  CsvReader(std::string_view text, Limits limits);

  /// Nothing at the end, or at an error.
  std::optional<CsvRow> next();
  const std::optional<CsvError>& error() const { return error_; }

  /// Where the next row begins; a reader of the same text may resume there.
  struct Position {
    std::size_t offset = 0;
    std::size_t line = 1;
  };
  Position position() const { return {at_, line_}; }
  void resume(Position position);

 private:
  bool read_cell(std::string& cell);
  bool read_quoted(std::string& cell);
  void end_line();
  bool fail(std::string message);

  std::string_view text_;
  Limits limits_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::optional<CsvError> error_;
};

/// One row with its line end. Cells that a spreadsheet would carry out as a formula get a leading
/// apostrophe, unless they are plain numbers.
std::string csv_line(const std::vector<std::string>& cells);

}  // namespace loyalty::wire
