#include <array>
#include <cstdio>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <unistd.h>

#include "native/store/chain.h"
#include "native/store/store.h"

/// What a movement of points costs in the store: an entry, its account, the remembered answer and
/// two events, in batches of several sizes, beside what the disk gives alone. The database lies in
/// the temporary folder, which must be on the disk that is meant.
namespace loyalty::store {
namespace {

constexpr TenantId site = 1;
constexpr int account_count = 100'000;

std::string guid(std::int64_t number) {
  char text[40];
  std::snprintf(text, sizeof text, "01900000-0000-7000-8000-%012lld",
                static_cast<long long>(number));
  return text;
}

class Folder {
 public:
  Folder() : path_{(std::filesystem::temp_directory_path() / "store-bench-XXXXXX").string()} {
    if (mkdtemp(path_.data()) == nullptr) {
      std::abort();
    }
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  std::string file(const char* name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

void must(std::exception_ptr failure) {
  if (failure != nullptr) {
    std::rethrow_exception(failure);
  }
}

/// A store with accounts, and movements on random ones.
class Site {
 public:
  Site() : store_{open_sqlite({.path = folder_.file("store.db")})} {
    for (int from = 0; from < account_count; from += 5'000) {
      Work work{site,
                [from](Session& session) {
                  for (int i = from; i < from + 5'000; ++i) {
                    AccountRow row;
                    row.id = guid(i);
                    row.contact_id = guid(1'000'000 + i);
                    row.contact_name = "Somebody With A Name";
                    row.contact_email = "somebody" + std::to_string(i) + "@example.com";
                    row.state = state;
                    session.insert(row);
                  }
                },
                nullptr};
      store_->write({&work, 1});
      must(work.failure);
    }
  }

  void write_batch(std::size_t size) {
    std::vector<Work> works;
    works.reserve(size);
    for (std::size_t i = 0; i < size; ++i) {
      const std::int64_t number = ++moved_;
      const auto account = static_cast<std::int64_t>(random_() % account_count);
      works.push_back({site, [number, account](Session& s) { earn(s, number, account); }, nullptr});
    }
    store_->write(works);
    for (const Work& work : works) {
      must(work.failure);
    }
  }

 private:
  static constexpr const char* state =
      R"({"lots":[{"key":"01900000-0000-7000-8000-000000000001","sequence":1,"points":120}],)"
      R"("holds":[],"debts":[],"tierEvents":[{"at":1760000000000,"points":120}]})";

  static void earn(Session& session, std::int64_t number, std::int64_t account) {
    const std::string key = "rule:order " + std::to_string(number * 7919 % 1'000'003);
    if (session.remembered("earn", key)) {
      return;
    }
    AccountRow row = *session.account(guid(account));
    EntryRow entry;
    entry.entry.account = row.id;
    entry.entry.sequence = ++row.sequence;
    entry.entry.at = Instant::from_ms(1'760'000'000'000 + number);
    entry.entry.key = key;
    entry.entry.amount = Points::of(10);
    entry.entry.postings.move(Points::of(10), ledger::LedgerAccount::program_issued,
                              ledger::LedgerAccount::member_available);
    row.earned += Points::of(10);
    row.available += Points::of(10);
    entry.entry.available_after = row.available;
    entry.id = guid(10'000'000 + number);
    entry.transaction_type = "EARN";
    entry.description = "for an order";
    entry.info = R"({"earnInfo":{"appId":"01900000-0000-7000-8000-000000000099"}})";
    entry.hash = hash(row.chain, entry);
    row.chain = entry.hash;
    row.updated = entry.entry.at;
    row.latest = R"({"id":"01900000-0000-7000-8000-000000000001","amount":10,"type":"EARN"})";
    session.append(entry);
    session.update(row, row.revision++);
    session.remember("earn", key, {{}, 200, std::string(400, 'a')}, entry.entry.at);
    session.emit({0, guid(number), "loyalty.account", "points_updated", row.id, entry.entry.at,
                  std::string(700, 'e')});
    session.emit({0, guid(number), "loyalty.transaction", "created", entry.id, entry.entry.at,
                  std::string(400, 'e')});
  }

  Folder folder_;
  std::unique_ptr<Store> store_;
  std::mt19937 random_{5};
  std::int64_t moved_ = 0;
};

/// Built once: it takes seconds.
Site& the_site() {
  static Site made;
  return made;
}

void move_points(benchmark::State& state) {
  Site& shop = the_site();
  const auto batch = static_cast<std::size_t>(state.range(0));
  for (auto _ : state) {
    shop.write_batch(batch);
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(move_points)->Arg(1)->Arg(16)->Arg(64)->Arg(256)->UseRealTime();

/// What the disk gives: a page of log made durable, again and again.
void fdatasync_alone(benchmark::State& state) {
  const Folder folder;
  const int file = open(folder.file("log").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  const std::array<char, 4'096> page = {};
  std::int64_t at = 0;
  for (auto _ : state) {
    if (pwrite(file, page.data(), page.size(), at) != static_cast<ssize_t>(page.size()) ||
        fdatasync(file) != 0) {
      state.SkipWithError("the disk refused");
      break;
    }
    at = (at + 4'096) % (4'096 * 1'024);
  }
  close(file);
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(fdatasync_alone)->UseRealTime();

}  // namespace
}  // namespace loyalty::store
