# Every third-party library, found once. What each is for: src/README.md.

find_package(Threads REQUIRED)
find_package(ZLIB REQUIRED)
find_package(OpenSSL 3.0 REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS url)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(CLI11 2.1 REQUIRED)
find_package(spdlog REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(SQLiteCpp REQUIRED)
find_package(prometheus-cpp REQUIRED)
pkg_check_modules(xxhash REQUIRED IMPORTED_TARGET libxxhash)
pkg_check_modules(zstd REQUIRED IMPORTED_TARGET libzstd)

find_path(FCCP_INCLUDE_DIR csv.h PATH_SUFFIXES libfccp REQUIRED)
add_library(fast_cpp_csv_parser INTERFACE)
target_include_directories(fast_cpp_csv_parser SYSTEM INTERFACE "$<BUILD_INTERFACE:${FCCP_INCLUDE_DIR}>")

# The headers alone: it is small, and nothing has to be installed to run it.
find_path(TOMLPLUSPLUS_INCLUDE_DIR toml++/toml.h REQUIRED)
add_library(tomlplusplus INTERFACE)
target_include_directories(tomlplusplus SYSTEM INTERFACE "$<BUILD_INTERFACE:${TOMLPLUSPLUS_INCLUDE_DIR}>")

# Asio, its TLS part and Beast are compiled once, in seqload_asio, not in every
# file that includes them.
add_library(seqload_asio STATIC "${PROJECT_SOURCE_DIR}/src/net/asio_implementation.cpp")
target_compile_definitions(seqload_asio PUBLIC
  BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION
  BOOST_ASIO_NO_DEPRECATED BOOST_ASIO_DISABLE_VISIBILITY)
target_link_libraries(seqload_asio PUBLIC Boost::headers OpenSSL::SSL OpenSSL::Crypto Threads::Threads)
target_link_libraries(seqload_asio PRIVATE $<BUILD_INTERFACE:seqload_settings>)
seqload_make_fat_objects(seqload_asio)
# GCC 12, optimizing, takes the operator new and delete of Asio's coroutine frames for no pair.
target_compile_options(seqload_asio PUBLIC
  $<$<CXX_COMPILER_ID:GNU>:-Wno-mismatched-new-delete>)
