#include "native/serve/first_start.h"

#include <fstream>
#include <sstream>
#include <stdexcept>

#include <fcntl.h>
#include <unistd.h>

#include "native/api/permissions.h"

namespace loyalty::serve {
namespace {

using service::Call;
using service::Caller;
using wire::Json;
using wire::text_at;

/// Runs in a transaction of a site, as the server itself.
void run(const Ground& ground, store::TenantId tenant, const std::function<void(Call&)>& work) {
  ground.queue.run(tenant, [&](store::Session& session) {
    const Caller server = api::server_caller(tenant);
    Call call{.store = session,
              .caller = server,
              .now = ground.clock.now(),
              .ids = ground.ids,
              .catalogs = ground.catalogs};
    work(call);
  });
}

/// A file that only its owner can read, from its first byte on.
void write_private(const std::string& path, const std::string& text) {
  const std::string part = path + ".part";
  static_cast<void>(::unlink(part.c_str()));
  const int file = ::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  const bool written =
      file >= 0 && ::write(file, text.data(), text.size()) == static_cast<::ssize_t>(text.size()) &&
      ::fsync(file) == 0;
  if (file >= 0) {
    ::close(file);
  }
  if (!written || std::rename(part.c_str(), path.c_str()) != 0) {
    throw std::runtime_error("the keys cannot be written to " + path);
  }
}

void read_keys(const std::string& path, FirstSite& first) {
  std::ifstream file{path};
  std::stringstream text;
  text << file.rdbuf();
  const Json keys = Json::parse(text.str(), nullptr, false);
  if (text_at(keys, "site") == first.site) {
    first.backend_key = text_at(keys, "backend");
    first.operator_key = text_at(keys, "operator");
  }
}

FirstSite make_first(const Ground& ground) {
  FirstSite first;
  first.made_now = true;
  run(ground, store::system_tenant, [&](Call& call) {
    const api::Site site = api::add_site(call, "First site", Json::object());
    const auto backend = api::add_key(call, Caller::Identity::app, "Backend",
                                      call.ids.next(call.now), {site.id}, api::first_scopes());
    const auto operating = api::add_key(call, Caller::Identity::user, "Operator",
                                        call.ids.next(call.now), {}, api::first_scopes());
    first.site = site.id;
    first.backend_key = backend.text;
    first.operator_key = operating.text;
  });
  return first;
}

}  // namespace

FirstSite prepare(const Ground& ground, api::Directory& directory, const std::string& keys_file) {
  FirstSite first;
  if (directory.roster()->sites().empty()) {
    first = make_first(ground);
    directory.changed();
    if (!keys_file.empty()) {
      write_private(keys_file, wire::text_of(Json{{"site", first.site},
                                                  {"backend", first.backend_key},
                                                  {"operator", first.operator_key}}) +
                                   "\n");
    }
  } else {
    first.site = directory.roster()->sites().front().id;
    if (!keys_file.empty()) {
      read_keys(keys_file, first);
    }
  }
  const auto roster = directory.roster();
  for (const api::Site& site : roster->sites()) {
    run(ground, site.tenant, [&](Call& call) { api::install_site(call, site); });
  }
  return first;
}

}  // namespace loyalty::serve
