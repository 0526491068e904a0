#include "native/api/event_page.h"

#include <utility>

namespace loyalty::api {

EventPage::EventPage(store::Session& session, std::vector<store::EventRow> events, bool for_members)
    : events_{std::move(events)} {
  if (!for_members) {
    return;
  }
  for (const store::EventRow& event : events_) {
    auto news = service::news_of(session, event);
    if (!news) {
      continue;
    }
    for (const std::string& id : {news->account_id, news->contact_id}) {
      if (!id.empty()) {
        by_id_[id].push_back(news_.size());
      }
    }
    news_.push_back({event.sequence, *std::move(news)});
  }
}

std::vector<const EventPage::News*> EventPage::news_of(std::string_view id,
                                                       std::int64_t after) const {
  std::vector<const News*> found;
  if (const auto at = by_id_.find(id); at != by_id_.end()) {
    for (const std::size_t index : at->second) {
      if (news_[index].sequence > after) {
        found.push_back(&news_[index]);
      }
    }
  }
  return found;
}

}  // namespace loyalty::api
