#include "seqload/app/load_command.hpp"

#include "seqload/app/core_dumps.hpp"
#include "seqload/app/credentials_source.hpp"
#include "seqload/app/doubtful_rows.hpp"
#include "seqload/app/exclusions.hpp"
#include "seqload/app/exit_code.hpp"
#include "seqload/app/locations.hpp"
#include "seqload/app/plan_text.hpp"
#include "seqload/app/planned_input.hpp"
#include "seqload/app/question.hpp"
#include "seqload/app/row_remarks.hpp"
#include "seqload/app/say.hpp"
#include "seqload/app/sending.hpp"
#include "seqload/app/settled_rows.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/random.hpp"
#include "seqload/base/text.hpp"
#include "seqload/report/row_files.hpp"
#include "seqload/report/summary_json.hpp"
#include "seqload/report/summary_text.hpp"

#include <cstdint>
#include <filesystem>
#include <limits>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace seqload::app {

namespace {

constexpr std::uint64_t any_number = std::numeric_limits<std::uint64_t>::max();

// Where requests go, checked before anything is read.
Result<net::ClientOptions> client_options(const LoadOptions& options,
                                          const net::Environment& environment) {
    auto endpoint = net::parse_endpoint(options.api_url);
    if (!endpoint)
        return std::unexpected(std::move(endpoint.error()));
    if (options.time_scale != 1 && !net::is_loopback(endpoint->host)) {
        return fail(
            ErrorKind::usage,
            "time can be scaled for a loopback address only, not for " + printable(endpoint->host),
            "--time-scale", "leave it out: it is for apollo-sandbox");
    }
    auto proxy = net::proxy_for(*endpoint, environment);
    if (!proxy)
        return std::unexpected(std::move(proxy.error()));
    net::ClientOptions client;
    client.endpoint = std::move(*endpoint);
    client.connections = options.connections;
    client.timeout = options.timeout;
    client.proxy = std::move(*proxy);
    client.ca_file = options.ca_file;
    return client;
}

// One run of `load`, step by step.
class Load {
public:
    Load(const LoadOptions& options, apollo::Credentials credentials, net::ClientOptions client)
        : options_(options),
          credentials_(std::move(credentials)),
          client_(std::move(client)),
          clock_(options.time_scale) {}

    // The exit code of a run that got to its reports, or why it did not.
    Result<int> carry_out() {
        if (auto opened = open(); !opened)
            return std::unexpected(std::move(opened.error()));
        if (auto planned = plan(); !planned)
            return std::unexpected(std::move(planned.error()));
        const bool anything_to_send = input_->planner().totals().to_send > 0;
        if (anything_to_send && !options_.yes && !approved())
            return end_declined();

        SendingEnd end;
        if (anything_to_send) {
            auto sent = send_all(
                {options_, client_, credentials_, clock_, random_, *input_, *store_, run_id_});
            if (!sent) {
                end_without_reports("not_started", exit_code_of(sent.error().kind));
                return std::unexpected(std::move(sent.error()));
            }
            end = std::move(*sent);
        }
        return report(end);
    }

private:
    Result<> open() {
        const auto environment = process_environment();
        auto state_path = state_file(options_.state_file, environment);
        if (!state_path)
            return std::unexpected(std::move(state_path.error()));
        auto store = state::Store::open(*state_path);
        if (!store)
            return std::unexpected(std::move(store.error()));
        store_ = std::move(*store);

        started_at_ = options_.plan.read.now;
        run_id_ = state::make_run_id(started_at_, random_.below(any_number));
        auto directory = output_directory(options_.output_directory, run_id_);
        if (!directory)
            return std::unexpected(std::move(directory.error()));
        directory_ = std::move(*directory);

        auto exclusions = read_exclusions(options_.plan.excludes, random_.below(any_number));
        if (!exclusions)
            return std::unexpected(std::move(exclusions.error()));
        auto files = input::InputSet::open(options_.plan.files, directory_);
        if (!files)
            return std::unexpected(std::move(files.error()));
        input_ = std::make_unique<PlannedInput>(std::move(*files), std::move(*exclusions),
                                                options_.plan, random_.below(any_number));
        return {};
    }

    Result<> plan() {
        // Headers first: an input that cannot be used leaves no run behind.
        if (auto reader = input_->open_reader(); !reader)
            return std::unexpected(std::move(reader.error()));
        if (auto begun = store_->begin_run(new_run()); !begun)
            return begun;

        RowRemarks remarks(input_->files(), options_.plan.quiet);
        SettledRows settled(*store_, run_id_, clock_);
        auto read = input_->read([&](const Row& row, Outcome outcome) {
            remarks.take(row, outcome);
            return settled.take(std::move(outcome));
        });
        if (read)
            read = settled.flush();
        if (!read) {
            end_without_reports("input_failed", exit_code_of(read.error().kind));
            return read;
        }
        remarks.finish();

        const plan::Planner& planner = input_->planner();
        state::Plan recorded{.targets = input_->targets(),
                             .per_target = {},
                             .rows = planner.totals().rows,
                             .minimum_requests = planner.requests(),
                             .inputs = input_files()};
        recorded.per_target.resize(input_->targets().size());
        for (TargetIndex i = 0; i < planner.target_count(); ++i) {
            const plan::TargetLoad load = planner.load(i);
            recorded.per_target[i] = {load.contact_rows, load.label_rows, load.requests};
        }
        if (auto kept = store_->record_plan(run_id_, recorded); !kept)
            return kept;
        if (!options_.plan.quiet)
            say(plan_text(*input_, options_.plan.limits));
        return {};
    }

    bool approved() const {
        const plan::Planner& planner = input_->planner();
        return ask(joined("Send ", counted(planner.requests(), "request"), " for ",
                          counted(planner.totals().to_send, "row"), " to ",
                          client_.endpoint.host_and_port(), "?")) == Reply::yes;
    }

    Result<int> end_declined() {
        end_without_reports("declined", exit_code::usage);
        say("seqload: nothing was sent\n");
        return exit_code::usage;
    }

    void end_without_reports(const char* stop_reason, int code) {
        // The error that led here is the one to tell; that this note fails, too, adds nothing.
        (void)store_->end_run(run_id_, {stop_reason, code, clock_.wall(), {}});
    }

    Result<int> report(const SendingEnd& end) {
        auto counts = store_->counts(run_id_);
        auto open_batches = store_->open_batches(run_id_);
        if (!counts || !open_batches)
            return std::unexpected(!counts ? counts.error() : open_batches.error());
        add_doubtful_rows(*open_batches, *counts);
        const int code =
            exit_code_of(end.run.reason, counts->rows, options_.fail_on_skipped, end.signal);
        auto ended = store_->end_run(run_id_, {std::string(dispatch::name(end.run.reason)), code,
                                               clock_.wall(), to_json_text(end.counters)});
        auto files = write_files(doubtful_rows(*open_batches, clock_.wall()));
        auto summary = summarized(*counts);
        if (!summary)
            return std::unexpected(std::move(summary.error()));
        if (auto written = report::write_summary(*summary, directory_ / "summary.json"); !written)
            return std::unexpected(std::move(written.error()));

        auto printed =
            print(options_.plan.json
                      ? report::to_json_text(*summary)
                      : report::summary_text(*summary, files ? std::optional(*files) : std::nullopt,
                                             options_.fail_on_skipped));
        if (end.run.error)
            complain(*end.run.error);
        for (const Result<>& step : {ended, printed}) {
            if (!step)
                return std::unexpected(step.error());
        }
        if (!files)
            return std::unexpected(std::move(files.error()));
        return code;
    }

    Result<report::RowFiles> write_files(std::vector<state::RecordedOutcome> doubtful) {
        auto outcomes = store_->outcomes(run_id_);
        if (!outcomes)
            return std::unexpected(std::move(outcomes.error()));
        auto label_contacts = store_->label_contacts(run_id_);
        if (!label_contacts)
            return std::unexpected(std::move(label_contacts.error()));
        report::RowSources sources{
            .rows = input_->open_reader(),
            .targets = input_->targets(),
            .file_names = {},
            .next_outcome =
                with_doubtful_rows([&] { return outcomes->next(); }, std::move(doubtful)),
            .next_label_contact = [&] { return label_contacts->next(); },
            .planned_rows = input_->planner().totals().rows,
        };
        for (std::size_t i = 0; i < input_->files().size(); ++i)
            sources.file_names.push_back(input_->files().name(i));
        return report::write_row_files(std::move(sources),
                                       {.directory = directory_,
                                        .passthrough = options_.passthrough,
                                        .spreadsheet_safe = options_.spreadsheet_safe,
                                        .fail_on_skipped = options_.fail_on_skipped});
    }

    Result<report::Summary> summarized(const state::Counts& counts) const {
        auto run = store_->run(run_id_);
        if (!run)
            return std::unexpected(std::move(run.error()));
        auto plan = store_->plan(run_id_);
        if (!plan)
            return std::unexpected(std::move(plan.error()));
        return report::summarize(*run, *plan ? &**plan : nullptr, counts);
    }

    state::NewRun new_run() const {
        return {.id = run_id_,
                .command = "load",
                .api_url = options_.api_url,
                .team = {},
                .options_json = to_json_text(options_),
                .output_directory = directory_.string(),
                .started_at = started_at_,
                .inputs = input_files()};
    }

    std::vector<state::InputFile> input_files() const {
        std::vector<state::InputFile> files;
        for (std::size_t i = 0; i < input_->files().size(); ++i) {
            const input::Fingerprint& print = input_->files().fingerprint(i);
            state::InputFile file{.name = input_->files().name(i),
                                  .path = input_->files().path(i).string()};
            if (print.complete) {
                file.bytes = print.size;
                file.fingerprint = to_text(print);
                file.block_digests = print.blocks;
                file.rows = input_->rows_of(i);
            }
            files.push_back(std::move(file));
        }
        return files;
    }

    const LoadOptions& options_;
    apollo::Credentials credentials_;
    net::ClientOptions client_;
    SystemClock clock_;
    Random random_;
    WallTime started_at_{};
    state::RunId run_id_;
    std::filesystem::path directory_;
    std::unique_ptr<state::Store> store_;
    std::unique_ptr<PlannedInput> input_;
};

Result<int> load(const LoadOptions& options) {
    if (!options.yes && !somebody_to_ask()) {
        return fail(ErrorKind::usage, "there is no terminal to ask on before sending", "--yes",
                    "look at the plan with `seqload plan`, then give --yes");
    }
    forbid_core_dumps();
    const auto environment = process_environment();
    auto client = client_options(options, environment);
    if (!client)
        return std::unexpected(std::move(client.error()));
    auto credentials = find_credentials(options.api_key_file, environment);
    if (!credentials)
        return std::unexpected(std::move(credentials.error()));
    return Load(options, std::move(*credentials), std::move(*client)).carry_out();
}

}  // namespace

int run_load(const LoadOptions& options) {
    const auto code = load(options);
    if (code)
        return *code;
    complain(code.error());
    return exit_code_of(code.error().kind);
}

}  // namespace seqload::app
