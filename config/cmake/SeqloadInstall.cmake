# What `cmake --install` and `cpack -G DEB` put where, in two components: programs (with
# documents and samples), and development (the library, its headers, and a CMake package, with
# which another project says find_package(seqload) and links seqload::core).

include(CMakePackageConfigHelpers)

set(SEQLOAD_INSTALL_LIBDIR "${CMAKE_INSTALL_LIBDIR}/seqload")
set(SEQLOAD_INSTALL_CMAKEDIR "${CMAKE_INSTALL_LIBDIR}/cmake/seqload")

foreach(program IN ITEMS seqload apollo-sandbox)
  if(TARGET ${program})
    install(TARGETS ${program} RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}" COMPONENT programs)
  endif()
endforeach()

# What the recipes for systemd, cron and Kubernetes run.
install(PROGRAMS samples/nightly.sh DESTINATION "${CMAKE_INSTALL_LIBEXECDIR}/seqload"
  RENAME nightly COMPONENT programs)

install(FILES README.md CHANGELOG.md LICENSE
  DESTINATION "${CMAKE_INSTALL_DOCDIR}" COMPONENT programs)
install(FILES config/README.md config/seqload.toml
  DESTINATION "${CMAKE_INSTALL_DOCDIR}/config" COMPONENT programs)
# What is only of use next to the sources (building, making the samples anew) stays there.
install(DIRECTORY samples/ DESTINATION "${CMAKE_INSTALL_DOCDIR}/samples" COMPONENT programs
  PATTERN "*.py" EXCLUDE PATTERN "__pycache__" EXCLUDE PATTERN "quickstart.sh" EXCLUDE)

# For man and the shells (seqload_pages() has them written). zsh looks for its own in one folder, for
# those of Debian's packages in another (config/package/debian.cmake moves them).
set(pages "${PROJECT_BINARY_DIR}/pages")
foreach(program IN ITEMS seqload apollo-sandbox)
  if(TARGET ${program})
    install(FILES "${pages}/${program}.man" RENAME ${program}.1
      DESTINATION "${CMAKE_INSTALL_MANDIR}/man1" COMPONENT programs)
    install(FILES "${pages}/${program}.bash" RENAME ${program}
      DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions" COMPONENT programs)
    install(FILES "${pages}/${program}.zsh" RENAME _${program}
      DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/site-functions" COMPONENT programs)
    install(FILES "${pages}/${program}.fish"
      DESTINATION "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d" COMPONENT programs)
  endif()
endforeach()

# The rooms that make up seqload_core, and what they stand on.
set(seqload_libraries)
foreach(room IN LISTS SEQLOAD_ROOMS)
  if(TARGET seqload_${room} AND NOT room STREQUAL "sandbox")
    set_target_properties(seqload_${room} PROPERTIES EXPORT_NAME ${room})
    list(APPEND seqload_libraries seqload_${room})
  endif()
endforeach()
set_target_properties(seqload_core PROPERTIES EXPORT_NAME core)
set_target_properties(seqload_asio PROPERTIES EXPORT_NAME asio)
add_library(seqload::core ALIAS seqload_core)
list(APPEND seqload_libraries seqload_asio)

install(TARGETS seqload_core ${seqload_libraries} fast_cpp_csv_parser tomlplusplus
  EXPORT seqload
  ARCHIVE DESTINATION "${SEQLOAD_INSTALL_LIBDIR}" COMPONENT development)
install(DIRECTORY include/ DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" COMPONENT development
  PATTERN "sandbox" EXCLUDE)
install(FILES LICENSE DESTINATION "${CMAKE_INSTALL_DATADIR}/doc/libseqload-dev"
  COMPONENT development)

# The objects in the library are fat: machine code, and the compiler's notes for link-time
# optimization. The notes are of use to the very same version of GCC only, and stop any other from
# linking, so an installed library is without them; whoever wants an optimized program of
# seqload builds it from the sources. With --strip, what is for debuggers goes as well.
set(archives ${seqload_libraries})
list(TRANSFORM archives REPLACE "(.+)" "$<TARGET_FILE_NAME:\\1>")
install(CODE "
  set(what --wildcard --remove-section=.gnu.lto_* --remove-section=.gnu.debuglto_*
    --strip-symbol=__gnu_lto_slim --strip-symbol=__gnu_lto_v1 --enable-deterministic-archives)
  if(CMAKE_INSTALL_DO_STRIP)
    list(APPEND what --strip-debug)
  endif()
  foreach(archive IN ITEMS ${archives})
    execute_process(COMMAND \"${CMAKE_OBJCOPY}\" \${what}
        \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${SEQLOAD_INSTALL_LIBDIR}/\${archive}\"
      COMMAND_ERROR_IS_FATAL ANY)
  endforeach()"
  COMPONENT development)

install(EXPORT seqload NAMESPACE seqload:: FILE seqloadTargets.cmake
  DESTINATION "${SEQLOAD_INSTALL_CMAKEDIR}" COMPONENT development)
configure_package_config_file(config/package/seqloadConfig.cmake.in
  "${PROJECT_BINARY_DIR}/package/seqloadConfig.cmake"
  INSTALL_DESTINATION "${SEQLOAD_INSTALL_CMAKEDIR}")
# Before 1.0 a new minor version may change the headers.
write_basic_package_version_file("${PROJECT_BINARY_DIR}/package/seqloadConfigVersion.cmake"
  COMPATIBILITY SameMinorVersion)
install(FILES
  "${PROJECT_BINARY_DIR}/package/seqloadConfig.cmake"
  "${PROJECT_BINARY_DIR}/package/seqloadConfigVersion.cmake"
  DESTINATION "${SEQLOAD_INSTALL_CMAKEDIR}" COMPONENT development)
