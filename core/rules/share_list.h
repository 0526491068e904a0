#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/base/buffer.h"
#include "core/money/money.h"

namespace loyalty {

/// What of one discount fell on one line, as it happens.
struct ShareRecord {
  std::uint32_t line = 0;
  std::uint32_t discount = 0;
  Money amount;
};

/// The shares of a chain of discounts in running order, counted by line as they come.
class ShareList {
 public:
  void start(std::size_t lines) {
    count_ = 0;
    repeats_ = false;
    per_line_.assign(lines, 0);
  }

  std::size_t size() const { return count_; }
  std::span<const ShareRecord> rows() const { return {rows_.data(), count_}; }
  /// Whether a discount may have two shares on one line.
  bool repeats() const { return repeats_; }
  void may_repeat() { repeats_ = true; }

  /// Appends the shares of one discount; those of nothing are dropped.
  void append(std::uint32_t discount, std::span<const std::uint32_t> lines, const Money* shares) {
    if (rows_.size() < count_ + lines.size()) {
      rows_.resize((count_ + lines.size()) * 2);
    }
    ShareRecord* row = rows_.data() + count_;
    const ShareRecord* const first = row;
    std::uint32_t* const per_line = per_line_.data();
    for (std::size_t at = 0, size = lines.size(); at < size; ++at) {
      const std::uint32_t counts = shares[at] > no_money ? 1 : 0;
      *row = {lines[at], discount, shares[at]};
      row += counts;
      per_line[lines[at]] += counts;
    }
    count_ += static_cast<std::size_t>(row - first);
  }

  void back_to(std::size_t size) {
    while (count_ > size) {
      --per_line_[rows_[--count_].line];
    }
  }

  /// Turns the counts into the place where each line's shares begin. The last use before start().
  std::uint32_t* starts_of_lines() {
    std::uint32_t begin = 0;
    for (std::uint32_t& line : per_line_) {
      const std::uint32_t count = line;
      line = begin;
      begin += count;
    }
    return per_line_.data();
  }

 private:
  Buffer<ShareRecord> rows_;
  Buffer<std::uint32_t> per_line_;
  std::size_t count_ = 0;
  bool repeats_ = false;
};

}  // namespace loyalty
