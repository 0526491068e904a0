#include "native/explain/account_of_cart.h"
#include "native/text/table.h"
#include "native/text/utf8.h"

namespace loyalty::cli {
namespace {

class TotalTable {
 public:
  TotalTable(const Scene& scene, const Quote& quote) : scene_{scene}, quote_{quote} {}

  std::string text(const Style& style) {
    items();
    step(quote_.shipping, "Shipping");
    step(-quote_.shipping_discount, "Shipping discounts", Role::good);
    if (!scene_.cart.prices_include_tax) {
      step(quote_.tax, "Tax");
    }
    step(quote_.fees, "Fees");
    table_.rule();
    table_.row({"Total", scene_.money(quote_.total)}, Role::title);
    if (scene_.cart.prices_include_tax && quote_.tax != no_money) {
      table_.row({"  tax in it", scene_.money(quote_.tax)}, Role::quiet);
    }
    wallets();
    table_.row(
        {"To pay", scene_.money(quote_.payable), std::string{scene_.catalog.currency.code()}},
        {Role::title, Role::figure, Role::figure});
    return table_.text(style);
  }

 private:
  void items() {
    table_.row({"Items", scene_.money(quote_.subtotal)});
    if (quote_.items_discount != no_money) {
      table_.row({"Discounts on items", scene_.money(-quote_.items_discount)},
                 {Role::plain, Role::good});
      table_.row({"Items after discounts", scene_.money(quote_.items_net)}, Role::quiet);
    }
  }

  void step(Money amount, std::string name, Role role = Role::plain) {
    if (amount != no_money) {
      table_.row({std::move(name), scene_.money(amount)}, {Role::plain, role});
    }
  }

  void wallets() {
    for (const ExplainRow& row : quote_.explain.value_or(std::span<const ExplainRow>{})) {
      if (row.step == ExplainStep::wallet) {
        table_.row({"Paid by " + printable(row.id), scene_.money(-row.amount)});
      }
    }
  }

  const Scene& scene_;
  const Quote& quote_;
  Table table_{{Align::left, Align::right, Align::left}};
};

}  // namespace

std::string total_part(const Scene& scene, const Quote& quote, const Style& style) {
  return TotalTable{scene, quote}.text(style);
}

}  // namespace loyalty::cli
