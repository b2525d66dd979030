#include "manual_notes.hpp"

#include "seqload/base/joined.hpp"

#include <string_view>

namespace seqload::sandbox {

namespace {

constexpr std::string_view output =
    R"(It prints the environment that points seqload at it (shell lines), then a line
"# ready".)";

constexpr std::string_view control = R"(On the same port, without a key:
  GET  /sandbox/ledger    what was really added and removed
                          (?sequence=ID, ?contacts=false)
  GET  /sandbox/requests  every request with its times, what became of it, and
                          the windows then; what other tools did
                          (?from=NUMBER, ?route=NAME, ?asked=true)
  POST /sandbox/faults    replaces the faults, in the form of --faults
  POST /sandbox/spend     another tool uses the quota (form: --other-use)
  POST /sandbox/reset     everything as it was at the start)";

constexpr std::string_view faults = R"~(A JSON list of rules. A rule has a "kind":
  latency status rate_limit redirect drop reset hang half_header half_body
  wrong_length bad_chunks slow_body broken_json html deep_json endless_body
  gzip_bomb close close_silently continue_first forget_session renew_keys
  shape
and says which requests it hits: "route", "sequence", "contact(s)", "over"
(rows), "nth", "from", "until", "every", "times", "probability". A fifth of all
additions lost after they were made:
  [{"kind": "drop", "when": "after", "route": "add_contact_ids",
    "probability": 0.2}])~";

constexpr std::string_view other_tools =
    R"(A JSON list: so many "requests" to a "route" at once, "at" a virtual second
("every" so many again, "times" in all), or "after" so many requests of yours:
  [{"at": 30, "requests": 150},
   {"route": "search_contacts", "after": 10, "requests": 5}]
samples/README.md describes worlds, faults and other tools in full.)";

constexpr std::string_view example = R"(  apollo-sandbox --time-scale 60 > sandbox.env
and in another terminal, from the folder in which that is:
  . ./sandbox.env && seqload check)";

constexpr std::string_view files = R"(.SH FILES
.TP
\fIDIR/ca.pem\fR
The certificate authority that seqload is to trust (\fB\-\-ca\-file\fR); in the
directory named with \fB\-\-cert\-dir\fR, which keeps it for the next time.
.SH SEE ALSO
\fBseqload\fR(1)
)";

}  // namespace

std::string help_footer() {
    return joined("\n", output, "\n\nControl:\n", control, "\n\nFaults:\n", faults,
                  "\n\nOther tools:\n", other_tools, "\n\nExample:\n", example,
                  "\n\nExit codes: 0 ended by SIGTERM or SIGINT, 2 wrong usage or world or faults, "
                  "6 a\nlocal fault.");
}

manual::ManualNotes manual_notes() {
    using manual::laid_out_section;
    return {"a local stand-in for Apollo's API, to rehearse seqload with",
            SEQLOAD_VERSION,
            {{"0", "Ended by SIGTERM or SIGINT."},
             {"2", "Wrong usage, or a world, faults or other tools that cannot be read."},
             {"6", "A local fault: the port is taken, the directory cannot be written."}},
            joined(laid_out_section("OUTPUT", output), laid_out_section("CONTROL", control),
                   laid_out_section("FAULTS", faults), laid_out_section("OTHER TOOLS", other_tools),
                   laid_out_section("EXAMPLES", example), files)};
}

}  // namespace seqload::sandbox
