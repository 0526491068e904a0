#include "native/serve/offline.h"

#include <filesystem>
#include <stdexcept>

#include "native/store/sqlite/backup.h"
#include "native/store/sqlite/connection.h"
#include "native/store/sqlite/session.h"
#include "native/store/sqlite/settings.h"

namespace loyalty::serve {
namespace {

using store::sqlite::Connection;
using store::sqlite::SqliteSession;

std::string database_of(const std::string& data) {
  const auto path = std::filesystem::path{data} / "loyalty.db";
  if (!std::filesystem::exists(path)) {
    throw std::runtime_error("there is no store in " + data);
  }
  return path.string();
}

}  // namespace

void back_up(const std::string& data, const std::string& to) {
  Connection source{database_of(data), Connection::Role::reader};
  store::sqlite::back_up(source, to);
}

void audit(const std::string& data,
           const std::function<void(const api::Site&, const store::Audit&)>& each) {
  Connection source{database_of(data), Connection::Role::reader};
  store::sqlite::require_sound(source);
  source.execute("BEGIN");
  SqliteSession system{source, store::system_tenant};
  for (const api::Site& site : api::sites_of(system)) {
    SqliteSession session{source, site.tenant};
    each(site, store::audit(session));
  }
  source.execute("ROLLBACK");
}

}  // namespace loyalty::serve
