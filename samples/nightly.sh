#!/bin/sh
# A night's work, as the recipes for systemd, cron and Kubernetes run it:
#
#   nightly.sh FILE…
#
# goes on with every load that an earlier night has left unfinished, and then loads the files.
# Options come from the environment (SEQLOAD_STATE, SEQLOAD_METRICS, SEQLOAD_MAX_WAIT…) or from
# seqload.toml, the key as always. The state should be this job's own: a load that somebody has
# stopped by hand on the same state would be gone on with, too.
#
# Why not `seqload resume || seqload load`: a run that has ended makes resume exit as it did, so that
# after a good night nothing would be loaded any more. The runs on record say what is unfinished.
#
# Exit code: 0, or 1 if rows need a person, in what was gone on with or in tonight's files. Anything
# else is the code of the command that could not go on, and ends the night: 5 (stopped before the
# end) is worth another try later, 2, 3, 4 and 6 need a person first.
set -u

if [ $# -eq 0 ]; then
    echo "usage: nightly.sh FILE..." >&2
    exit 2
fi

# tell RUN MESSAGE: on standard error, as seqload says such things.
tell() {
    if [ "${SEQLOAD_LOG_FORMAT:-}" = json ]; then
        printf '{"ts":"%s","level":"warning","message":"%s","run_id":"%s"}\n' \
            "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$2" "$1" >&2
    else
        echo "nightly.sh: $2" >&2
    fi
}

child=
stopping=false

# Passed on once: seqload then finishes what is in flight, while a second signal would end it at once.
# shellcheck disable=SC2317 # the trap calls it
stop() {
    if ! $stopping && [ -n "$child" ]; then
        kill -TERM "$child" 2>/dev/null
    fi
    stopping=true
}
trap stop TERM INT HUP

# run ARGUMENT…: seqload with them; its exit code is in $code. In the background, because a shell
# that waits in the foreground would hear of a signal only when it is too late.
run() {
    seqload "$@" </dev/null &
    child=$!
    wait "$child"
    code=$?
    while kill -0 "$child" 2>/dev/null; do
        wait "$child"
        code=$?
    done
    child=
    if $stopping; then
        exit "$code"
    fi
}

# There are no runs to list before the first night; seqload says so with code 2.
listed=$(seqload runs 2>/dev/null)
case $? in
    0 | 2) ;;
    *) exec seqload runs ;; # and says why
esac

needs_a_person=false
while read -r id command state _; do
    case "$command $state" in
        "load killed" | "load stopped") ;;
        *) continue ;;
    esac
    # Metrics of their own, or those of tonight's load would hide them.
    if [ -n "${SEQLOAD_METRICS:-}" ]; then
        run resume --metrics "${SEQLOAD_METRICS%.prom}-resumed.prom" "$id"
    else
        run resume "$id"
    fi
    case $code in
        0) ;;
        1) needs_a_person=true ;;
        2 | 3)
            # Its question was never answered, or its file is another by now. That cannot be mended
            # here, and tonight's files need not wait for it; that it had stopped was told before.
            tell "$id" "run $id stays unfinished (above); seqload report $id lists its rows"
            ;;
        *) exit "$code" ;;
    esac
done <<EOT
$listed
EOT

run load --yes "$@"
if [ "$code" -eq 0 ] && $needs_a_person; then
    exit 1
fi
exit "$code"
