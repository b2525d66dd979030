# One interface target carries what every source file of ours is compiled with:
# the language level, warnings as errors, hardening, and the preset's sanitizers.

add_library(seqload_settings INTERFACE)
target_compile_features(seqload_settings INTERFACE cxx_std_23)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

target_compile_options(seqload_settings INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror
  # False alarms of GCC 12 once it has inlined enough: the empty half of a std::optional
  # as a value never set, and std::string's copies as overlapping (GCC bug 105651). Clang
  # and the sanitizers look after what they mean to find.
  "$<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized;-Wno-restrict>"
  # The library's own std::stable_sort uses what it declares deprecated, and clang sees it.
  $<$<CXX_COMPILER_ID:Clang>:-Wno-deprecated-declarations>)

set(SEQLOAD_SANITIZE "" CACHE STRING "Sanitizers to build with, as -fsanitize= takes them")
if(SEQLOAD_SANITIZE)
  target_compile_options(seqload_settings INTERFACE
    -fsanitize=${SEQLOAD_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(seqload_settings INTERFACE -fsanitize=${SEQLOAD_SANITIZE})
  if(SEQLOAD_SANITIZE MATCHES "undefined")
    # With GCC these two make code twice as large, and it takes half as long again to compile.
    # A null pointer that is followed is found by ASan, nothing here is cast to a type that needs
    # an alignment, and the fuzzers, built with clang, check both.
    target_compile_options(seqload_settings INTERFACE
      $<$<CXX_COMPILER_ID:GNU>:-fno-sanitize=null,alignment>)
  endif()
  if(SEQLOAD_SANITIZE MATCHES "thread")
    # GCC warns that atomic_thread_fence is invisible to TSan; the fences are Asio's, not ours.
    target_compile_options(seqload_settings INTERFACE
      $<$<CXX_COMPILER_ID:GNU>:-Wno-tsan>)
  endif()
endif()

if(SEQLOAD_FUZZ)
  target_compile_options(seqload_settings INTERFACE -fsanitize=fuzzer-no-link)
endif()

option(SEQLOAD_HARDEN "Build with the hardening flags of a Debian package" OFF)
if(SEQLOAD_HARDEN)
  target_compile_options(seqload_settings INTERFACE
    -fstack-protector-strong -fstack-clash-protection -fcf-protection
    -D_FORTIFY_SOURCE=2 -D_GLIBCXX_ASSERTIONS)
  target_link_options(seqload_settings INTERFACE
    -pie -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack)
endif()

# Counters in the rooms alone: what tests, and the sandbox, is not measured, and compiles as
# for a debugger. They are atomic, for there are threads.
option(SEQLOAD_COVERAGE "Count which lines and branches of the rooms run (GCC)" OFF)

function(seqload_count_coverage target)
  if(SEQLOAD_COVERAGE)
    target_compile_options(${target} PRIVATE --coverage -fprofile-update=atomic)
    target_link_options(${target} PUBLIC --coverage)
  endif()
endfunction()

# The library's objects are fat: the programs are linked from them with link-time
# optimization, the many test programs, which would take minutes, without it.
option(SEQLOAD_LTO "Link the programs with link-time optimization" OFF)

function(seqload_make_fat_objects target)
  if(SEQLOAD_LTO)
    target_compile_options(${target} PRIVATE -flto=auto -ffat-lto-objects)
  endif()
endfunction()

function(seqload_link_time_optimize target)
  if(SEQLOAD_LTO)
    target_link_options(${target} PRIVATE -flto=auto -fuse-linker-plugin)
  endif()
endfunction()

# Without -fno-lto, the linker's plugin would optimize fat objects unasked.
function(seqload_link_plainly target)
  if(SEQLOAD_LTO)
    target_link_options(${target} PRIVATE -fno-lto)
  endif()
endfunction()
