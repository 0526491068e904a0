#include "native/service/program/rule_table.h"

#include <algorithm>
#include <iterator>

#include "native/service/program/documents.h"

namespace loyalty::service {

const RuleKind* rule_kind_of(std::string_view activity) {
  const auto row = std::find_if(std::begin(rule_kinds), std::end(rule_kinds),
                                [&](const RuleKind& kind) { return kind.activity == activity; });
  return row == std::end(rule_kinds) ? nullptr : row;
}

std::string rule_key(std::string_view app_id, std::string_view activity, std::string_view title) {
  std::string key{app_id};
  key.append("\n").append(activity).append("\n").append(folded(title));
  return key;
}

}  // namespace loyalty::service
