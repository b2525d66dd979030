#include "seqload/plan/rows_covered.hpp"

#include <algorithm>
#include <functional>
#include <vector>

namespace seqload::plan {

namespace {

// So many requests with so many rows each, but for the last, which has what is left.
struct Portion {
    std::uint64_t rows_each = 0;
    std::uint64_t requests = 0;
    std::uint64_t rows = 0;
};

void add_contacts(const Planner& planner, TargetIndex target, std::uint64_t rows,
                  std::vector<Portion>& portions) {
    const std::uint64_t each = planner.contacts_per_request(target);
    if (const std::uint64_t full = rows / each; full > 0)
        portions.push_back({each, full, full * each});
    if (const std::uint64_t partial = rows % each; partial > 0)
        portions.push_back({partial, 1, partial});
}

void add_labels(std::uint64_t requests, std::uint64_t rows, std::vector<Portion>& portions) {
    if (requests > 0)
        portions.push_back({(rows + requests - 1) / requests, requests, rows});
}

}  // namespace

std::uint64_t rows_covered(const Planner& planner, std::uint64_t requests) {
    std::vector<Portion> contacts;
    std::vector<Portion> labels;
    for (TargetIndex target = 0; target < planner.target_count(); ++target) {
        const TargetLoad load = planner.load(target);
        std::uint64_t of_contacts = 0;
        if (load.contact_rows > 0) {
            const std::uint64_t each = planner.contacts_per_request(target);
            of_contacts = (load.contact_rows + each - 1) / each;
            add_contacts(planner, target, load.contact_rows, contacts);
        }
        add_labels(load.requests - of_contacts, load.label_rows, labels);
    }
    // Contacts before labels where both settle as many.
    contacts.insert(contacts.end(), labels.begin(), labels.end());
    std::ranges::stable_sort(contacts, std::greater{}, &Portion::rows_each);
    std::uint64_t rows = 0;
    for (const Portion& portion : contacts) {
        const std::uint64_t sent = std::min(requests, portion.requests);
        rows += std::min(portion.rows, sent * portion.rows_each);
        requests -= sent;
    }
    return rows;
}

}  // namespace seqload::plan
