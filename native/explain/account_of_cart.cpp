#include "native/explain/account_of_cart.h"

#include "native/text/utf8.h"

namespace loyalty::cli {
namespace {

std::string who(const Scene& scene) {
  if (scene.account == nullptr) {
    return "A guest";
  }
  const Account& account = *scene.account;
  std::string text = "Member " + printable(account.id.text());
  if (scene.catalog.tiers_active) {
    text += ", " + scene.tier_name(account.tier) + " (" + count(account.tier_points.count()) +
            " tier points)";
  }
  text += ", " + scene.points(account.available) + " available";
  text += account.held > no_points ? ", " + count(account.held.count()) + " held" : "";
  return text;
}

void add_part(std::string& out, std::string part) {
  if (!part.empty()) {
    out += "\n" + part;
  }
}

std::string best_words(const Scene& scene, const Best& best) {
  if (!best.asked) {
    return "";
  }
  return best.optimal ? "  This is the best combination there is.\n"
                      : "  The best combination found; none saves more than " +
                            scene.money_with_code(best.bound) + ".\n";
}

}  // namespace

std::string heading_part(const Scene& scene, const Style& style) {
  const std::string& name = printable(scene.catalog.program.name);
  std::string out = "  " + style(Role::title, name.empty() ? "Checkout" : name) + "\n";
  out += "  " + who(scene) + "\n";
  const std::string order = scene.cart.id.empty() ? "" : printable(scene.cart.id) + " · ";
  out += "  " +
         style(Role::quiet, order + date(scene.now) + " · amounts in " +
                                std::string{scene.catalog.currency.code()} +
                                (scene.cart.prices_include_tax ? ", tax included" : ", tax added") +
                                " · catalog " + printable(scene.catalog.version)) +
         "\n";
  return out;
}

std::string account_of_cart(const Scene& scene, const Quote& quote,
                            const std::vector<std::string>& notes, const Best& best,
                            const Style& style) {
  std::string out = heading_part(scene, style);
  add_part(out, cart_part(scene, quote, style));
  add_part(out, discounts_part(scene, quote, style));
  add_part(out, total_part(scene, quote, style));
  add_part(out, points_part(scene, quote, style));
  add_part(out, refused_part(scene, quote, style));
  add_part(out, best.asked ? best_words(scene, best) : offers_part(scene, quote, notes, style));
  add_part(out, near_misses_part(scene, quote, style));
  return out;
}

}  // namespace loyalty::cli
