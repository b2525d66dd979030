-- For wrk: each request adds contacts that no request before it added, as seqload asks for them.
-- Arguments: path, the query that all share, the prefix of the contacts' ids, contacts a request.

local head, prefix, count
local next_contact = 0

function init(arguments)
    head = arguments[1] .. "?" .. arguments[2]
    prefix = "&contact_ids[]=" .. arguments[3]
    count = tonumber(arguments[4])
end

function request()
    local parts = {head}
    for number = next_contact, next_contact + count - 1 do
        parts[#parts + 1] = string.format("%s%08x", prefix, number)
    end
    next_contact = next_contact + count
    return wrk.format("POST", table.concat(parts))
end

function done(summary, latency, requests)
    local errors = summary.errors
    print(string.format(
        '{"requests": %d, "seconds": %f, "bytes": %d, "refused": %d, "lost": %d}',
        summary.requests, summary.duration / 1e6, summary.bytes, errors.status,
        errors.connect + errors.read + errors.write + errors.timeout))
end
