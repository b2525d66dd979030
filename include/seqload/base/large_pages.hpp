#pragma once

// An allocator for memory that is read in no order: much of it lies on large pages, where
// the system has them, for else most reads would first have to find their page.

#include "seqload/base/mapped_memory.hpp"

#include <cstddef>
#include <new>

#include <sys/mman.h>

namespace seqload {

template <typename T>
struct LargePages {
    using value_type = T;

    LargePages() = default;
    template <typename Other>
    explicit LargePages(const LargePages<Other>& /*other*/) {}

    T* allocate(std::size_t count) {
        const std::size_t bytes = count * sizeof(T);
        if (bytes < page)
            return static_cast<T*>(::operator new(bytes));
        void* const memory = map_memory(bytes);
        madvise(memory, bytes, MADV_HUGEPAGE);
        return static_cast<T*>(memory);
    }

    void deallocate(T* memory, std::size_t count) {
        const std::size_t bytes = count * sizeof(T);
        if (bytes < page)
            ::operator delete(memory);
        else
            munmap(memory, bytes);
    }

    bool operator==(const LargePages&) const = default;

private:
    static constexpr std::size_t page = std::size_t{2} << 20U;
};

}  // namespace seqload
