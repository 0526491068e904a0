#include "native/text/table.h"

#include <algorithm>

#include "native/text/utf8.h"

namespace loyalty::cli {
namespace {
constexpr std::size_t gap = 3;
}

std::string dashes(std::size_t columns) {
  std::string line;
  for (std::size_t i = 0; i < columns; ++i) {
    line += "─";
  }
  return line;
}

Table& Table::row(std::vector<std::string> cells, Role role) {
  return row(std::move(cells), std::vector<Role>(columns_.size(), role));
}

Table& Table::row(std::vector<std::string> cells, std::vector<Role> roles) {
  cells.resize(columns_.size());
  roles.resize(columns_.size(), Role::plain);
  rows_.push_back({std::move(cells), std::move(roles)});
  return *this;
}

Table& Table::note(std::size_t column, std::string text, Role role) {
  Row& row = rows_.emplace_back();
  row.cells.resize(column);
  row.cells.push_back(std::move(text));
  row.roles.resize(row.cells.size(), role);
  row.runs_on = true;
  return *this;
}

Table& Table::rule() {
  rows_.push_back({});
  return *this;
}

std::vector<std::size_t> Table::widths() const {
  std::vector<std::size_t> widths(columns_.size(), 0);
  for (const Row& row : rows_) {
    const std::size_t held = row.cells.size() - (row.runs_on ? 1 : 0);
    for (std::size_t i = 0; i < held; ++i) {
      widths[i] = std::max(widths[i], columns_of(row.cells[i]));
    }
  }
  return widths;
}

std::string Table::line_of(const Row& row, const std::vector<std::size_t>& widths,
                           const Style& style) const {
  std::size_t last = 0;
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    last = row.cells[i].empty() ? last : i;
  }
  std::string line;
  for (std::size_t i = 0; i <= last && i < row.cells.size(); ++i) {
    if (widths[i] == 0) {
      continue;
    }
    const std::size_t columns = columns_of(row.cells[i]);
    const std::string padding(columns < widths[i] ? widths[i] - columns : 0, ' ');
    const std::string cell = style(row.roles[i], row.cells[i]);
    line += line.empty() ? "" : std::string(gap, ' ');
    line += columns_[i] == Align::right ? padding + cell : i == last ? cell : cell + padding;
  }
  return line;
}

std::string Table::text(const Style& style, std::size_t indent) const {
  const std::vector<std::size_t> all_widths = widths();
  std::size_t total = 0;
  for (const std::size_t width : all_widths) {
    total += width == 0 ? 0 : width + (total == 0 ? 0 : gap);
  }
  std::string out;
  for (const Row& row : rows_) {
    const std::string line =
        row.cells.empty() ? style(Role::quiet, dashes(total)) : line_of(row, all_widths, style);
    out += line.empty() ? "" : std::string(indent, ' ');
    out += line;
    out += '\n';
  }
  return out;
}

}  // namespace loyalty::cli
