# What the suites need beside the core where Emscripten builds them: libraries from source, since
# Debian's compiled ones are native, and programs that run in Node with the machine's files before them.
find_path(LOYALTY_GOOGLETEST_SOURCE googletest/src/gtest-all.cc
  PATHS /usr/src/googletest NO_DEFAULT_PATH NO_CMAKE_FIND_ROOT_PATH REQUIRED)
find_path(LOYALTY_NLOHMANN_HEADERS nlohmann/json.hpp
  PATHS /usr/include /usr/local/include NO_DEFAULT_PATH NO_CMAKE_FIND_ROOT_PATH REQUIRED)

set(gtest_disable_pthreads ON CACHE INTERNAL "")
set(INSTALL_GTEST OFF CACHE INTERNAL "")
set(BUILD_GMOCK OFF CACHE INTERNAL "")
add_subdirectory(${LOYALTY_GOOGLETEST_SOURCE} ${CMAKE_CURRENT_BINARY_DIR}/googletest EXCLUDE_FROM_ALL SYSTEM)

# The host's include folder would hide Emscripten's own, so the headers are copied out of it.
file(COPY ${LOYALTY_NLOHMANN_HEADERS}/nlohmann DESTINATION ${CMAKE_CURRENT_BINARY_DIR}/staged)
add_library(loyalty_nlohmann INTERFACE)
target_include_directories(loyalty_nlohmann SYSTEM INTERFACE ${CMAKE_CURRENT_BINARY_DIR}/staged)
add_library(nlohmann_json::nlohmann_json ALIAS loyalty_nlohmann)

# Synchronous, for 3.1.6 would try to fetch a plain path in Node 18 and later. Linked without the
# optimisers that work on the whole module: they cost more than they save here.
add_library(loyalty_in_node INTERFACE)
target_link_options(loyalty_in_node INTERFACE
  -O1 -sENVIRONMENT=node -sWASM_ASYNC_COMPILATION=0 -sEXIT_RUNTIME=1 -sALLOW_MEMORY_GROWTH=1
  -sNODERAWFS=1)
