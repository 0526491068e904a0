#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/instant.h"
#include "native/api/event_page.h"
#include "native/http/server.h"

namespace loyalty::api {

/// Who listens to the events of a site.
struct Audience {
  store::TenantId tenant = store::system_tenant;
  std::string principal;   ///< whose streams are counted together
  std::string contact_id;  ///< of a member; empty: staff, who hears all domain events
  std::string account_id;  ///< of a member; empty before it has joined
  std::function<bool(Instant now)> may_listen;

  bool is_member() const { return !contact_id.empty(); }
};

/// One open stream: knows how far its caller has been told, and says the rest in the wire's form.
/// An id stands at the last event of what is told together, so whoever reconnects under an id has
/// had everything before it.
class Listener {
 public:
  /// Says hello: what time it is, by which rules, and where the stream begins. `missed`: what the
  /// caller has not been told before that cannot be told any more.
  Listener(Audience audience, std::shared_ptr<http::Exchange::Stream> stream, Instant now,
           std::int64_t position, std::int64_t catalog_version, bool missed);

  const Audience& audience() const { return audience_; }
  std::int64_t position() const { return position_; }
  bool is_open() const { return stream_->open(); }
  void close() { stream_->close(); }

  /// Tells what of the page follows on position(), as far as the client has room for it.
  /// Requires: the page begins at position() + 1 or before.
  void tell(store::Session& session, const EventPage& page);

  /// Tells a member what no page says: that anything may have changed while it was away, and that
  /// the rules are not the ones of the last time.
  void tell_rest(store::Session& session, std::int64_t catalog_version);

 private:
  void tell_staff(const EventPage& page);
  void tell_member(store::Session& session, const EventPage& page);
  std::vector<const EventPage::News*> own_news(const EventPage& page);
  std::string member_event(store::Session& session, std::string_view reason,
                           std::int64_t position) const;
  bool send(std::string text);

  Audience audience_;
  std::shared_ptr<http::Exchange::Stream> stream_;
  std::int64_t position_;
  std::int64_t catalog_version_;
  bool missed_;
};

}  // namespace loyalty::api
