#pragma once

// Memory that is read in no order: on large pages, where the system has them, for else
// most reads would first have to find their page.

#include "seqload/base/mapped_memory.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>

#include <sys/mman.h>

namespace seqload::plan {

// So many numbers, all 0. Memory is taken from the system as they are first touched.
inline std::shared_ptr<std::uint32_t[]> large_array(std::size_t size) {
    auto memory = mapped_array<std::uint32_t>(size);
    madvise(memory.get(), size * sizeof(std::uint32_t), MADV_HUGEPAGE);
    return memory;
}

}  // namespace seqload::plan
