#include "seqload/report/page.hpp"

#include "page_frame.hpp"
#include "page_sections.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/whole_file.hpp"
#include "traffic_sections.hpp"

namespace seqload::report {

std::string page_text(const PageNumbers& numbers) {
    const Summary& summary = numbers.summary;
    return html_page(
        joined("seqload ", summary.command, " ", summary.run_id),
        joined(page_header(numbers), "<main>\n", outcome_section(numbers), steps_section(numbers),
               reasons_section(numbers), problems_section(numbers), sequences_section(numbers),
               requests_section(numbers), answers_section(numbers), inputs_section(numbers),
               "</main>\n<footer>Made from what is on record of this run. Every row is in <a "
               "href=\"report.csv\">report.csv</a>, the numbers for programs are in <a "
               "href=\"summary.json\">summary.json</a>. Times are UTC.</footer>\n"));
}

Result<void> write_page(const PageNumbers& numbers, const std::filesystem::path& destination) {
    return write_whole_file(destination, page_text(numbers));
}

}  // namespace seqload::report
