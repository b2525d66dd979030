# seqload_compile_in_batches(TARGET [LINE…])
#
# What sources include takes longer to compile than they do, so twenty of TARGET's share it; LINE…
# stand before each of them. A helper's name is therefore its own in the room; a local name may be
# that of a neighbour's helper.
function(seqload_compile_in_batches target)
  string(JOIN "\n" before_each ${ARGN} "#pragma GCC diagnostic ignored \"-Wshadow\"")
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 20
    UNITY_BUILD_CODE_BEFORE_INCLUDE "${before_each}")
  # GCC takes what a batch includes for a header, in which a nameless namespace would be a mistake.
  target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
endfunction()

# seqload_room(NAME SOURCES … KNOWS room… LIBRARIES …)
#
# A room is a static library seqload_NAME of the files in src/NAME. KNOWS are the
# rooms whose headers it may include (the table in src/README.md;
# tests/house/imports_test.py holds the includes against it).
function(seqload_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;KNOWS;LIBRARIES" ${ARGN})
  list(TRANSFORM ROOM_KNOWS PREPEND seqload_)
  add_library(seqload_${name} STATIC ${ROOM_SOURCES})
  target_include_directories(seqload_${name} PUBLIC
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
    $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  target_link_libraries(seqload_${name} PUBLIC ${ROOM_KNOWS} ${ROOM_LIBRARIES})
  # How we compile is nobody's affair who links an installed library; the language is.
  target_link_libraries(seqload_${name} PRIVATE $<BUILD_INTERFACE:seqload_settings>)
  target_compile_features(seqload_${name} PUBLIC cxx_std_23)
  # Instrumented code takes twice as long to compile with optimization, which pays only
  # where much of it runs.
  if(SEQLOAD_SANITIZE AND name MATCHES "^(app|net)$")
    target_compile_options(seqload_${name} PRIVATE -O0)
  endif()
  if(SEQLOAD_ROOM_BATCHES)
    seqload_compile_in_batches(seqload_${name})
  endif()
  seqload_make_fat_objects(seqload_${name})
  if(NOT name STREQUAL "sandbox")
    seqload_count_coverage(seqload_${name})
  endif()
endfunction()

# seqload_pages(PROGRAM)
#
# What man and the shells read of the program, written by the program itself into
# pages/PROGRAM.man, .bash, .zsh and .fish of the build.
function(seqload_pages program)
  set(pages "${PROJECT_BINARY_DIR}/pages")
  file(MAKE_DIRECTORY "${pages}")
  foreach(kind IN ITEMS man bash zsh fish)
    add_custom_command(OUTPUT "${pages}/${program}.${kind}"
      COMMAND ${program} --generate ${kind} > "${pages}/${program}.${kind}"
      DEPENDS ${program} VERBATIM)
    list(APPEND written "${pages}/${program}.${kind}")
  endforeach()
  add_custom_target(${program}_pages ALL DEPENDS ${written})
endfunction()

# seqload_test(NAME SOURCES … LIBRARIES …)
#
# A doctest program NAME; every TEST_CASE in it becomes a test of its own kind in
# ctest only as a whole program, so that a run costs one process.
function(seqload_test name)
  cmake_parse_arguments(TEST "" "" "SOURCES;LIBRARIES" ${ARGN})
  add_executable(${name} ${TEST_SOURCES})
  target_include_directories(${name} PRIVATE "${PROJECT_SOURCE_DIR}/tests")
  target_link_libraries(${name} PRIVATE seqload_test_main ${TEST_LIBRARIES} seqload_settings)
  seqload_link_plainly(${name})
  # Tests are mostly templates that run once: instrumented and optimized, they would
  # take half as long again to compile as they do here.
  target_compile_options(${name} PRIVATE -O0)
  if(SEQLOAD_TEST_BATCHES)
    seqload_compile_in_batches(${name} "#include <doctest/doctest.h>" "#include <rapidcheck.h>")
  endif()
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES TIMEOUT 600)
endfunction()

# seqload_fuzz(NAME SOURCES … LIBRARIES …)
#
# A libFuzzer program fuzz_NAME, which starts from the inputs in
# tests/fuzz/corpus/NAME. The target fuzzers builds them all.
function(seqload_fuzz name)
  cmake_parse_arguments(FUZZ "" "" "SOURCES;LIBRARIES" ${ARGN})
  add_executable(fuzz_${name} ${FUZZ_SOURCES})
  target_include_directories(fuzz_${name} PRIVATE "${PROJECT_SOURCE_DIR}/tests")
  target_link_libraries(fuzz_${name} PRIVATE ${FUZZ_LIBRARIES} seqload_settings)
  target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
  if(NOT TARGET fuzzers)
    add_custom_target(fuzzers)
  endif()
  add_dependencies(fuzzers fuzz_${name})
endfunction()
