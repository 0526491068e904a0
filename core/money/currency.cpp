#include "core/money/currency.h"

namespace loyalty {
namespace {

/// The active currencies of ISO 4217 by number of decimals: a digit holds for the codes behind it.
/// Payment providers deviate (CLP, ISK, UGX among others); such deviations belong to their
/// adapters, never here.
constexpr std::string_view currencies =
    "2:  "
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN "
    "BZD CAD CDF CHE CHF CHW CNY COP COU CRC CUC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP "
    "GBP GEL GHS GIP GMD GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT "
    "LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO "
    "NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS "
    "SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD "
    "XCG YER ZAR ZMW ZWG ZWL "
    "0:  "
    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF "
    "3:  "
    "BHD IQD JOD KWD LYD OMR TND "
    "4:  "
    "CLF UYW ";

}  // namespace

std::optional<Currency> Currency::of(std::string_view code) {
  int decimals = 0;
  for (std::size_t at = 0; code.size() == 3 && at < currencies.size(); at += 4) {
    const std::string_view entry = currencies.substr(at, 3);
    if (entry[1] == ':') {
      decimals = entry[0] - '0';
    } else if (entry == code) {
      return Currency{code, decimals};
    }
  }
  return std::nullopt;
}

}  // namespace loyalty
