// Asio and Beast are compiled once, here; the other sources see declarations.
#include <boost/asio/impl/src.hpp>
#include <boost/beast/src.hpp>
