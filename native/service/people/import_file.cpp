#include "native/service/people/import_file.h"

#include <algorithm>
#include <charconv>
#include <unordered_map>
#include <utility>

#include "native/service/program/documents.h"
#include "native/wire/csv.h"

namespace loyalty::service {
namespace {

/// The only column whose heading contains the word.
std::optional<std::size_t> column_named(const std::vector<std::string>& header,
                                        std::initializer_list<std::string_view> words) {
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < header.size(); ++i) {
    const std::string heading = folded(header[i]);
    const bool names = std::any_of(words.begin(), words.end(),
                                   [&heading](std::string_view word) { return heading == word; });
    if (names && found) {
      return std::nullopt;
    }
    if (names) {
      found = i;
    }
  }
  return found;
}

std::optional<ImportMapping> guess_of(const std::vector<std::string>& header) {
  const auto email = column_named(header, {"email", "e-mail", "email address"});
  const auto points = column_named(header, {"points", "points balance", "balance"});
  if (!email || !points) {
    return std::nullopt;
  }
  return ImportMapping{*email, *points};
}

ImportSummary unreadable(std::string why) {
  ImportSummary summary;
  summary.error = std::move(why);
  return summary;
}

}  // namespace

ImportSummary summary_of(std::string_view csv) {
  wire::CsvReader reader{csv};
  auto header = reader.next();
  if (!header && !reader.error()) {
    return unreadable("The file is empty.");
  }
  ImportSummary summary;
  if (header) {
    summary.header = std::move(header->cells);
    summary.guess = guess_of(summary.header);
  }
  while (auto row = reader.next()) {
    if (++summary.rows <= static_cast<std::int64_t>(import_samples_max)) {
      row->cells.resize(std::min(row->cells.size(), import_sample_values_max));
      summary.samples.push_back(std::move(row->cells));
    }
  }
  if (const auto& error = reader.error()) {
    return unreadable("Line " + std::to_string(error->line) + ": " + error->message);
  }
  return summary;
}

std::string_view cell_of(const ImportRow& row, std::size_t column) {
  return column < row.cells.size() ? std::string_view{row.cells[column]} : std::string_view{};
}

std::vector<ImportRow> rows_that_count(std::string_view csv, const ImportMapping& mapping) {
  wire::CsvReader reader{csv};
  reader.next();
  std::vector<ImportRow> rows;
  std::unordered_map<std::string, std::size_t> row_of_email;
  while (auto read = reader.next()) {
    ImportRow row{read->line, std::move(read->cells)};
    const std::string email = folded(cell_of(row, mapping.email));
    // A row that cannot be carried out is a failure of its own: it replaces none, and none replaces
    // it.
    if (!email.empty() && points_of(cell_of(row, mapping.points))) {
      const auto [before, is_new] = row_of_email.try_emplace(email, rows.size());
      if (!is_new) {
        rows[before->second].cells.clear();
        before->second = rows.size();
      }
    }
    rows.push_back(std::move(row));
  }
  std::erase_if(rows, [](const ImportRow& row) { return row.cells.empty(); });
  return rows;
}

std::optional<std::int64_t> points_of(std::string_view cell) {
  const std::string digits = folded(cell);
  std::int64_t points = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), points);
  if (error != std::errc{} || end != digits.data() + digits.size() || points < 0 ||
      points > import_points_max || digits.starts_with('-')) {
    return std::nullopt;
  }
  return points;
}

}  // namespace loyalty::service
