#include <chrono>
#include <csignal>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

#include "native/store/audit.h"
#include "native/store/write_queue.h"
#include "tests/store/rows.h"
#include "tests/store/store_fixture.h"

namespace loyalty::store {
namespace {

constexpr int writers = 4;

/// Grants points until it is killed; writes the key of each acknowledged grant to the pipe.
[[noreturn]] void write_until_killed(const std::string& path, int round, int acknowledged) {
  const auto store = open_sqlite({.path = path, .cache_bytes = 1u << 20});
  WriteQueue queue{*store, {}};
  std::vector<std::thread> threads;
  for (int writer = 0; writer < writers; ++writer) {
    threads.emplace_back([&, writer] {
      for (int i = 0;; ++i) {
        const int key = (round * writers + writer) * 1'000'000 + i;
        queue.run(site, [&](Session& s) {
          Mover mover{s, guid(writer)};
          mover.earn(10, std::to_string(key));
          mover.redeem(4, "r" + std::to_string(key));
          s.remember("earn", std::to_string(key), {}, at(i));
          s.emit({});
        });
        // Less than PIPE_BUF: never in pieces.
        if (::write(acknowledged, &key, sizeof key) != sizeof key) {
          _exit(3);
        }
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  _exit(4);
}

/// Runs a child for a while and kills it. The keys that it acknowledged.
std::vector<int> acknowledged_before_kill(const std::string& path, int round,
                                          std::chrono::milliseconds lifetime) {
  int ends[2];
  EXPECT_EQ(pipe(ends), 0);
  const pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    write_until_killed(path, round, ends[1]);
  }
  close(ends[1]);
  std::vector<int> keys;
  std::thread killer;
  int key = 0;
  while (::read(ends[0], &key, sizeof key) == sizeof key) {
    if (keys.empty()) {
      killer = std::thread{[=] {
        std::this_thread::sleep_for(lifetime);
        kill(child, SIGKILL);
      }};
    }
    keys.push_back(key);
  }
  close(ends[0]);
  if (killer.joinable()) {
    killer.join();
  }
  int status = 0;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFSIGNALED(status));
  return keys;
}

TEST(SqliteCrash, AKilledProcessLosesNothingThatItAcknowledged) {
  const Folder folder;
  const std::string path = folder.file("store.db");
  {
    const auto store = open_sqlite({.path = path});
    write(*store, site, [](Session& s) {
      for (int writer = 0; writer < writers; ++writer) {
        s.insert(account(writer));
      }
    });
  }
  std::vector<int> acknowledged;
  for (int round = 0; round < 6; ++round) {
    const auto lifetime = std::chrono::milliseconds{20 + 37 * round};
    const std::vector<int> keys = acknowledged_before_kill(path, round, lifetime);
    EXPECT_FALSE(keys.empty());
    acknowledged.insert(acknowledged.end(), keys.begin(), keys.end());
    const auto store = open_sqlite({.path = path});
    store->read(site, [&](Session& s) {
      EXPECT_EQ(audit(s).found, 0);
      std::set<std::string> stored;
      for (int writer = 0; writer < writers; ++writer) {
        for (const EntryRow& row : s.entries(guid(writer), 0, 10'000'000)) {
          stored.insert(row.entry.key);
        }
      }
      for (const int key : acknowledged) {
        EXPECT_TRUE(stored.contains(std::to_string(key))) << key;
        EXPECT_TRUE(stored.contains("r" + std::to_string(key))) << key;
        EXPECT_TRUE(s.remembered("earn", std::to_string(key))) << key;
      }
      // All of a work or nothing of it.
      EXPECT_EQ(static_cast<std::int64_t>(stored.size()), 2 * audit(s).events);
    });
  }
}

}  // namespace
}  // namespace loyalty::store
