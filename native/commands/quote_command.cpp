#include "core/base/limits.h"
#include "native/commands/answerer.h"
#include "native/commands/commands.h"
#include "native/commands/documents.h"
#include "native/text/pretty_json.h"

namespace loyalty::cli {
namespace {

Wanted asked_for(const Arguments& arguments) {
  Wanted wanted;
  for (const std::string_view part : split_words(arguments.value_of("want").value_or(""))) {
    wanted.explain = wanted.explain || part == "explain";
    wanted.offers = wanted.offers || part == "offers";
    wanted.near_misses = wanted.near_misses || part == "nearMisses";
  }
  return wanted;
}

/// One document in, one answer out.
Exit answer_document(const Arguments& arguments, Answerer& answerer, Session& session) {
  Attempt<std::string> text = read_document(arguments.file(), session);
  if (!text) {
    return text.exit();
  }
  const std::string_view answer = answerer.answer(*text);
  const bool pretty =
      arguments.has("pretty") || (session.out_is_terminal && !arguments.has("compact"));
  if (pretty) {
    session.out << pretty_json(answer, session.out_style());
  } else {
    session.out << answer;
  }
  session.out << '\n';
  return answerer.refused() ? Exit::bad_document : Exit::ok;
}

/// One answer line for every input line, in order, whatever is in it. Answers go out before the
/// program waits for more, so that another program may ask and wait in turn.
Exit answer_lines(const Arguments& arguments, bool held, Answerer& answerer, Session& session) {
  InputError error;
  Descriptor file;
  if (!open_input(arguments.file(), session.standard_input, file, error)) {
    return report(error, session);
  }
  LineReader lines{file, held ? limits::document_bytes_max : limits::catalog_bytes_max};
  bool any_refused = false;
  Line line;
  while (!session.out.closed()) {
    if (lines.must_wait()) {
      session.out.flush();
    }
    if (!lines.next(line)) {
      break;
    }
    session.out << (line.too_large ? answerer.refuse_too_large() : answerer.answer(line.text))
                << '\n';
    any_refused = any_refused || answerer.refused();
  }
  if (lines.failed()) {
    return report(InputError{std::string{arguments.file()}, "it could not be read to its end."},
                  session);
  }
  return any_refused ? Exit::bad_document : Exit::ok;
}

Exit answer_command(const Arguments& arguments, Answerer::Kind kind, Session& session) {
  Attempt<std::unique_ptr<CatalogDocument>> held = held_catalog(arguments, session);
  if (!held) {
    return held.exit();
  }
  const Catalog* const catalog = *held ? &(*held)->catalog() : nullptr;
  Answerer answerer{catalog, kind, asked_for(arguments), !arguments.has("no-digest")};
  return arguments.has("jsonl") ? answer_lines(arguments, catalog != nullptr, answerer, session)
                                : answer_document(arguments, answerer, session);
}

}  // namespace

Exit quote_command(const Arguments& arguments, Session& session) {
  return answer_command(arguments, Answerer::Kind::quote, session);
}

Exit optimize_command(const Arguments& arguments, Session& session) {
  return answer_command(arguments, Answerer::Kind::best, session);
}

}  // namespace loyalty::cli
