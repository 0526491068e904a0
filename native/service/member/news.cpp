#include "native/service/member/news.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "native/service/accounts/posting.h"
#include "native/service/checkout/checkouts.h"
#include "native/service/program/documents.h"

namespace loyalty::service {
namespace {

using wire::member;
using wire::text_at;

constexpr std::string_view coupon_fqdn = "wix.loyalty.v1.coupon";
constexpr std::string_view discount_fqdn = "wix.loyalty.v1.checkout_discount";
constexpr std::string_view channel_fqdn = "wix.loyalty.socialmedia.v1.followed_channel";
constexpr std::string_view order_fqdn = "loyalty.v1.order";

/// What the event carries: the entity, or the body of an action; null of what was deleted.
const Json& content_of(const Json& envelope) {
  struct Place {
    std::string_view event, body;
  };
  constexpr Place places[] = {
      {"createdEvent", "entity"}, {"updatedEvent", "currentEntity"}, {"actionEvent", "body"}};
  const auto* const at =
      std::find_if(std::begin(places), std::end(places),
                   [&envelope](const Place& place) { return envelope.contains(place.event); });
  return at == std::end(places) ? member(envelope, "deletedEvent")
                                : member(member(envelope, at->event), at->body);
}

Json content_of(const store::EventRow& event) {
  const Json envelope = Json::parse(event.body);
  const Json& content = content_of(envelope);
  // Bodies are kept as text.
  return content.is_string() ? Json::parse(content.get_ref<const std::string&>()) : content;
}

/// `coupon_created`
std::string reason_of(const store::EventRow& event) {
  const std::size_t point = event.fqdn.rfind('.');
  return event.fqdn.substr(point == std::string::npos ? 0 : point + 1) + "_" + event.slug;
}

std::string change_of_discount(const store::EventRow& event, std::string_view status) {
  if (status == "APPLIED" || status == "IN_PROGRESS") {
    return event.slug == "created" ? "applied" : "recalculated";
  }
  if (status == "COMPLETED") {
    return "completed";
  }
  return status == "REFUNDED_DUE_TO_TIMEOUT" ? "expired" : "removed";
}

MemberNews news_of_account(const store::EventRow& event) {
  MemberNews news{.account_id = event.entity_id, .reason = event.slug};
  if (event.slug == "created") {  // nobody can know the account's id yet
    news.contact_id = text_at(content_of(event), "contactId");
  }
  return news;
}

std::optional<MemberNews> news_of_discount(store::Session& session, const store::EventRow& event) {
  const auto document = session.get(store::Kind::checkout_discount, event.entity_id);
  if (!document) {
    return std::nullopt;
  }
  const Json content = content_of(event);
  return MemberNews{
      .account_id = HeldDiscount{*document}.account_id(),
      .reason = reason_of(event),
      .checkout = CheckoutNews{.checkout_id = text_at(content, "checkoutId"),
                               .discount_id = event.entity_id,
                               .change = change_of_discount(event, text_at(content, "status"))}};
}

/// Of a coupon whose record was deleted the document is still there.
std::optional<MemberNews> news_of_coupon(store::Session& session, const store::EventRow& event) {
  const auto document = session.get(store::Kind::coupon, event.entity_id);
  if (!document) {
    return std::nullopt;
  }
  return MemberNews{.account_id = text_at(body_of(*document), "accountId"),
                    .reason = reason_of(event)};
}

/// Orders and checkouts belong to contacts, or to nobody.
std::optional<MemberNews> news_of_purchase(const store::EventRow& event) {
  const Json content = content_of(event);
  MemberNews news{.contact_id = text_at(content, "contactId"), .reason = reason_of(event)};
  if (news.contact_id.empty()) {
    return std::nullopt;
  }
  if (event.fqdn == checkout_fqdn) {
    news.checkout = CheckoutNews{.checkout_id = event.entity_id, .change = "recalculated"};
  } else if (event.slug == "created") {
    news.checkout =
        CheckoutNews{.checkout_id = text_at(content, "checkoutId"), .change = "completed"};
  }
  return news;
}

}  // namespace

std::optional<MemberNews> news_of(store::Session& session, const store::EventRow& event) {
  if (event.fqdn == account_fqdn) {
    return news_of_account(event);
  }
  if (event.fqdn == discount_fqdn) {
    return news_of_discount(session, event);
  }
  if (event.fqdn == coupon_fqdn) {
    return news_of_coupon(session, event);
  }
  if (event.fqdn == order_fqdn || event.fqdn == checkout_fqdn) {
    return news_of_purchase(event);
  }
  if (event.fqdn == transaction_fqdn || event.fqdn == channel_fqdn) {
    return MemberNews{.account_id = text_at(content_of(event), "accountId"),
                      .reason = reason_of(event)};
  }
  return std::nullopt;
}

}  // namespace loyalty::service
