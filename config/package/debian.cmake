# Run by cpack for the Debian packages, when their files are gathered and not yet packed: adds what
# only Debian asks for.

if(NOT CPACK_GENERATOR STREQUAL "DEB")
  return()
endif()
find_program(GZIP gzip REQUIRED)

foreach(component IN ITEMS PROGRAMS DEVELOPMENT)
  set(package "${CPACK_DEBIAN_${component}_PACKAGE_NAME}")
  string(TOLOWER "${component}" folder)
  set(root "${CPACK_TEMPORARY_DIRECTORY}/${folder}")
  set(documents "${root}/usr/share/doc/${package}")
  if(NOT EXISTS "${documents}")
    message(FATAL_ERROR "debian.cmake: ${documents} is not there")
  endif()

  file(RENAME "${documents}/LICENSE" "${documents}/copyright")

  # What a package brings for zsh stands apart from what the machine's administrator adds.
  if(EXISTS "${root}/usr/share/zsh/site-functions")
    file(RENAME "${root}/usr/share/zsh/site-functions" "${root}/usr/share/zsh/vendor-completions")
  endif()

  # SOURCE_DATE_EPOCH, where it is set, is the time of the package, so that it can be made again.
  string(TIMESTAMP now "%a, %d %b %Y %H:%M:%S +0000" UTC)
  set(version "${CPACK_PACKAGE_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE}")
  file(WRITE "${documents}/changelog.Debian"
    "${package} (${version}) unstable; urgency=medium\n\n"
    "  * Version ${CPACK_PACKAGE_VERSION}; what is new in it stands in CHANGELOG.md.\n\n"
    " -- ${CPACK_PACKAGE_CONTACT}  ${now}\n")
  file(GLOB_RECURSE pages "${root}/usr/share/man/*.[1-9]")
  execute_process(COMMAND "${GZIP}" -9n "${documents}/changelog.Debian" ${pages}
    COMMAND_ERROR_IS_FATAL ANY)
  file(CHMOD "${documents}/copyright" "${documents}/changelog.Debian.gz"
    PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)
endforeach()
