#include "seqload/app/api_access.hpp"

#include "seqload/app/credentials_source.hpp"
#include "seqload/app/say.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"

#include <memory>
#include <utility>

namespace seqload::app {

Result<ApiAccess> open_api(const std::string& api_url, const ConnectionOptions& connection,
                           const net::Environment& environment) {
    auto endpoint = net::parse_endpoint(api_url);
    if (!endpoint)
        return std::unexpected(std::move(endpoint.error()));
    if (connection.time_scale != 1 && !net::is_loopback(endpoint->host)) {
        return fail(
            ErrorKind::usage,
            "time can be scaled for a loopback address only, not for " + printable(endpoint->host),
            "--time-scale", "leave it out: it is for apollo-sandbox");
    }
    auto proxy = net::proxy_for(*endpoint, environment);
    if (!proxy)
        return std::unexpected(std::move(proxy.error()));
    auto credentials = find_credentials(connection.api_key_file, environment);
    if (!credentials)
        return std::unexpected(std::move(credentials.error()));
    if (others_can_read(connection.api_key_file)) {
        const std::string path = printable(connection.api_key_file);
        warn(joined(path, ": everybody on this machine can read the key in it (chmod 600 ", path,
                    ")"));
    }

    net::ClientOptions client;
    client.endpoint = std::move(*endpoint);
    client.connections = connection.connections;
    client.timeout = connection.timeout;
    client.proxy = std::move(*proxy);
    client.ca_file = connection.ca_file;
    if (client.endpoint.tls)
        client.authorities = std::make_shared<const net::Authorities>(client.ca_file);
    return ApiAccess{std::move(client), std::move(*credentials)};
}

}  // namespace seqload::app
