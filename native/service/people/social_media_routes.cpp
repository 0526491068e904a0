#include <algorithm>
#include <utility>

#include "native/service/accounts/desk.h"
#include "native/service/people/social_media.h"
#include "native/service/program/awards.h"
#include "native/service/program/documents.h"
#include "native/service/program/program.h"
#include "native/service/query/filters.h"
#include "native/service/route.h"
#include "native/wire/refused.h"

namespace loyalty::service {
namespace {

using store::Kind;
using wire::Code;
using wire::Refused;
using wire::text_at;

constexpr std::string_view fqdn = "wix.loyalty.socialmedia.v1.followed_channel";
constexpr std::size_t channels_max = 5;

Json channel_json(const store::Document& document) {
  const Json body = body_of(document);
  return {{"id", document.id},
          {"accountId", text_at(body, "accountId")},
          {"channel", text_at(body, "channel")},
          {"createdDate", wire::time_text(document.created)}};
}

std::string follow_key(std::string_view account, std::string_view channel) {
  return std::string{account}.append(":").append(channel);
}

std::vector<store::Document> followed_by(Call& call, std::string_view account) {
  store::Query query;
  query.filter = condition({"accountId", store::ValueType::text}, store::Filter::Op::eq,
                           {std::string{account}});
  query.sort = {{{"createdDate", store::ValueType::instant}, false}};
  query.limit = 2 * channels_max;
  return call.store.page(Kind::followed_channel, query).rows;
}

/// Trusted: nobody can look whether the member really follows (U79).
Json follow(Call& call, const Json& request) {
  const store::AccountRow account = own_account(call);
  const std::string channel = text_at(wire::member(request, "followedChannel"), "channel");
  const auto enabled = program_of(call)->enabled_channels;
  if (std::find(enabled.begin(), enabled.end(), channel) == enabled.end()) {
    throw Refused{Code::channel_not_enabled};
  }
  store::Document document =
      new_document(call, Json{{"accountId", account.id}, {"channel", channel}});
  const std::string key = follow_key(account.id, channel);
  document.keys = {{"follow", key}};
  if (call.store.find(Kind::followed_channel, "follow", key)) {
    throw Refused{Code::already_followed};
  }
  call.store.insert(Kind::followed_channel, document);
  Json shown = channel_json(document);
  emit(call, fqdn, "created", EventKind::created, document.id, shown);
  Activity activity;
  activity.contact_id = account.contact_id;
  activity.trigger_app_id = loyalty_app;
  activity.activity_type = follow_activity;
  activity.event_id = "follow:" + key;
  activity.channel = channel;
  award(call, activity);
  return {{"followedChannel", std::move(shown)}};
}

Json list(Call& call, const Json&) {
  const store::AccountRow account = own_account(call);
  Json channels = Json::array();
  for (const store::Document& document : followed_by(call, account.id)) {
    channels.push_back(channel_json(document));
  }
  return {{"followedChannels", std::move(channels)}};
}

}  // namespace

void channels_merged(Call& call, std::string_view from, std::string_view into) {
  for (const store::Document& document : followed_by(call, from)) {
    Json body = body_of(document);
    const std::string channel = text_at(body, "channel");
    const std::string key = follow_key(into, channel);
    if (call.store.find(Kind::followed_channel, "follow", key)) {
      call.store.remove(Kind::followed_channel, document.id);
      continue;
    }
    body["accountId"] = std::string{into};
    store::Document next = next_revision(call, document, body);
    next.keys = {{"follow", key}};
    call.store.update(Kind::followed_channel, next);
  }
}

std::size_t channels_followed(Call& call, std::string_view account) {
  return followed_by(call, account).size();
}

void add_social_media_routes(Routes& to) {
  using namespace wire;
  const Schema channel = enumeration({"FACEBOOK", "INSTAGRAM", "LINKEDIN", "X", "TIKTOK"});
  const Schema shown = object({required("id", guid()), required("accountId", guid()),
                               required("channel", channel), required("createdDate", timestamp())});
  to.push_back(
      {.name = "socialMedia.createFollowedChannel",
       .verb = Verb::post,
       .path = "/loyalty-social-media/v1/followed-channels",
       .permission = Permission::followed_channel_create,
       .access = Route::Access::write,
       .request = object(
           {required("followedChannel",
                     object({required("channel", channel), read_only("id", any()),
                             read_only("accountId", any()), read_only("createdDate", any())}))}),
       .response = object({required("followedChannel", shown)}),
       .run = follow,
       .summary = "The calling member follows a channel of the site, and gets points for it"});
  to.push_back({.name = "socialMedia.listFollowedChannels",
                .verb = Verb::get,
                .path = "/loyalty-social-media/v1/followed-channels",
                .permission = Permission::followed_channel_read,
                .access = Route::Access::read,
                .request = object({}),
                .response = object({required("followedChannels", array(shown, 0, channels_max))}),
                .run = list,
                .summary = "The channels that the calling member follows"});
}

}  // namespace loyalty::service
