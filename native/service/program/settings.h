#pragma once

#include "native/service/call.h"
#include "native/wire/schema.h"

/// The settings of a program that are our own: currency, calendar, and the switches of what it
/// does where merchants differ.
namespace loyalty::service {

wire::Schema settings_schema();

/// Settings, or some of them, as they may be stored: by the schema, with an existing currency and
/// time zone, and a policy that the core takes. Throws VALIDATION, with paths from `settings.` on.
Json checked_settings(const Json& settings);

}  // namespace loyalty::service
