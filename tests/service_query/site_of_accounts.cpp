#include "tests/service_query/site_of_accounts.h"

#include <array>
#include <filesystem>
#include <utility>

#include <unistd.h>

namespace loyalty::service {

SiteOfAccounts::SiteOfAccounts() {
  std::string pattern = (std::filesystem::temp_directory_path() / "loyalty-query-XXXXXX").string();
  folder_ = ::mkdtemp(pattern.data());
  store::SqliteOptions options;
  options.path = folder_ + "/loyalty.db";
  options.allow_data_loss = true;
  store_ = store::open_sqlite(options);
}

SiteOfAccounts::~SiteOfAccounts() {
  store_.reset();
  std::filesystem::remove_all(folder_);
}

void SiteOfAccounts::add(const std::vector<Person>& people) {
  store::Work work;
  work.tenant = 1;
  work.run = [&people](store::Session& session) {
    for (const Person& person : people) {
      store::AccountRow row;
      row.id = person.name;
      row.contact_id = "contact-" + person.name;
      row.member_id = person.member;
      row.contact_name = person.name;
      row.contact_email = person.email;
      row.available = Points::of(person.balance);
      row.earned = row.available;
      row.tier_id = person.tier;
      row.created = wire::time_of(person.created).value();
      row.updated = row.created;
      if (person.last_activity != nullptr) {
        row.last_activity = wire::time_of(person.last_activity);
      }
      row.state = "{}";
      session.insert(row);
    }
  };
  std::array<store::Work, 1> batch{std::move(work)};
  store_->write(batch);
  if (batch[0].failure) {
    std::rethrow_exception(batch[0].failure);
  }
}

std::string faults_of(const std::function<void()>& ask) {
  try {
    ask();
    return "";
  } catch (const wire::Refused& refused) {
    const wire::Json body = refused.body();
    std::string all;
    for (const wire::Json& one : body["details"]["validationError"]["fieldViolations"]) {
      all += all.empty() ? "" : "; ";
      all += one["field"].get<std::string>() + " " + one["violatedRule"].get<std::string>();
    }
    return all;
  }
}

}  // namespace loyalty::service
