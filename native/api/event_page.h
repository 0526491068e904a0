#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "native/service/member/news.h"
#include "native/store/session.h"

namespace loyalty::api {

/// Events of a site that were read together, for all who listen to it.
class EventPage {
 public:
  /// `for_members`: what the events mean to members is found out too.
  EventPage(store::Session& session, std::vector<store::EventRow> events, bool for_members);

  const std::vector<store::EventRow>& events() const { return events_; }
  /// Requires: there are events.
  std::int64_t last() const { return events_.back().sequence; }

  struct News {
    std::int64_t sequence = 0;
    service::MemberNews news;
  };
  /// News under the id of an account or a contact after a sequence, in order.
  std::vector<const News*> news_of(std::string_view id, std::int64_t after) const;

 private:
  std::vector<store::EventRow> events_;
  std::vector<News> news_;
  std::map<std::string, std::vector<std::size_t>, std::less<>> by_id_;
};

}  // namespace loyalty::api
