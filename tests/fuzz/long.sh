#!/usr/bin/env bash
# Fuzzes for long, and keeps what reaches further.
#
#   tests/fuzz/long.sh HOURS [NAME…]    HOURS, also 0.5, are shared evenly among the fuzzers NAME…;
#                                       without a name among all of them
#
# Builds them, and runs as many at once as there are cores, each on from where it was left in
# build/fuzz/corpus/NAME. At the end the fewest inputs that reach all the code that was reached are put
# beside those in tests/fuzz/corpus/NAME, as reached-…: look at them with git, and commit them. An input that breaks
# something is left in build/fuzz/found-NAME-…; then the exit code is 1: mend it, and commit the input
# to the same folder, so that it is tried for ever.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

hours=${1:-}
if ! [[ $hours =~ ^[0-9]+(\.[0-9]+)?$ ]]; then
    sed -n '2,/^set -/{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"
    [[ $hours == -h || $hours == --help ]] && exit 0
    exit 2
fi
shift
names=("$@")

cores=$(nproc)
cmake --preset fuzz >/dev/null
cmake --build --preset fuzz -j "$cores" --target fuzzers
if ((${#names[@]} == 0)); then
    for program in build/fuzz/bin/fuzz_*; do
        names+=("${program##*/fuzz_}")
    done
fi
for name in "${names[@]}"; do
    if [[ ! -x build/fuzz/bin/fuzz_$name ]]; then
        echo "there is no fuzzer $name; there are:" build/fuzz/bin/fuzz_* >&2
        exit 2
    fi
done
seconds=$(awk -v hours="$hours" -v count="${#names[@]}" -v cores="$cores" \
    'BEGIN { at_once = count < cores ? count : cores; print int(hours * 3600 * at_once / count) + 1 }')

run_one() {
    local name=$1 seconds=$2 corpus=build/fuzz/corpus/$1 log=build/fuzz/long-$1.log status=0
    mkdir -p "$corpus"
    cp -R "tests/fuzz/corpus/$name/." "$corpus/"
    "build/fuzz/bin/fuzz_$name" -max_total_time="$seconds" -max_len=16384 -timeout=10 \
        -rss_limit_mb=2048 -print_final_stats=1 -artifact_prefix="build/fuzz/found-$name-" "$corpus" \
        >"$log" 2>&1 || status=1
    # Counted is which code is reached, not how often: a few hundred inputs at most.
    "build/fuzz/bin/fuzz_$name" -set_cover_merge=1 -use_counters=0 "tests/fuzz/corpus/$name" \
        "$corpus" >>"$log" 2>&1 || true
    # What bears a hash alone is not committed (tests/fuzz/corpus/.gitignore).
    local input
    for input in "tests/fuzz/corpus/$name/"*; do
        [[ ${input##*/} =~ ^[0-9a-f]{40}$ ]] && mv "$input" "${input%/*}/reached-${input: -12}"
    done
    printf '%s: %s inputs tried in %s s, %s kept, %s\n' "$name" \
        "$(sed -n 's/^stat::number_of_executed_units: *//p' "$log" | head -n 1)" "$seconds" \
        "$(find "tests/fuzz/corpus/$name" -type f | wc -l)" \
        "$( ((status == 0)) && echo 'nothing found' || echo "FOUND SOMETHING (see $log)")"
    return "$status"
}
export -f run_one

echo "${#names[@]} fuzzers, $seconds s each, $cores at once"
# shellcheck disable=SC2016  # the inner shell is to expand them
printf '%s\n' "${names[@]}" |
    xargs -P "$cores" -I{} bash -c 'run_one "$1" "$2"' _ {} "$seconds" || exit 1
