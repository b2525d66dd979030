// An answer that was cut on its way: it says the same as the whole, or nothing.

#include "apollo/apollo_fixture.hpp"
#include "apollo/sample_answers.hpp"
#include "seqload/apollo/add_answer.hpp"
#include "seqload/apollo/answer.hpp"

#include <string>
#include <variant>

#include <doctest/doctest.h>

using namespace seqload;
using namespace seqload::apollo;
using namespace seqload::apollo::test;

TEST_CASE("an answer cut at any byte is not understood") {
    for (const SampleAnswer& sample : sample_answers) {
        for (std::size_t size = 0; size < sample.body.size(); ++size) {
            CAPTURE(sample.name);
            CAPTURE(size);
            const auto cut = read_add_answer(sample.body.substr(0, size), sequence);
            CHECK_FALSE(cut);
        }
    }
}

TEST_CASE("blanks around an answer do not matter, cut or not") {
    for (const SampleAnswer& sample : sample_answers) {
        const auto whole = read_add_answer(sample.body, sequence);
        const std::string padded = " \r\n" + std::string(sample.body) + "\n\n ";
        for (std::size_t cut = 0; cut <= 3; ++cut)
            CHECK(read_add_answer(std::string_view(padded).substr(0, padded.size() - cut),
                                  sequence) == whole);
    }
}

TEST_CASE("one byte that is another never adds anyone whom nobody named") {
    for (const SampleAnswer& sample : sample_answers) {
        const auto whole = read_add_answer(sample.body, sequence);
        for (std::size_t place = 0; place < sample.body.size(); ++place) {
            for (const char other : {'"', '{', '}', '[', ']', ',', ':', '0', '\\', '\0', '\xff'}) {
                std::string broken(sample.body);
                broken[place] = other;
                const auto answer = read_add_answer(broken, sequence);
                if (!answer)
                    continue;
                CAPTURE(broken);
                CHECK(answer->added.size() <= whole->added.size() + whole->skipped.size());
            }
        }
    }
}

TEST_CASE("a cut answer with status 200 is no answer at all") {
    const std::string_view body = documented_answer;
    for (std::size_t size = 0; size < body.size(); size += 7) {
        const net::Response response{200, {}, std::string(body.substr(0, size))};
        CHECK(std::holds_alternative<NotUnderstood>(read_answer(response, sequence, {})));
    }
}
