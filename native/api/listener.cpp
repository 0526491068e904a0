#include "native/api/listener.h"

#include <algorithm>
#include <optional>

#include "native/service/events.h"
#include "native/wire/json.h"

namespace loyalty::api {
namespace {

using wire::Json;

/// One event. JSON text has no line ends, so one line holds the data.
std::string event_text(std::string_view name, const Json& data,
                       std::optional<std::int64_t> id = {}) {
  std::string text;
  if (id) {
    text.append("id: ").append(std::to_string(*id)).append("\n");
  }
  text.append("event: ").append(name).append("\ndata: ").append(wire::text_of(data));
  text.append("\n\n");
  return text;
}

Json checkout_json(const service::CheckoutNews& news) {
  Json data{{"checkoutId", news.checkout_id}, {"change", news.change}};
  if (!news.discount_id.empty()) {
    data["discountId"] = news.discount_id;
  }
  return data;
}

}  // namespace

bool Listener::send(std::string text) {
  return stream_->has_room(text.size()) && stream_->send(std::move(text));
}

Listener::Listener(Audience audience, std::shared_ptr<http::Exchange::Stream> stream, Instant now,
                   std::int64_t position, std::int64_t catalog_version, bool missed)
    : audience_{std::move(audience)},
      stream_{std::move(stream)},
      position_{position},
      catalog_version_{catalog_version},
      missed_{missed} {
  send(event_text(
      "hello",
      {{"serverTime", wire::time_text(now)}, {"catalogVersion", std::to_string(catalog_version)}},
      missed ? std::nullopt : std::optional(position)));
}

void Listener::tell(store::Session& session, const EventPage& page) {
  if (audience_.is_member()) {
    tell_member(session, page);
  } else {
    tell_staff(page);
  }
}

void Listener::tell_staff(const EventPage& page) {
  for (const store::EventRow& event : page.events()) {
    if (event.sequence <= position_) {
      continue;
    }
    if (!send(event_text("domain", service::event_json(event), event.sequence))) {
      return;
    }
    position_ = event.sequence;
  }
}

/// What the page says about the member, in order. The account is met with its opening.
std::vector<const EventPage::News*> Listener::own_news(const EventPage& page) {
  std::vector<const EventPage::News*> own = page.news_of(audience_.contact_id, position_);
  for (const EventPage::News* one : own) {
    if (audience_.account_id.empty()) {
      audience_.account_id = one->news.account_id;
    }
  }
  if (!audience_.account_id.empty()) {
    const auto more = page.news_of(audience_.account_id, position_);
    own.insert(own.end(), more.begin(), more.end());
  }
  std::sort(own.begin(), own.end());  // of one list: by address is by sequence
  own.erase(std::unique(own.begin(), own.end()), own.end());
  return own;
}

void Listener::tell_member(store::Session& session, const EventPage& page) {
  const std::vector<const EventPage::News*> own = own_news(page);
  if (!own.empty()) {
    std::vector<service::CheckoutNews> checkouts;
    for (const EventPage::News* one : own) {
      const auto& news = one->news.checkout;
      if (news && std::find(checkouts.begin(), checkouts.end(), *news) == checkouts.end()) {
        checkouts.push_back(*news);
      }
    }
    std::string text;
    for (const service::CheckoutNews& checkout : checkouts) {
      text += event_text("checkout", checkout_json(checkout));
    }
    text += member_event(session, own.back()->news.reason, page.last());
    if (!send(std::move(text))) {
      return;
    }
  }
  position_ = page.last();
}

void Listener::tell_rest(store::Session& session, std::int64_t catalog_version) {
  if (!audience_.is_member()) {
    return;
  }
  if (missed_ && send(member_event(session, "resumed", position_))) {
    missed_ = false;
  }
  if (catalog_version != catalog_version_ &&
      send(event_text("program", {{"catalogVersion", std::to_string(catalog_version)}}))) {
    catalog_version_ = catalog_version;
  }
}

std::string Listener::member_event(store::Session& session, std::string_view reason,
                                   std::int64_t position) const {
  const auto account =
      audience_.account_id.empty() ? std::nullopt : session.account(audience_.account_id);
  return event_text("member",
                    {{"revision", std::to_string(account ? account->revision : 0)},
                     {"reason", std::string{reason}}},
                    position);
}

}  // namespace loyalty::api
