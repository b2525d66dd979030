#include "seqload/sandbox/program.hpp"

#include "manual_notes.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"
#include "seqload/manual/generated_page.hpp"
#include "seqload/sandbox/certificates.hpp"
#include "seqload/sandbox/options.hpp"
#include "seqload/sandbox/server.hpp"
#include "seqload/sandbox/world_json.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

namespace seqload::sandbox {
namespace {

namespace fs = std::filesystem;

// --cert-dir, or a fresh directory that goes when the program does.
class CertificateDirectory {
public:
    static Result<CertificateDirectory> make(const std::string& given) {
        if (!given.empty())
            return CertificateDirectory(given, false);
        std::string name = (fs::temp_directory_path() / "apollo-sandbox-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr)
            return fail(ErrorKind::local_fault,
                        joined("no directory can be made: ", system_message(errno)), name,
                        "name one with --cert-dir");
        return CertificateDirectory(name, true);
    }
    CertificateDirectory(CertificateDirectory&& other) noexcept
        : path_(std::move(other.path_)), is_temporary_(std::exchange(other.is_temporary_, false)) {}
    CertificateDirectory& operator=(CertificateDirectory&&) = delete;
    ~CertificateDirectory() {
        std::error_code ignored;
        if (is_temporary_)
            fs::remove_all(path_, ignored);
    }

    const fs::path& path() const { return path_; }

private:
    CertificateDirectory(fs::path path, bool is_temporary)
        : path_(std::move(path)), is_temporary_(is_temporary) {}

    fs::path path_;
    bool is_temporary_;
};

Result<std::string> read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream bytes;
    if (!file || !(bytes << file.rdbuf()))
        return fail(ErrorKind::usage, joined("cannot be read: ", system_message(errno)), path);
    return bytes.str();
}

Result<World> world_of(const Options& options) {
    if (options.data.empty())
        return default_world();
    const auto text = read_file(options.data);
    return text ? read_world(*text, options.data) : std::unexpected(text.error());
}

Result<FaultRules> faults_of(const Options& options) {
    if (options.faults.empty())
        return FaultRules{};
    const auto text = read_file(options.faults);
    return text ? read_faults(*text, options.faults) : std::unexpected(text.error());
}

Result<OtherUses> other_uses_of(const Options& options) {
    if (options.other_use.empty())
        return OtherUses{};
    const auto text = read_file(options.other_use);
    return text ? read_other_uses(*text, options.other_use) : std::unexpected(text.error());
}

struct Ports {
    std::uint16_t tls = 0;
    std::optional<std::uint16_t> plain;
};

// Listens on the host asked for; by default on both addresses that "localhost" may mean, so that
// nobody else's server answers on the other one.
Result<std::uint16_t> listen(Server& server, const std::string& host, std::uint16_t port,
                             bool with_tls) {
    if (!host.empty())
        return server.listen(host, port, with_tls);
    const auto taken = server.listen("127.0.0.1", port, with_tls);
    if (taken)
        // Not every machine has ::1.
        static_cast<void>(server.listen("::1", *taken, with_tls));
    return taken;
}

Result<Ports> listen(Server& server, const Options& options) {
    Ports ports;
    const auto tls = listen(server, options.host, options.port, true);
    if (!tls)
        return std::unexpected(tls.error());
    ports.tls = *tls;
    if (options.plain_port) {
        const auto plain = listen(server, options.host, *options.plain_port, false);
        if (!plain)
            return std::unexpected(plain.error());
        ports.plain = *plain;
    }
    return ports;
}

// Safe to be read by a shell.
std::string quoted(const std::string& text) {
    constexpr std::string_view harmless =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:+@%,=";
    if (!text.empty() && text.find_first_not_of(harmless) == std::string::npos)
        return text;
    std::string result = "'";
    for (const char character : text)
        result += character == '\'' ? std::string("'\\''") : std::string(1, character);
    return result + "'";
}

std::string scale_text(double scale) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.10g", scale);
    return text.data();
}

void print_environment(const Options& options, const Ports& ports, const fs::path& ca_file,
                       const World& world) {
    const std::string host = options.host == "::1" ? "[::1]" : "localhost";
    std::string lines =
        joined("export SEQLOAD_API_URL=https://", host, ":", std::to_string(ports.tls),
               "\nexport SEQLOAD_CA_FILE=", quoted(fs::absolute(ca_file).string()),
               "\nexport APOLLO_API_KEY=", quoted(std::string(world.master_key())), "\n");
    if (options.time_scale != 1.0)
        lines += joined("export SEQLOAD_TIME_SCALE=", scale_text(options.time_scale), "\n");
    if (ports.plain)
        lines += joined("# plain HTTP: http://", host, ":", std::to_string(*ports.plain), "\n");
    lines += joined("# ready: ", counted(world.sequences.size(), "sequence"), ", ",
                    counted(world.contacts.size(), "contact"), "; SIGTERM or ^C ends it\n");
    std::fputs(lines.c_str(), stdout);
    std::fflush(stdout);
}

int complain(const Error& error) {
    std::fprintf(stderr, "apollo-sandbox: %s\n", to_string(error).c_str());
    return error.kind == ErrorKind::local_fault ? 6 : 2;
}

int serve(const Options& options) {
    auto world = world_of(options);
    if (!world)
        return complain(world.error());
    auto faults = faults_of(options);
    if (!faults)
        return complain(faults.error());
    auto other_uses = other_uses_of(options);
    if (!other_uses)
        return complain(other_uses.error());
    const auto directory = CertificateDirectory::make(options.certificate_directory);
    if (!directory)
        return complain(directory.error());
    const auto identity = prepare_identity(directory->path());
    if (!identity)
        return complain(identity.error());

    const SystemClock clock(options.time_scale);
    Service service(*world, std::move(*faults),
                    {options.limits, options.seed, std::move(*other_uses)}, clock.now(),
                    clock.wall());
    boost::asio::io_context context(1);
    Server server(context, service, clock, *identity);
    boost::asio::signal_set signals(context, SIGTERM, SIGINT);
    signals.async_wait([&context](const boost::system::error_code&, int) { context.stop(); });
    const auto ports = listen(server, options);
    if (!ports)
        return complain(ports.error());
    print_environment(options, *ports, identity->ca_file, *world);
    context.run();
    return 0;
}

// `apollo-sandbox --generate KIND`; nullopt, if it is asked for anything else.
std::optional<int> generate(int argument_count, const char* const* arguments) {
    if (argument_count != 3 || std::string_view(arguments[1]) != "--generate")
        return std::nullopt;
    const auto page = manual::generated_page(arguments[2], program_description(), manual_notes());
    if (!page)
        return complain(
            {ErrorKind::usage, "is not man, bash, zsh or fish", printable(arguments[2]), {}});
    std::fputs(page->c_str(), stdout);
    return std::fflush(stdout) == 0 ? 0 : 6;
}

}  // namespace

int run_program(int argument_count, const char* const* arguments) {
    std::signal(SIGPIPE, SIG_IGN);
    try {
        if (const auto code = generate(argument_count, arguments))
            return *code;
        const auto parsed = parse_options(argument_count, arguments);
        if (const int* code = std::get_if<int>(&parsed))
            return *code;
        return serve(std::get<Options>(parsed));
    } catch (const std::exception& trouble) {
        std::fprintf(stderr, "apollo-sandbox: %s\n", trouble.what());
        return 6;
    }
}

}  // namespace seqload::sandbox
