#include "core/money/currency.h"

namespace loyalty {
namespace {

/// The active currencies of ISO 4217 by number of decimals. Payment providers deviate (CLP, ISK,
/// UGX among others); such deviations belong to their adapters, never here.
constexpr std::string_view without_decimals =
    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF ";
constexpr std::string_view two_decimals =
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN "
    "BZD CAD CDF CHE CHF CHW CNY COP COU CRC CUC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP "
    "GBP GEL GHS GIP GMD GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT "
    "LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO "
    "NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS "
    "SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD "
    "XCG YER ZAR ZMW ZWG ZWL ";
constexpr std::string_view three_decimals = "BHD IQD JOD KWD LYD OMR TND ";
constexpr std::string_view four_decimals = "CLF UYW ";

bool lists(std::string_view table, std::string_view code) {
  for (std::size_t at = 0; at + 3 <= table.size(); at += 4) {
    if (table.substr(at, 3) == code) {
      return true;
    }
  }
  return false;
}

}  // namespace

std::optional<Currency> Currency::of(std::string_view code) {
  if (code.size() != 3) {
    return std::nullopt;
  }
  if (lists(two_decimals, code)) {
    return Currency{code, 2};
  }
  if (lists(without_decimals, code)) {
    return Currency{code, 0};
  }
  if (lists(three_decimals, code)) {
    return Currency{code, 3};
  }
  if (lists(four_decimals, code)) {
    return Currency{code, 4};
  }
  return std::nullopt;
}

}  // namespace loyalty
