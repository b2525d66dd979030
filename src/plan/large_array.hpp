#pragma once

// Memory that is read in no order: on large pages, where the system has them, for else
// most reads would first have to find their page.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>

#include <sys/mman.h>

namespace seqload::plan {

// So many numbers, all 0. Memory is taken from the system as they are first touched.
inline std::shared_ptr<std::uint32_t[]> large_array(std::size_t size) {
    const std::size_t bytes = size * sizeof(std::uint32_t);
    void* const memory =
        mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        throw std::bad_alloc();
    madvise(memory, bytes, MADV_HUGEPAGE);
    return {static_cast<std::uint32_t*>(memory),
            [bytes](std::uint32_t* numbers) { munmap(numbers, bytes); }};
}

}  // namespace seqload::plan
