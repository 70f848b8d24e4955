# Everything that comes from outside, found once, as imported targets.
find_package(Threads REQUIRED)
find_package(nlohmann_json REQUIRED)

if(NOT OCELLUS_MODEL_ONLY)
    find_package(OpenSSL REQUIRED COMPONENTS Crypto)
    find_package(PkgConfig REQUIRED)
    # libzip's own CMake file wants its command-line tools; pkg-config does not.
    pkg_check_modules(libzip REQUIRED IMPORTED_TARGET libzip)
    pkg_check_modules(xxhash REQUIRED IMPORTED_TARGET libxxhash)
    pkg_check_modules(utf8proc REQUIRED IMPORTED_TARGET libutf8proc)
endif()

# Debian's TorchConfig.cmake finds LibTorch 1.13; a downloaded LibTorch 2.x comes in by CMAKE_PREFIX_PATH.
find_package(Torch REQUIRED)
# Torch's headers are not ours to mend: their warnings are not errors here.
add_library(ocellus_torch INTERFACE)
target_include_directories(ocellus_torch SYSTEM INTERFACE ${TORCH_INCLUDE_DIRS})
target_link_libraries(ocellus_torch INTERFACE ${TORCH_LIBRARIES})
separate_arguments(torch_flags UNIX_COMMAND "${TORCH_CXX_FLAGS}")
target_compile_options(ocellus_torch INTERFACE ${torch_flags})

if(OCELLUS_MODEL_ONLY)
    return()
endif()

find_package(Qt6 6.4 REQUIRED COMPONENTS Core Gui Widgets Svg PrintSupport Test LinguistTools)
# Without the folders of each test (for QFINDTESTDATA), so that all tests can share one precompiled header.
set_property(TARGET Qt6::Test PROPERTY INTERFACE_COMPILE_DEFINITIONS QT_TESTLIB_LIB)
find_package(QCustomPlotQt6 REQUIRED)
find_package(CLI11 REQUIRED)
find_package(spdlog REQUIRED)

# Debian's OpenCV module packages carry no CMake file; only libopencv-dev does, and it brings highgui and Qt 5.
find_package(JPEG REQUIRED)
find_package(PNG REQUIRED)
find_package(TIFF REQUIRED)
find_package(ZLIB REQUIRED)
pkg_check_modules(lcms2 REQUIRED IMPORTED_TARGET lcms2)
pkg_check_modules(libwebp REQUIRED IMPORTED_TARGET libwebp)
pkg_check_modules(libisal REQUIRED IMPORTED_TARGET libisal)

find_path(OPENCV_INCLUDE_DIR opencv2/core.hpp PATH_SUFFIXES opencv4 REQUIRED)
add_library(ocellus_opencv INTERFACE)
target_include_directories(ocellus_opencv SYSTEM INTERFACE "${OPENCV_INCLUDE_DIR}")
foreach(part core imgproc imgcodecs photo)
    find_library(OPENCV_${part}_LIBRARY opencv_${part} REQUIRED)
    target_link_libraries(ocellus_opencv INTERFACE "${OPENCV_${part}_LIBRARY}")
endforeach()
