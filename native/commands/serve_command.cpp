#include <csignal>
#include <cstdlib>
#include <exception>
#include <string>

#include "core/base/limits.h"
#include "native/commands/commands.h"
#include "native/commands/documents.h"
#include "native/io/input.h"
#include "native/serve/offline.h"
#include "native/serve/server.h"
#include "native/wire/json.h"

namespace loyalty::cli {
namespace {

using wire::Json;

Exit failed(Session& session, std::string_view command, std::string_view sentence, Exit exit) {
  session.err << session.err_style()(Role::bad, command) << ": " << sentence << "\n";
  return exit;
}

constexpr std::size_t config_bytes_max = 64 * 1'024;

/// False with the reason where the file of --config cannot be read.
bool read_sources(const Arguments& arguments, Session& session, serve::Sources& sources,
                  InputError& error) {
  for (const serve::Setting& setting : serve::settings()) {
    if (const auto value = arguments.value_of(setting.name)) {
      sources.flags.emplace_back(setting.name, *value);
    }
  }
  sources.variable = [](const std::string& name) -> const char* {
    return std::getenv(name.c_str());
  };
  const auto path = arguments.value_of("config");
  if (!path) {
    return true;
  }
  sources.file_name = *path;
  Descriptor file;
  return open_input(*path, session.standard_input, file, error) &&
         read_all(file, *path, config_bytes_max, sources.file, error);
}

/// SIGTERM and SIGINT, taken by whoever waits for them and by no other thread.
class StopSignals {
 public:
  StopSignals() {
    sigemptyset(&set_);
    sigaddset(&set_, SIGTERM);
    sigaddset(&set_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &set_, &before_);
  }
  ~StopSignals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  void wait() const {
    int signal = 0;
    while (sigwait(&set_, &signal) != 0) {
    }
  }

  /// From now on such a signal ends the process at once.
  void let_through() const { pthread_sigmask(SIG_UNBLOCK, &set_, nullptr); }

 private:
  sigset_t set_{};
  sigset_t before_{};
};

void greet_program(const serve::Server& server, Session& session) {
  const serve::FirstSite& first = server.first_site();
  Json keys = Json::object();
  if (!first.backend_key.empty()) {
    keys = {{"backend", first.backend_key}, {"operator", first.operator_key}};
  }
  session.out << wire::text_of(Json{
                     {"listening", server.url()}, {"site", first.site}, {"keys", std::move(keys)}})
              << "\n";
  session.out.flush();
}

void greet_person(const serve::Server& server, const serve::Config& config, Session& session) {
  const Style style = session.out_style();
  const serve::FirstSite& first = server.first_site();
  session.out << style(Role::title, "loyalty") << " serves " << style(Role::figure, server.url())
              << "\n\n  data      " << config.data << "\n  site      " << first.site << "\n";
  if (!first.backend_key.empty()) {
    session.out << "  backend   " << first.backend_key << "\n  operator  " << first.operator_key
                << "\n\n"
                << (config.is_local()
                        ? "  The keys are kept beside the data, for this machine only.\n"
                        : "  The keys are shown this once: keep them.\n");
  }
  session.out << style(Role::quiet, "\n  " + server.url() +
                                        "/openapi.json says what can be asked; "
                                        "Ctrl-C stops.\n");
  session.out.flush();
}

Exit serve(const serve::Config& config, bool json, Session& session) {
  const StopSignals signals;
  serve::Server server{config};
  if (json) {
    greet_program(server, session);
  } else {
    greet_person(server, config, session);
  }
  signals.wait();
  signals.let_through();
  if (!server.stop()) {
    return failed(session, "loyalty serve", "some requests were cut off.", Exit::ok);
  }
  return Exit::ok;
}

/// The data folder that backup and audit look at.
std::string data_of(const Arguments& arguments) {
  return std::string{arguments.value_of("data").value_or(serve::Config{}.data)};
}

std::string_view plural(std::int64_t count) { return count == 1 ? "" : "s"; }

}  // namespace

Exit serve_command(const Arguments& arguments, Session& session) {
  serve::Sources sources;
  InputError error;
  if (!read_sources(arguments, session, sources, error)) {
    return report(error, session);
  }
  const auto config = serve::read_config(sources);
  if (!config.ok()) {
    return failed(session, "loyalty serve", config.error() + ".", Exit::usage);
  }
  try {
    return serve(config.value(), arguments.has("json"), session);
  } catch (const std::exception& problem) {
    return failed(session, "loyalty serve", std::string{problem.what()} + ".", Exit::file);
  }
}

Exit backup_command(const Arguments& arguments, Session& session) {
  const auto to = arguments.value_of("to");
  if (!to) {
    return failed(session, "loyalty backup", "--to FILE is missing.", Exit::usage);
  }
  try {
    serve::back_up(data_of(arguments), std::string{*to});
  } catch (const std::exception& problem) {
    return failed(session, "loyalty backup", std::string{problem.what()} + ".", Exit::file);
  }
  session.out << "Copied to " << *to << ".\n";
  return Exit::ok;
}

Exit audit_command(const Arguments& arguments, Session& session) {
  std::int64_t found = 0;
  try {
    serve::audit(data_of(arguments), [&](const api::Site& site, const store::Audit& audit) {
      found += audit.found;
      session.out << site.id << ": " << std::to_string(audit.accounts) << " account"
                  << plural(audit.accounts) << ", " << std::to_string(audit.entries) << " entr"
                  << (audit.entries == 1 ? "y" : "ies") << ", " << std::to_string(audit.found)
                  << " finding" << plural(audit.found) << "\n";
      for (const store::Finding& finding : audit.findings) {
        session.out << "  " << store::name_of(finding.invariant)
                    << (finding.account.empty() ? "" : " account " + finding.account)
                    << (finding.sequence == 0 ? "" : " entry " + std::to_string(finding.sequence))
                    << "\n";
      }
    });
  } catch (const std::exception& problem) {
    return failed(session, "loyalty audit", std::string{problem.what()} + ".", Exit::file);
  }
  return found == 0 ? Exit::ok : Exit::bad_document;
}

}  // namespace loyalty::cli
