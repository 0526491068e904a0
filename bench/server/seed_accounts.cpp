#include <charconv>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

#include "native/store/store.h"

// Fills a site with accounts, for measuring start-up and queries: the rows of people who joined and
// have not done anything yet.
//
// usage: seed_accounts <database file> <tenant> <count>
namespace {

using namespace loyalty;

std::int64_t number_of(std::string_view text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

/// A GUID that grows with `i`.
std::string id_of(char first, std::int64_t i) {
  char text[37];
  std::snprintf(text, sizeof text, "%c0000000-0000-7000-8000-%012llx", first,
                static_cast<unsigned long long>(i));
  return text;
}

}  // namespace

int main(int count, char** words) {
  if (count != 4) {
    std::fputs("usage: seed_accounts <database file> <tenant> <count>\n", stderr);
    return 2;
  }
  const std::unique_ptr<store::Store> store = store::open_sqlite({.path = words[1]});
  const store::TenantId tenant = number_of(words[2]);
  const std::int64_t accounts = number_of(words[3]);
  constexpr std::int64_t slice = 10'000;
  for (std::int64_t from = 0; from < accounts; from += slice) {
    store::Work work{.tenant = tenant, .run = [&](store::Session& session) {
                       for (std::int64_t i = from; i < accounts && i < from + slice; ++i) {
                         store::AccountRow row;
                         row.id = id_of('a', i);
                         row.contact_id = id_of('c', i);
                         row.created = Instant::from_ms(1'700'000'000'000 + i);
                         row.updated = row.created;
                         row.contact_email = "member" + std::to_string(i) + "@example.com";
                         row.contact_name = "Member " + std::to_string(i);
                         session.insert(row);
                       }
                     }};
    store->write({&work, 1});
    if (work.failure) {
      std::rethrow_exception(work.failure);
    }
  }
}
