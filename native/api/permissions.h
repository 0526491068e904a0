#pragma once

#include <cstdint>
#include <string_view>

#include "native/service/call.h"
#include "native/service/route.h"

/// The one table of who may do what. What is not in it is not allowed.
namespace loyalty::api {

/// What a key must have been given.
enum class Scope : std::uint8_t {
  none,    ///< nothing: the row is public, or about the caller itself
  read,    ///< `read_scope`, or manage
  manage,  ///< `manage_scope`
  admin,   ///< `admin_scope`: keys, sites, the clock
};

inline constexpr std::string_view read_scope = "SCOPE.DC-LOYALTY.READ-LOYALTY";
inline constexpr std::string_view manage_scope = "SCOPE.DC-LOYALTY.MANAGE-LOYALTY";
inline constexpr std::string_view restaurants_scope = "SCOPE.RESTAURANTS.MEGA-SCOPES";
inline constexpr std::string_view admin_scope = "SCOPE.DC-LOYALTY.MANAGE-KEYS";

/// Whose data the rows with a permission work on.
enum class Data : std::uint8_t {
  site,    ///< the caller's site
  keys,    ///< the server's, about the caller's site
  server,  ///< the server's; no site need be named
};

/// One row of the table.
struct Grant {
  service::Permission permission;
  std::string_view name;  ///< `LOYALTY.READ_ACCOUNTS`; of permissions of our own too
  bool anonymous = false;
  bool member = false;
  bool app = false;
  bool user = false;
  Scope scope = Scope::none;  ///< that an app or a user needs
  Data data = Data::site;
};

/// Null where the table has no row: nobody may.
const Grant* grant_of(service::Permission permission);

/// Whether the scopes of a key include one.
bool has_scope(const service::Caller& caller, Scope scope);

enum class Verdict : std::uint8_t { allowed, unauthenticated, denied };

/// Whether the caller may use a row with this permission. `unauthenticated`: a visitor, who may try
/// again after signing in.
Verdict judge(service::Permission permission, const service::Caller& caller);

}  // namespace loyalty::api
