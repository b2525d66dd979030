# `cpack -G DEB` makes two packages: seqload, the programs, and libseqload-dev, the library.
# What only Debian asks of a package (changelog, compressed man pages) is done in
# config/package/debian.cmake, so that `cmake --install` has none of it.

set(SEQLOAD_MAINTAINER "seqload contributors <seqload@example.org>" CACHE STRING
  "Whom the packages name as their maintainer; whoever hands them to others names himself")

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_CONTACT "${SEQLOAD_MAINTAINER}")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL programs development)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_PRE_BUILD_SCRIPTS "${PROJECT_SOURCE_DIR}/config/package/debian.cmake")
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)

set(CPACK_DEBIAN_PROGRAMS_PACKAGE_NAME seqload)
set(CPACK_DEBIAN_PROGRAMS_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_PROGRAMS_PACKAGE_SHLIBDEPS ON)
# Without its certificates no host is who it says it is.
set(CPACK_DEBIAN_PROGRAMS_PACKAGE_DEPENDS ca-certificates)
set(CPACK_DEBIAN_PROGRAMS_PACKAGE_SUGGESTS prometheus-node-exporter)
set(CPACK_COMPONENT_PROGRAMS_DESCRIPTION "seqload groups the rows of CSV files into the fewest requests that Apollo's API
takes, keeps to the quota, and reports every row exactly once, whatever happens
in between. Runs can be resumed, verified and undone.
.
apollo-sandbox, a stand-in for the API to rehearse with, is part of it.")

# What the library is built on, it is linked on; config/install-deps.sh has the names.
execute_process(COMMAND "${PROJECT_SOURCE_DIR}/config/install-deps.sh" --list build
  OUTPUT_VARIABLE needed OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
string(REPLACE "\n" ";" needed "${needed}")
list(FILTER needed INCLUDE REGEX "-dev$")
list(JOIN needed ", " needed)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libseqload-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS "pkg-config, ${needed}")
set(CPACK_COMPONENT_DEVELOPMENT_DESCRIPTION "The static library that the program seqload is made of, its headers and a CMake
package: find_package(seqload), and link seqload::core.")

include(CPack)
