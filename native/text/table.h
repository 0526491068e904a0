#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "native/text/style.h"

namespace loyalty::cli {

enum class Align { left, right };

/// Text in aligned columns. Cells are counted in columns of a terminal, so names in any script keep
/// the figures under each other; amounts go to the right.
///
///     name            price   qty
///     ───────────────────────────
///     Filter beans    12.90     2
class Table {
 public:
  explicit Table(std::vector<Align> columns) : columns_{std::move(columns)} {}

  /// A row; missing cells are empty.
  Table& row(std::vector<std::string> cells, Role role = Role::plain);
  /// A row of which each cell has a role of its own.
  Table& row(std::vector<std::string> cells, std::vector<Role> roles);
  /// A line across the table.
  Table& rule();
  /// Text that starts at a column and runs on over those to its right, however long it is.
  Table& note(std::size_t column, std::string text, Role role);
  bool empty() const { return rows_.empty(); }

  /// Every line starts with `indent` spaces and ends without trailing ones.
  std::string text(const Style& style, std::size_t indent = 2) const;

 private:
  struct Row {
    std::vector<std::string> cells;  ///< empty: a rule
    std::vector<Role> roles;
    bool runs_on = false;  ///< the last cell is a note, which no column has to hold
  };
  std::vector<std::size_t> widths() const;
  std::string line_of(const Row& row, const std::vector<std::size_t>& widths,
                      const Style& style) const;

  std::vector<Align> columns_;
  std::vector<Row> rows_;
};

/// A line of `columns` dashes.
std::string dashes(std::size_t columns);

}  // namespace loyalty::cli
