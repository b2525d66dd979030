#pragma once

// The parameters of a request, wherever they stand: in the query string as the
// documentation has it (arrays as name[]=…), or in a JSON body under the same
// names without the brackets, as Apollo's own client sends them. Both may come
// in one request; an array is then the query's elements and the body's.

#include "seqload/base/error.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace seqload::sandbox {

// %41 as A, and '+' as a space where plus_is_space; a '%' without two hex digits stays.
std::string percent_decoded(std::string_view text, bool plus_is_space);

class Parameters {
public:
    // query: what stands after the '?'. body: empty, or a JSON object; anything else is an error of
    // kind network. is_form: the body is application/x-www-form-urlencoded instead.
    static Result<Parameters> read(std::string_view query, std::string_view body, bool is_form);

    // Every value under that name, with or without brackets; null and "" values are left out.
    const std::vector<std::string>& all(std::string_view name) const;

    // The last value; nullopt if there is none.
    std::optional<std::string_view> one(std::string_view name) const;

    // "true" and "1" are true; everything else, and nothing, is false.
    bool flag(std::string_view name) const;

    // At least 1, at most maximum; fallback where it is missing or no number.
    std::uint32_t number(std::string_view name, std::uint32_t fallback,
                         std::uint32_t maximum) const;

    // All names in order, brackets taken off.
    std::vector<std::string> names() const;

private:
    void add_query(std::string_view query);

    std::map<std::string, std::vector<std::string>, std::less<>> values_;
};

}  // namespace seqload::sandbox
