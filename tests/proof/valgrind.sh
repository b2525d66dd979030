#!/usr/bin/env bash
# Runs the tests under valgrind's memcheck, which sees what the sanitizers do not: values that were
# never set.
#
#   tests/proof/valgrind.sh             the tests of every room, then seqload end to end
#   tests/proof/valgrind.sh NAME…       only these: rooms, or end_to_end
#
# Built is the preset `debug`. Everything is some thirty times as slow, so that properties
# are tried with three inputs each, and what is only large is left out (below). End to end, seqload
# runs under valgrind and the sandbox as it is. An error is whatever valgrind calls one, or memory that
# nobody can reach any more; what was found is in build/proof/valgrind. The exit code is 1 if something
# was found or a test failed.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit

rooms=(base manual model input plan quota net apollo state dispatch report app)

# Many of the same; each kind is in another test as well. A '?' stands for a comma.
left_out=(
    "every way of splitting the same text at the window's edge reads the same"
    "lines that each open a quote take time in proportion to their number"
    "an unclosed quote before far more than a record's length is still unclosed"
    "a million *"
    "more requests never end earlier"
    "the quota alone never lets it end earlier than any of its windows would"
    "of many ids every one is found and no other? in no more than 26 bytes each"
    "*: cuts? damage and rubbish"
    "one byte that is another never adds anyone whom nobody named"
    "with one byte that is another? two parsers *"
    "wherever the power is cut? *"
    "a disk that dies while the log is moved into the database loses nothing"
    "a disk that * at any write leaves every earlier change whole*"
    "a single write that fails ends the writing? *"
    "200?000 outcomes go in and come out? *"
)

case "${1:-}" in
    -h | --help)
        sed -n '2,/^set -/{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"
        exit 0
        ;;
esac
names=("$@")
((${#names[@]} > 0)) || names=("${rooms[@]}" end_to_end)

programs=$PWD/build/debug/bin
found=$PWD/build/proof/valgrind
memcheck=(valgrind --quiet --error-exitcode=99 --leak-check=full --show-leak-kinds=definite
    --errors-for-leak-kinds=definite --num-callers=40 --fair-sched=yes)

targets=()
for name in "${names[@]}"; do
    case " ${rooms[*]} end_to_end " in
        *" $name "*) ;;
        *)
            echo "valgrind.sh: there is no room $name; there are: ${rooms[*]} end_to_end" >&2
            exit 2
            ;;
    esac
    if [[ $name == end_to_end ]]; then targets+=(seqload apollo-sandbox); else targets+=("${name}_tests"); fi
done
config/install-deps.sh proof || exit
cmake --preset debug -DBUILD_TESTING=ON >/dev/null || exit
cmake --build --preset debug -j "$(nproc)" --target "${targets[@]}" || exit
rm -rf "$found"
mkdir -p "$found"

test_room() {
    local room=$1 excluded
    excluded=$(IFS=,; echo "${left_out[*]}")
    RC_PARAMS=max_success=3 "${memcheck[@]}" --log-file="$found/$room.%p" "$programs/${room}_tests" \
        --test-case-exclude="$excluded" </dev/null
}

# A program of the name of seqload, that is seqload under valgrind.
test_end_to_end() {
    local seqload=$found/bin/seqload status=0
    mkdir -p "$found/bin"
    {
        echo '#!/bin/sh'
        printf 'exec'
        printf ' %q' "${memcheck[@]}" --log-file="$found/seqload.%p" "$programs/seqload"
        # shellcheck disable=SC2016 # what the new script is given
        echo ' "$@"'
    } >"$seqload"
    chmod +x "$seqload"
    run_script end_to_end_test.py Reports Stopping Plans || status=1
    ROWS_TO_PLAN=20000 run_script runs_test.py Resume || status=1
    run_script taking_back_test.py Undo Verify || status=1
    return "$status"
}

run_script() {
    local script=$1
    shift
    python3 -B "tests/app/$script" "$found/bin/seqload" "$programs/apollo-sandbox" "$@" </dev/null
}

status=0
for name in "${names[@]}"; do
    started=$SECONDS
    if [[ $name == end_to_end ]]; then test_end_to_end; else test_room "$name"; fi || status=1
    echo "$name: $((SECONDS - started)) s"
done

find "$found" -maxdepth 1 -type f -empty -delete
errors=$(find "$found" -maxdepth 1 -type f)
if [[ -n $errors ]]; then
    while IFS= read -r file; do cat "$file"; done <<<"$errors"
    echo "valgrind found something; it is kept in $found"
    exit 1
fi
((status == 0)) && echo "valgrind found nothing"
exit "$status"
