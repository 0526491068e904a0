#include "native/commands/documents.h"

#include "native/text/input_words.h"
#include "native/text/utf8.h"

namespace loyalty::cli {
namespace {

std::string_view shown(std::string_view path) { return path == "-" ? "standard input" : path; }

}  // namespace

Exit report(const InputError& error, Session& session) {
  session.err << session.err_style()(Role::bad, "loyalty") << ": " << printable(error.path) << ": "
              << error.reason << "\n";
  return Exit::file;
}

Exit report(std::string_view file, const Error& error, Session& session) {
  const Style style = session.err_style();
  session.err << style(Role::bad, printable(shown(file))) << ": " << name_of(error.code);
  session.err << (error.path.empty() ? " in the document as a whole" : " at ")
              << style(Role::title, printable(error.path)) << ": " << printable(error.message)
              << "\n";
  return Exit::bad_document;
}

Attempt<std::string> read_document(std::string_view path, Session& session) {
  InputError error;
  Descriptor file;
  std::string text;
  if (!open_input(path, session.standard_input, file, error) ||
      !read_all(file, path, limits::catalog_bytes_max, text, error)) {
    return report(error, session);
  }
  return text;
}

Attempt<std::unique_ptr<CatalogDocument>> load_catalog(std::string_view path, Session& session) {
  Attempt<std::string> text = read_document(path, session);
  if (!text) {
    return text.exit();
  }
  const std::string beginning = text->substr(0, 256);  // enough to tell what kind of text it is
  auto catalog = CatalogDocument::from_json(std::move(*text));
  if (!catalog.ok()) {
    return report(path, said_of_input(catalog.error(), beginning, limits::catalog_bytes_max),
                  session);
  }
  return std::move(catalog.value());
}

Attempt<std::unique_ptr<CatalogDocument>> held_catalog(const Arguments& arguments,
                                                       Session& session) {
  const auto path = arguments.value_of("catalog");
  if (!path) {
    return std::unique_ptr<CatalogDocument>{};
  }
  if (*path == "-" && arguments.file() == "-") {
    session.err << "loyalty: the catalog and the request cannot both be standard input.\n";
    return Exit::usage;
  }
  return load_catalog(*path, session);
}

Attempt<LoadedRequest> load_request(const Arguments& arguments, Session& session) {
  Attempt<std::unique_ptr<CatalogDocument>> held = held_catalog(arguments, session);
  if (!held) {
    return held.exit();
  }
  Attempt<std::string> text = read_document(arguments.file(), session);
  if (!text) {
    return text.exit();
  }
  LoadedRequest loaded{std::move(*held), std::make_unique<std::string>(std::move(*text)),
                       std::make_unique<RequestReader>(), std::make_unique<RequestDocument>()};
  const Catalog* const catalog = loaded.held ? &loaded.held->catalog() : nullptr;
  if (const auto error = loaded.reader->read(*loaded.text, catalog, *loaded.request)) {
    return report(arguments.file(), *error, session);
  }
  return loaded;
}

Scene scene_of(const RequestDocument& request) {
  return {.catalog = request.catalog(),
          .account = request.account(),
          .cart = request.cart(),
          .resolved = request.resolved(),
          .now = request.now()};
}

}  // namespace loyalty::cli
