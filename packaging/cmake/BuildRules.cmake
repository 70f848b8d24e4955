# Rules that every target of the project shares.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin")
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "Debug or Release" FORCE)
endif()
# LibTorch's and OpenCV's own asserts stay out; ours are exceptions, which Release keeps.
string(REPLACE "-O3" "-O2" CMAKE_CXX_FLAGS_RELEASE "${CMAKE_CXX_FLAGS_RELEASE}")

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
    # A precompiled header is only cacheable when its time stamps are ignored.
    set(CMAKE_CXX_COMPILER_LAUNCHER
        "${CMAKE_COMMAND}" -E env CCACHE_SLOPPINESS=pch_defines,time_macros "${CCACHE_PROGRAM}")
endif()

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # Without this a precompiled header cannot be cached by ccache.
    add_compile_options(-fpch-preprocess)
endif()
if(OCELLUS_SANITIZE)
    add_compile_options(-fsanitize=${OCELLUS_SANITIZE} -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${OCELLUS_SANITIZE})
    if(OCELLUS_SANITIZE MATCHES "undefined")
        add_compile_options(-fno-sanitize-recover=undefined)
    endif()
endif()

# With OCELLUS_UNITY the sources of TARGET are compiled in batches: what their headers cost is paid once a batch.
function(ocellus_batches target)
    if(OCELLUS_UNITY)
        set_property(GLOBAL APPEND PROPERTY ocellus_batched_targets ${target})
    endif()
endfunction()

# Called at the end, when the targets have all their sources.
function(ocellus_form_batches)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/packaging/cmake/unity_batches.awk")
    get_property(targets GLOBAL PROPERTY ocellus_batched_targets)
    foreach(target ${targets})
        get_target_property(sources ${target} SOURCES)
        get_target_property(folder ${target} SOURCE_DIR)
        list(FILTER sources INCLUDE REGEX "\\.cpp$")
        list(TRANSFORM sources REPLACE "^([^/].*)" "${folder}/\\1")
        execute_process(
            COMMAND awk -v size=16 -f "${PROJECT_SOURCE_DIR}/packaging/cmake/unity_batches.awk" ${sources}
            OUTPUT_VARIABLE lines COMMAND_ERROR_IS_FATAL ANY)
        string(REGEX MATCHALL "[^\n]+" lines "${lines}")
        foreach(line ${lines})
            string(REGEX MATCH "^([0-9]+) (.*)" line "${line}")
            set_source_files_properties("${CMAKE_MATCH_2}" TARGET_DIRECTORY ${target}
                PROPERTIES UNITY_GROUP ${CMAKE_MATCH_1})
        endforeach()
        set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
        # A name of another source is no declaration that this one's own could be mistaken for.
        target_compile_options(${target} PRIVATE -Wno-shadow)
    endforeach()
endfunction()

# ocellus_library(NAME SOURCES ... LIBRARIES ...): a static library whose headers are found as "core/base/error.h".
function(ocellus_library name)
    cmake_parse_arguments(PARSE_ARGV 1 ARG "" "" "SOURCES;LIBRARIES;PRIVATE_LIBRARIES")
    add_library(${name} STATIC ${ARG_SOURCES})
    target_include_directories(${name} PUBLIC "${PROJECT_SOURCE_DIR}")
    target_link_libraries(${name} PUBLIC ${ARG_LIBRARIES} PRIVATE ${ARG_PRIVATE_LIBRARIES})
    ocellus_batches(${name})
endfunction()

# ocellus_qt_headers(NAME...): these targets compile with ui_headers' precompiled header, which saves a third of their time.
function(ocellus_qt_headers)
    foreach(name ${ARGN})
        target_precompile_headers(${name} REUSE_FROM ui_headers)
    endforeach()
endfunction()
