#!/usr/bin/env bash
# Counts which lines and branches of the rooms the tests run through.
#
#   tests/proof/coverage.sh [CTEST ARGUMENT…]    builds, runs every test (or those that the arguments
#                                                choose, as -R input), and shows a table by room
#   tests/proof/coverage.sh --table              only shows the table of the last run
#
# Counted are src and include without the sandbox, in build/coverage. Left out of the branches are
# those that the compiler makes where something might throw, and those in code that it made itself.
# A process that is killed takes its counts with it. The pages of each file, line by line, are in
# build/coverage/pages. The exit code is 1 if a test failed, or less is run through than is to be:
# 95 % of the lines and 85 % of the branches.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

usage() { sed -n '2,/^set -/{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"; }

run_tests=true
case "${1:-}" in
    --table)
        run_tests=false
        shift
        ;;
    -h | --help)
        usage
        exit 0
        ;;
esac
config/install-deps.sh proof

build=build/coverage
cores=$(nproc)
status=0
if $run_tests; then
    cmake --preset coverage -DBUILD_TESTING=ON >/dev/null
    cmake --build --preset coverage -j "$cores"
    find "$build" -name '*.gcda' -delete
    ctest --preset coverage -j "$((cores + 1))" --no-tests=error "$@" </dev/null || status=1
fi

mkdir -p "$build/pages"
# GCC 12 is known to count coroutines' odd branches below zero (its bug 68080).
gcovr --root . --object-directory "$build" --filter src/ --filter include/ \
    --exclude src/sandbox/ --exclude include/seqload/sandbox/ \
    --exclude-throw-branches --exclude-unreachable-branches --gcov-ignore-parse-errors \
    -j "$cores" --json-summary "$build/coverage.json" --html-details "$build/pages/index.html" \
    "$build"
python3 -B tests/proof/coverage_table.py "$build/coverage.json" --lines 95 --branches 85 || status=1
exit "$status"
