#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "native/store/store.h"
#include "native/wire/json.h"
#include "native/wire/refused.h"

namespace loyalty::service {

/// A store in a folder of its own, with accounts to ask for.
class SiteOfAccounts {
 public:
  SiteOfAccounts();
  ~SiteOfAccounts();
  SiteOfAccounts(const SiteOfAccounts&) = delete;
  SiteOfAccounts& operator=(const SiteOfAccounts&) = delete;

  struct Person {
    std::string name;
    std::string email = {};
    std::int64_t balance = 0;
    const char* created = "2026-01-01T00:00:00Z";
    std::string tier = {};
    const char* last_activity = nullptr;
    std::string member = {};
  };
  /// Their ids are their names.
  void add(const std::vector<Person>& people);

  void read(const std::function<void(store::Session&)>& run) { store_->read(1, run); }

 private:
  std::string folder_;
  std::unique_ptr<store::Store> store_;
};

/// `field RULE; …` of what is refused; empty where nothing is.
std::string faults_of(const std::function<void()>& ask);

}  // namespace loyalty::service
