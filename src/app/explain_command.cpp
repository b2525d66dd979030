#include "seqload/app/explain_command.hpp"

#include "seqload/app/exit_code.hpp"
#include "seqload/app/explain_text.hpp"
#include "seqload/app/say.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"
#include "seqload/model/catalogue.hpp"

#include <vector>

namespace seqload::app {

namespace {

Result<> explain_word(const ExplainOptions& options) {
    const std::string word = lowered(trimmed(options.word));
    const auto found = word.empty() ? all_explanations() : explain(word);
    if (found.empty()) {
        const auto meant = nearest_word(word);
        return fail(ErrorKind::usage,
                    "nothing is known of this word; a reason that Apollo made up is passed on as "
                    "it is",
                    printable(options.word),
                    meant ? joined("did you mean ", *meant, "?")
                          : "`seqload explain` lists all that are known");
    }
    if (options.json)
        return print(explanations_json(found));
    return print(word.empty() ? catalogue_text(found) : explanations_text(found));
}

}  // namespace

int run_explain(const ExplainOptions& options) {
    const auto result = explain_word(options);
    if (result)
        return exit_code::done;
    complain(result.error());
    return exit_code_of(result.error().kind);
}

}  // namespace seqload::app
