#pragma once

#include "native/wire/schema.h"

/// Shapes that requests and answers of this area share.
namespace loyalty::service::shapes {

wire::Schema revision();
wire::Schema coupon();
wire::Schema discount();
/// With what a checkout page needs beside.
wire::Schema shop_discount();
wire::Schema checkout();
wire::Schema order();
/// A document of the core, checked by the core itself.
wire::Schema core_document(std::string_view name);

}  // namespace loyalty::service::shapes
