// Boost.JSON, compiled once for the whole project: it is no library of its own to install.

#include <boost/json/src.hpp>
