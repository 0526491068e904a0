#pragma once

#include <functional>
#include <string>

#include "native/api/identity.h"
#include "native/store/audit.h"

/// Work on a data folder beside a server that may be running on it: only reading, in one snapshot.
namespace loyalty::serve {

/// Copies the database to a new file. Throws std::exception with a sentence.
void back_up(const std::string& data, const std::string& to);

/// Audits every site, after a look at every page of the file. Throws std::exception where the store
/// cannot be read.
void audit(const std::string& data,
           const std::function<void(const api::Site& site, const store::Audit& audit)>& each);

}  // namespace loyalty::serve
