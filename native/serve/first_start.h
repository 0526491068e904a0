#pragma once

#include <optional>
#include <string>

#include "native/api/directory.h"
#include "native/serve/clock.h"
#include "native/store/store.h"
#include "native/store/write_queue.h"

/// What a data folder gets before the first request.
namespace loyalty::serve {

/// The first site and the keys to it, as far as they are known: only their owner has their secrets,
/// but a server that only this machine can call keeps them in a file, so that it can show them
/// again.
struct FirstSite {
  std::string site;  ///< GUID
  std::string backend_key;
  std::string operator_key;
  bool made_now = false;
};

struct Ground {
  store::WriteQueue& queue;
  service::Ids& ids;
  service::Catalogs& catalogs;
  ServerClock& clock;
};

/// Makes a site with its keys where there is none, and finishes sites whose making was cut short.
/// `keys_file`: where keys are kept; empty: nowhere.
FirstSite prepare(const Ground& ground, api::Directory& directory, const std::string& keys_file);

}  // namespace loyalty::serve
