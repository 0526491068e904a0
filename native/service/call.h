#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/instant.h"
#include "native/store/session.h"
#include "native/wire/json.h"

/// One call being carried out.
namespace loyalty::service {

using wire::Json;

/// Who asks.
struct Caller {
  enum class Identity : std::uint8_t {
    anonymous,  ///< a visitor of a storefront
    member,     ///< a signed-in member, by a short-lived token
    app,        ///< a backend key of the site
    user,       ///< a person or program of the merchant that may see several sites
    server,     ///< the server itself: scheduled work
  };
  Identity identity = Identity::anonymous;
  std::string principal;   ///< stable name of the caller, the scope of its idempotency keys
  std::string app_id;      ///< what transactions name as their source
  std::string contact_id;  ///< members
  std::string member_id;   ///< members
  std::vector<std::string> scopes;
  std::vector<store::TenantId> sites;             ///< users: all that they belong to
  store::TenantId tenant = store::system_tenant;  ///< the site that is spoken of
};

/// Ids that grow with time, and random ones for secrets.
class Ids {
 public:
  virtual ~Ids() = default;
  virtual std::string next(Instant now) = 0;  ///< a GUID, version 7: ordered by creation
  virtual std::string coupon_code() = 0;  ///< 12 characters of 32, cryptographically random (U53)
  virtual std::string secret() = 0;       ///< 256 bits, as text
};
std::unique_ptr<Ids> make_ids();

/// What of a site is read on every call and changes rarely; see catalogs.h.
class Catalogs;

struct Call {
  store::Session& store;
  const Caller& caller;
  Instant now;
  Ids& ids;
  Catalogs& catalogs;
  std::string origin = {};           ///< who caused this, echoed in entries and events (U85)
  std::string idempotency_key = {};  ///< as the header had it
  std::string base_url = {};         ///< `https://loyalty.example`, as clients reach the server
  int status = 200;                  ///< of the answer, where it is another success than 200
  /// Further headers of the answer. Where one is an `ETag` that the request's If-None-Match names,
  /// the answer is 304 without a body.
  std::vector<std::pair<std::string, std::string>> headers = {};
  /// Runs after the commit, on the writer's thread; keep it short.
  std::vector<std::function<void()>> after_commit = {};
  bool anonymizing = false;  ///< events say so, in triggeredByAnonymizeRequest (U30)
  /// Reads another site that the caller belongs to, in a session of its own. Set for users.
  std::function<void(store::TenantId, const std::function<void(store::Session&)>&)> read_site = {};

  /// Work in other sites once this call is durable; its answer waits for it.
  std::vector<std::pair<store::TenantId, std::function<void(store::Session&)>>> follow_ups = {};

  bool is_member() const { return caller.identity == Caller::Identity::member; }
};

/// The kind of a domain event.
enum class EventKind : std::uint8_t { created, updated, deleted, action };

/// Writes an event to the outbox, in the transaction of the call.
/// `wix.loyalty.v1.reward`, `created`; body: the entity, or the action's body; null for deleted.
void emit(Call& call, std::string_view fqdn, std::string_view slug, EventKind kind,
          std::string_view entity_id, const Json& body);

}  // namespace loyalty::service
