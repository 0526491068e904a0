#pragma once

#include <string>
#include <string_view>

namespace loyalty::cli {

/// What a piece of text is, from which a terminal's colours follow. Without colours nothing is
/// added, so that a pipe or a file holds plain text.
enum class Role {
  plain,
  title,    ///< bold
  quiet,    ///< rules, units, what the eye may skip
  good,     ///< savings
  bad,      ///< errors, refusals
  caution,  ///< warnings, near misses
  figure,   ///< the number that matters
};

class Style {
 public:
  explicit Style(bool coloured) : coloured_{coloured} {}
  bool coloured() const { return coloured_; }
  std::string operator()(Role role, std::string_view text) const;

 private:
  bool coloured_;
};

}  // namespace loyalty::cli
