# Google Benchmark from source where Emscripten builds (bench/fetch_benchmark.sh puts it there), and
# programs that run in Node.
set(LOYALTY_BENCHMARK_SOURCE ${PROJECT_SOURCE_DIR}/build/benchmark-source/source
  CACHE PATH "Sources of Google Benchmark")
if(NOT EXISTS ${LOYALTY_BENCHMARK_SOURCE}/CMakeLists.txt)
  message(FATAL_ERROR "No sources of Google Benchmark: run bench/fetch_benchmark.sh first")
endif()

set(HAVE_STD_REGEX ON CACHE INTERNAL "")  # its check runs a program, which a cross compiler cannot
set(BENCHMARK_ENABLE_TESTING OFF CACHE INTERNAL "")
set(BENCHMARK_ENABLE_INSTALL OFF CACHE INTERNAL "")
set(BENCHMARK_ENABLE_WERROR OFF CACHE INTERNAL "")
add_subdirectory(${LOYALTY_BENCHMARK_SOURCE} ${PROJECT_BINARY_DIR}/benchmark EXCLUDE_FROM_ALL SYSTEM)

add_link_options(-sENVIRONMENT=node -sWASM_ASYNC_COMPILATION=0 -sEXIT_RUNTIME=1 -sALLOW_MEMORY_GROWTH=1
  -sNODERAWFS=1)
