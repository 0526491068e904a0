#include "native/api/live_events.h"

#include <algorithm>
#include <exception>
#include <iterator>
#include <utility>

#include "native/api/replies.h"

namespace loyalty::api {
namespace {

constexpr std::size_t page_events = 500;
/// Pages of one site before the others have their turn.
constexpr int pages_in_turn = 8;
/// When a caller with too many streams may try again.
constexpr std::int64_t retry_seconds = 30;

}  // namespace

LiveEvents::LiveEvents(Parts parts, const Options& options)
    : parts_{std::move(parts)}, options_{options}, thread_{[this] { work(); }} {}

LiveEvents::~LiveEvents() { stop(); }

void LiveEvents::stop() {
  {
    const std::lock_guard lock{mutex_};
    stopping_ = true;
  }
  woken_.notify_all();
  if (thread_.joinable()) {
    thread_.join();
  }
  const std::lock_guard lock{mutex_};
  for (const auto& [tenant, listeners] : sites_) {
    for (const ListenerPtr& listener : listeners) {
      listener->close();
    }
  }
  sites_.clear();
  count_ = 0;
}

/// Under the mutex.
void LiveEvents::check_room(const Audience& audience) const {
  std::size_t there = 0;
  std::size_t same = 0;
  if (const auto site = sites_.find(audience.tenant); site != sites_.end()) {
    there = site->second.size();
    for (const ListenerPtr& one : site->second) {
      if (one->is_open() && one->audience().principal == audience.principal) {
        ++same;
      }
    }
  }
  if (stopping_ || same >= options_.per_caller_max || there >= options_.per_site_max ||
      count_ >= options_.all_max) {
    throw too_many(retry_seconds);
  }
}

void LiveEvents::open(Audience audience, std::optional<std::int64_t> after,
                      const std::function<std::shared_ptr<http::Exchange::Stream>()>& begin) {
  const store::TenantId tenant = audience.tenant;
  std::int64_t last = 0;
  std::int64_t version = 0;
  parts_.store.read(tenant, [&](store::Session& session) {
    last = session.last_event();
    version = parts_.catalogs.state(session)->catalog_version;
    if (!audience.is_member()) {
      return;
    }
    if (const auto account = session.account_of_contact(audience.contact_id)) {
      audience.account_id = account->merged_into.empty() ? account->id : account->merged_into;
    }
  });
  const bool missed =
      audience.is_member() && after && (*after > last || *after < last - options_.missed_max);
  const std::int64_t position = missed ? last : std::min(after.value_or(last), last);
  {
    const std::lock_guard lock{mutex_};
    check_room(audience);
    sites_[tenant].push_back(std::make_shared<Listener>(std::move(audience), begin(), parts_.now(),
                                                        position, version, missed));
    ++count_;
    written_.insert(tenant);  // for what was committed since the snapshot
  }
  woken_.notify_one();
}

void LiveEvents::written(store::TenantId tenant) {
  if (count_ == 0) {
    return;
  }
  {
    const std::lock_guard lock{mutex_};
    if (!sites_.contains(tenant)) {
      return;
    }
    written_.insert(tenant);
  }
  woken_.notify_one();
}

void LiveEvents::work() {
  while (true) {
    const std::set<store::TenantId> tenants = wait();
    if (stopping_) {
      return;
    }
    for (const store::TenantId tenant : tenants) {
      try {
        serve(tenant);
      } catch (const std::exception& error) {
        // A store that cannot be read now is not asked again at once.
        behind_.insert(tenant);
        pause_ = options_.check;
        parts_.log.add(Log::Line{Log::Level::error, "live"}
                           .number("site", tenant)
                           .text("cause", error.what()));
      }
    }
    if (Clock::now() - checked_at_ >= options_.check) {
      checked_at_ = Clock::now();
      drop_ended();
    }
  }
}

/// The sites where there is something to tell.
std::set<store::TenantId> LiveEvents::wait() {
  std::unique_lock lock{mutex_};
  const auto news = [this] { return stopping_ || !written_.empty(); };
  if (sites_.empty()) {
    woken_.wait(lock, news);
  } else {
    woken_.wait_for(lock, behind_.empty() ? options_.check : pause_, news);
  }
  std::set<store::TenantId> tenants = std::exchange(written_, {});
  tenants.merge(behind_);
  behind_.clear();
  pause_ = pause_of_slow;
  return tenants;
}

void LiveEvents::serve(store::TenantId tenant) {
  std::vector<ListenerPtr> listeners;
  {
    const std::lock_guard lock{mutex_};
    const auto site = sites_.find(tenant);
    if (site == sites_.end()) {
      return;
    }
    listeners = site->second;
  }
  bool told = false;
  parts_.store.read(tenant, [&](store::Session& session) {
    told = tell_all(session, listeners);
    const std::int64_t version = parts_.catalogs.state(session)->catalog_version;
    for (const ListenerPtr& listener : listeners) {
      listener->tell_rest(session, version);
    }
  });
  if (!told) {
    behind_.insert(tenant);
  }
}

/// Reads on from whoever has been told least, as long as somebody takes what is read. False where
/// somebody has not been told everything.
bool LiveEvents::tell_all(store::Session& session, const std::vector<ListenerPtr>& listeners) {
  const std::int64_t last = session.last_event();
  std::vector<ListenerPtr> eager;
  const auto wants_more = [last](const ListenerPtr& one) {
    return one->is_open() && one->position() < last;
  };
  std::copy_if(listeners.begin(), listeners.end(), std::back_inserter(eager), wants_more);
  const bool for_members = std::any_of(eager.begin(), eager.end(), [](const ListenerPtr& one) {
    return one->audience().is_member();
  });
  for (int pages = 0; pages < pages_in_turn && !eager.empty(); ++pages) {
    const auto least = std::min_element(
        eager.begin(), eager.end(),
        [](const auto& a, const auto& b) { return a->position() < b->position(); });
    const EventPage page{session, session.events((*least)->position(), page_events), for_members};
    if (page.events().empty()) {
      break;
    }
    std::erase_if(eager, [&](const ListenerPtr& one) {
      one->tell(session, page);
      return one->position() < page.last() || !wants_more(one);
    });
  }
  return std::none_of(listeners.begin(), listeners.end(), wants_more);
}

/// Ends the streams of callers who may no longer listen, and forgets those that have ended.
void LiveEvents::drop_ended() {
  std::vector<ListenerPtr> all;
  {
    const std::lock_guard lock{mutex_};
    for (const auto& [tenant, listeners] : sites_) {
      all.insert(all.end(), listeners.begin(), listeners.end());
    }
  }
  const Instant now = parts_.now();
  for (const ListenerPtr& listener : all) {  // who may listen is asked of the store
    if (listener->is_open() && !listener->audience().may_listen(now)) {
      listener->close();
    }
  }
  const std::lock_guard lock{mutex_};
  for (auto site = sites_.begin(); site != sites_.end();) {
    count_ -= std::erase_if(site->second,
                            [](const ListenerPtr& listener) { return !listener->is_open(); });
    site = site->second.empty() ? sites_.erase(site) : std::next(site);
  }
}

}  // namespace loyalty::api
