#pragma once

namespace loyalty {

/// A build that only previews, made with -DLOYALTY_PREVIEW: amounts, points and codes are those of
/// the complete build, from the same code; why something was refused is told by its code alone,
/// without facts, fixes, explanations or near misses.
#ifdef LOYALTY_PREVIEW
inline constexpr bool preview_only = true;
#else
inline constexpr bool preview_only = false;
#endif

}  // namespace loyalty
