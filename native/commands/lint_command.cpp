#include <array>
#include <optional>

#include "native/commands/commands.h"
#include "native/commands/documents.h"
#include "native/lint/lint.h"
#include "native/text/pretty_json.h"
#include "native/text/table.h"
#include "native/text/words.h"

namespace loyalty::cli {
namespace {

using Counts = std::array<std::int64_t, 3>;  ///< by severity

Role role_of(Severity severity) {
  return severity == Severity::error     ? Role::bad
         : severity == Severity::warning ? Role::caution
                                         : Role::quiet;
}

Counts counts_of(const Findings& findings) {
  Counts counts{};
  for (const Finding& finding : findings) {
    ++counts[static_cast<std::size_t>(kind_of(finding.code).severity)];
  }
  return counts;
}

std::string summary(const Counts& counts) {
  return counted(counts[0], "error", "errors") + ", " + counted(counts[1], "warning", "warnings") +
         ", " + counted(counts[2], "note", "notes");
}

std::string as_text(const Findings& findings, const Style& style) {
  std::string out;
  for (const Finding& finding : findings) {
    const FindingKind& kind = kind_of(finding.code);
    const std::string severity{name_of(kind.severity)};
    out += style(role_of(kind.severity), severity) + std::string(9 - severity.size(), ' ') +
           style(Role::title, kind.name) + "  " + style(Role::quiet, finding.path) + "\n         " +
           finding.message + "\n";
  }
  const Counts counts = counts_of(findings);
  out += findings.empty() ? "Nothing found.\n" : "\n" + style(Role::title, summary(counts)) + "\n";
  return out;
}

std::string as_json(const Findings& findings) {
  std::string out = R"({"findings":[)";
  for (const Finding& finding : findings) {
    const FindingKind& kind = kind_of(finding.code);
    out += out.back() == '[' ? "" : ",";
    out += R"({"severity":")" + std::string{name_of(kind.severity)} + R"(","code":")";
    out += std::string{kind.name} + R"(","path":)";
    append_json_string(out, finding.path);
    out += R"(,"message":)";
    append_json_string(out, finding.message);
    out += "}";
  }
  const Counts counts = counts_of(findings);
  out += R"(],"errors":)" + std::to_string(counts[0]) + R"(,"warnings":)" +
         std::to_string(counts[1]) + R"(,"notes":)" + std::to_string(counts[2]) + "}";
  return out;
}

std::string table_of_codes(const Style& style) {
  Table table{{Align::left, Align::left, Align::left, Align::left}};
  table.row({"code", "severity", "about", "meaning"}, Role::quiet).rule();
  for (const FindingKind& kind : finding_kinds()) {
    table.row({std::string{kind.name}, std::string{name_of(kind.severity)}, std::string{kind.about},
               std::string{kind.meaning}},
              {Role::title, role_of(kind.severity), Role::quiet, Role::plain});
  }
  return table.text(style, 0);
}

}  // namespace

Exit lint_command(const Arguments& arguments, Session& session) {
  if (arguments.has("codes")) {
    session.out << table_of_codes(session.out_style());
    return Exit::ok;
  }
  Instant now = session.now;
  if (const auto text = arguments.value_of("now")) {
    const std::optional<Instant> instant = parse_instant(*text);
    if (!instant) {
      session.err << "loyalty lint: --now needs a time such as 2025-03-01T00:00:00Z.\n";
      return Exit::usage;
    }
    now = *instant;
  }
  Attempt<std::unique_ptr<CatalogDocument>> document = load_catalog(arguments.file(), session);
  if (!document) {
    return document.exit();
  }
  const Findings findings = lint((*document)->catalog(), now);
  if (arguments.has("json")) {
    const std::string json = as_json(findings);
    session.out << (session.out_is_terminal ? pretty_json(json, session.out_style()) : json)
                << "\n";
  } else {
    session.out << as_text(findings, session.out_style());
  }
  const Counts counts = counts_of(findings);
  const bool fails = counts[0] > 0 || (arguments.has("strict") && counts[1] > 0);
  return fails ? Exit::findings : Exit::ok;
}

}  // namespace loyalty::cli
