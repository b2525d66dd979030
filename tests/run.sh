#!/usr/bin/env bash
# Builds seqload and runs its tests, installing the Debian packages that are missing.
#
#   tests/run.sh                    every test, of what people run: optimized and hardened
#   tests/run.sh --all              besides: all of them again under ASan and UBSan, TSan, clang-tidy,
#                                   clang-format, shellcheck, short fuzzing
#   tests/run.sh [--all] -R input   further arguments go to ctest: here, only tests named input…
#
# A build's output is shown only if it fails; all of it is kept in build/logs. The last line
# sums up test programs, linters and fuzzers: "N passed, N failed". FUZZ_SECONDS (default 10)
# is how long each fuzzer runs. Properties are tried with the same inputs in every run, so that
# what fails fails again; RC_PARAMS=max_success=10000 tries others, and more of them.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit

everything=false
case "${1:-}" in
    --all)
        everything=true
        shift
        ;;
    -h | --help)
        sed -n '2,/^set -/{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"
        exit 0
        ;;
esac
ctest_arguments=("$@")

export RC_PARAMS=${RC_PARAMS:-seed=20261126}

cores=$(nproc)
# Many tests mostly wait, for a disk or for a window of the quota to open.
tests_at_once=$((cores + 1))
logs=build/logs
passed=0
failed=0
skipped=0
failures=()

heading() { printf '\n== %s\n' "$*"; }

note_pass() { passed=$((passed + 1)); }

note_failure() {
    failed=$((failed + 1))
    failures+=("$1")
}

# check NAME COMMAND…: one check that passes or fails as a whole; its output is shown if it fails.
check() {
    local name=$1 log started=$SECONDS
    shift
    log=$logs/${name// /-}.log
    heading "$name"
    if "$@" >"$log" 2>&1 </dev/null; then
        echo "passed in $((SECONDS - started)) s"
        note_pass
        return 0
    fi
    cat "$log"
    echo "FAILED after $((SECONDS - started)) s: $name (log: $log)"
    note_failure "$name"
    return 1
}

configure_and_build() {
    local preset=$1
    shift
    cmake --preset "$preset" -DBUILD_TESTING=ON && cmake --build --preset "$preset" -j "$cores" "$@"
}

# The number in attribute $2 of the first line of the JUnit file $1 that has it; 0 if there is none.
junit_count() {
    local number
    number=$(sed -n "s/.*[[:space:]]$2=\"\([0-9]*\)\".*/\1/p" "$1" 2>/dev/null | head -n 1)
    echo "${number:-0}"
}

# test_preset PRESET: builds it and runs its tests; each test counts.
test_preset() {
    local preset=$1 junit="$PWD/$logs/$1-tests.xml" total bad left_out
    check "build $preset" configure_and_build "$preset" || return
    heading "tests in $preset"
    rm -f "$junit"
    ctest --preset "$preset" -j "$tests_at_once" --no-tests=error --output-junit "$junit" \
        "${ctest_arguments[@]}" </dev/null
    local result=$?
    total=$(junit_count "$junit" tests)
    bad=$(junit_count "$junit" failures)
    left_out=$(($(junit_count "$junit" skipped) + $(junit_count "$junit" disabled)))
    passed=$((passed + total - bad - left_out))
    skipped=$((skipped + left_out))
    if ((bad > 0)); then
        failed=$((failed + bad))
        failures+=("tests in $preset")
    elif ((result != 0)); then
        note_failure "tests in $preset (ctest exited with $result)"
    fi
}

# TSan where there are threads: the rooms that have them, and the programs end to end.
test_threads() {
    local threaded=(seqload apollo-sandbox input_tests net_tests state_tests dispatch_tests)
    check "build tsan" configure_and_build tsan --target "${threaded[@]}" || return
    local name
    for name in input_tests net_tests state_tests dispatch_tests; do
        check "tsan $name" "build/tsan/bin/$name"
    done
    # Where this script runs in the background of another, interrupts may be ignored, and whoever is
    # begun then ignores them, too (ctest sees to that for its own).
    local python=(env --default-signal=INT --default-signal=QUIT python3 -B)
    check "tsan end to end" "${python[@]}" tests/app/end_to_end_test.py build/tsan/bin/seqload \
        build/tsan/bin/apollo-sandbox Reports Stopping
    check "tsan http faults" "${python[@]}" tests/app/http_faults_test.py build/tsan/bin/seqload \
        build/tsan/bin/apollo-sandbox Mixed
    check "tsan taking back" "${python[@]}" tests/app/taking_back_test.py build/tsan/bin/seqload \
        build/tsan/bin/apollo-sandbox
}

our_scripts() {
    printf '%s\n' .ci/run
    find config samples src tests -name '*.sh'
}

check_format() {
    find include src tests -name '*.cpp' -print0 -o -name '*.hpp' -print0 |
        xargs -0 clang-format-19 --dry-run -Werror
}

check_shell_scripts() { our_scripts | xargs shellcheck; }

check_tidy() {
    cmake --preset lint && run-clang-tidy-19 -quiet -j "$cores" -p build/lint \
        "^$PWD/src/.*\.cpp$"
}

# Each fuzzer starts from the inputs committed for it, in a copy: what it finds stays in build/.
fuzz() {
    local program=$1 corpus
    local name=${program##*/fuzz_}
    corpus=build/fuzz/corpus/$name
    mkdir -p "$corpus"
    cp -R "tests/fuzz/corpus/$name/." "$corpus/" &&
        "$program" -max_total_time="${FUZZ_SECONDS:-10}" -max_len=16384 -timeout=10 \
            -rss_limit_mb=2048 -print_final_stats=1 -artifact_prefix="build/fuzz/found-$name-" "$corpus"
}

fuzz_all() {
    check "build fuzz" configure_and_build fuzz --target fuzzers || return
    local program
    for program in build/fuzz/bin/fuzz_*; do
        [[ -x $program ]] && check "fuzz ${program##*/fuzz_}" fuzz "$program"
    done
}

mkdir -p "$logs"
if $everything; then
    config/install-deps.sh all || exit 1
    check "clang-format" check_format
    check "shellcheck" check_shell_scripts
else
    config/install-deps.sh test || exit 1
fi
test_preset release
if $everything; then
    test_preset asan
    test_threads
    check "clang-tidy" check_tidy
    fuzz_all
fi

if ((${#failures[@]} > 0)); then
    heading "failed"
    printf '%s\n' "${failures[@]}"
fi
summary="$passed passed, $failed failed"
((skipped > 0)) && summary+=", $skipped skipped"
printf '\n%s\n' "$summary"
((failed == 0 && passed > 0))
