#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What is in a file of balances; knows nothing of sites.
namespace loyalty::service {

inline constexpr std::size_t import_bytes_max = 10 * 1024 * 1024;
inline constexpr std::size_t import_samples_max = 5;
inline constexpr std::size_t import_sample_values_max = 20;
inline constexpr std::int64_t import_points_max = 9'999'999;

/// Which column is what, from 0.
struct ImportMapping {
  std::size_t email = 0;
  std::size_t points = 0;
};

struct ImportSummary {
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> samples;
  std::int64_t rows = 0;               ///< without the header
  std::optional<ImportMapping> guess;  ///< where headings say so plainly
  std::optional<std::string> error;    ///< why it cannot be read
};
ImportSummary summary_of(std::string_view csv);

struct ImportRow {
  std::size_t line = 0;
  std::vector<std::string> cells;
};

/// The rows that count: of those with good points for the same e-mail address the last one, and all
/// whose points are none, which are failures each (U80). In the order of the file. The file must be
/// one that summary_of() can read.
std::vector<ImportRow> rows_that_count(std::string_view csv, const ImportMapping& mapping);

/// A cell of the row; empty where the row is short.
std::string_view cell_of(const ImportRow& row, std::size_t column);

/// A whole number from 0 to import_points_max, with spaces around it at most.
std::optional<std::int64_t> points_of(std::string_view cell);

}  // namespace loyalty::service
