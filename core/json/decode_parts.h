#pragma once

#include <span>

#include "core/json/decoder.h"
#include "core/json/shape.h"
#include "core/model/account.h"
#include "core/model/cart.h"
#include "core/model/catalog.h"

/// The shapes of the parts that documents share; decode.h has the documents. What could not be read
/// keeps its default, and the Decoder knows why.
namespace loyalty {

extern const Shape scope_shape;
extern const Shape conditions_shape;
extern const ListShape effects_list;
/// Promotions of a catalog, or those that a request brings along (`resolved`).
extern const ListShape promotions_list;

extern const Shape catalog_shape;
extern const Shape account_shape;
extern const Shape cart_shape;
extern const Shape intent_shape;

/// Bounds of values, of texts in bytes and of lists in entries; beside those in decoder.h.
namespace bounds {
inline constexpr Range id{1, limits::id_bytes_max};
inline constexpr Range name{0, limits::name_bytes_max};
inline constexpr Range order_number{1, ranges::count.max};
inline constexpr Range rule_tags{1, limits::scope_tags_max};
inline constexpr Range effects{0, limits::effects_max};
}  // namespace bounds

}  // namespace loyalty
