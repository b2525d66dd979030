#include "manual_notes.hpp"

#include "seqload/base/joined.hpp"
#include "seqload/model/catalogue.hpp"

#include <string>

namespace seqload::app {

namespace {

constexpr const char* environment_and_files = R"(.SH ENVIRONMENT
.TP
\fBAPOLLO_API_KEY\fR
The master key. It is never taken from the command line, and never written
anywhere.
.TP
\fBAPOLLO_ACCESS_TOKEN\fR
A bearer token in its place.
.TP
\fBSEQLOAD_\fR\fIOPTION\fR
Each long option, in capitals and with underscores: \fBSEQLOAD_BATCH_SIZE=50\fR.
The command line is stronger, the configuration file weaker.
.TP
\fBHTTPS_PROXY\fR, \fBNO_PROXY\fR
The proxy to connect through, and the hosts that need none.
.TP
\fBTMPDIR\fR
Where files without a name may lie, for what memory has no room for when very
many targets are read; \fI/var/tmp\fR if it says nothing.
.SH FILES
.TP
\fI./seqload.toml\fR, \fI~/.config/seqload/config.toml\fR
The configuration; the first of them that there is. \fBseqload config\fR shows
what is in force.
.TP
\fI~/.local/state/seqload/state.db\fR
The state: runs, what became of each row, the quota's windows.
.TP
\fIseqload\-out/RUN/\fR
The reports of a run: \fIreport.csv\fR, \fIattention.csv\fR, \fIsummary.json\fR,
\fIreport.html\fR.
.SH SEE ALSO
\fBapollo\-sandbox\fR(1), to rehearse with.
)";

}  // namespace

manual::ManualNotes manual_notes() {
    manual::ManualNotes notes{"add contacts to Apollo sequences in bulk, from CSV",
                              SEQLOAD_VERSION,
                              {},
                              environment_and_files};
    for (const Explanation* explanation : all_explanations()) {
        if (explanation->subject == Subject::exit_code) {
            notes.exit_codes.push_back(
                {std::string(explanation->word), joined(explanation->meaning, ".")});
        }
    }
    return notes;
}

}  // namespace seqload::app
