#pragma once

// Memory taken from the system by itself. When it is let go it goes back there, where the
// allocator would keep it for others that may never come.

#include <cstddef>
#include <memory>
#include <new>
#include <type_traits>

#include <sys/mman.h>

namespace seqload {

// So many bytes, all 0, at the beginning of a page; real only where they are touched.
// Throws std::bad_alloc. To be given back with munmap().
inline void* map_memory(std::size_t bytes) {
    void* const memory =
        mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        throw std::bad_alloc();
    return memory;
}

template <typename T>
struct Unmap {
    std::size_t count = 0;

    void operator()(T* values) const { munmap(values, count * sizeof(T)); }
};

template <typename T>
using MappedArray = std::unique_ptr<T[], Unmap<T>>;

// So many values, all of zero bytes.
template <typename T>
MappedArray<T> mapped_array(std::size_t count) {
    static_assert(std::is_trivially_copyable_v<T>);
    return MappedArray<T>(static_cast<T*>(map_memory(count * sizeof(T))), Unmap<T>{count});
}

}  // namespace seqload
