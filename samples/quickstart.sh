#!/usr/bin/env bash
# From nothing to a first load, on a fresh Debian 12: installs the packages that are missing, builds
# seqload, starts apollo-sandbox (a stand-in for Apollo's API on this machine), loads the sample
# files into it and shows the report. Nothing leaves this machine; it can be run again at will.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
[[ -t 1 ]] || say() { printf '\n%s\n' "$*"; }

programs=build/release/bin
folder=seqload-out/quickstart
sandbox=

end_sandbox() {
    [[ -z $sandbox ]] || kill "$sandbox" 2>/dev/null || true
}
trap end_sandbox EXIT

say "1. What is missing is installed, and seqload is built (a few minutes, the first time)"
config/install-deps.sh build
[[ -f build/release/CMakeCache.txt ]] || cmake --preset release -DBUILD_TESTING=OFF >/dev/null
cmake --build --preset release --target seqload apollo-sandbox

say "2. A stand-in for Apollo starts on this machine"
rm -rf "$folder"
mkdir -p "$folder"
exec 3< <(exec "$programs/apollo-sandbox" --port 0 --data samples/world.json \
    --cert-dir "$folder/certificates" 2>"$folder/sandbox.log")
sandbox=$!
# It prints the environment that points seqload at it, and then says that it is ready.
while true; do
    if ! read -r -t 30 line <&3; then
        cat "$folder/sandbox.log" >&2
        echo "quickstart.sh: the sandbox did not start (above)" >&2
        exit 1
    fi
    case $line in
        "export "*)
            echo "   $line"
            eval "$line"
            ;;
        "# ready"*) break ;;
    esac
done

samples=(samples/*.csv)
say "3. seqload load ${samples[*]} --yes"
code=0
"$programs/seqload" load "${samples[@]}" --yes --state "$folder/state.db" \
    --out "$folder/report" || code=$?
# 1: finished, and some rows need a person, which is how the samples are made.
if ((code > 1)); then
    echo "quickstart.sh: seqload load ended with exit code $code" >&2
    exit "$code"
fi

say "4. The report: every row once, in input order ($folder/report/report.csv)"
head -n 6 "$folder/report/report.csv"
say "   The rows that need a person, to be mended and loaded again ($folder/report/attention.csv)"
head -n 6 "$folder/report/attention.csv"

say "That was a load. Next: README.md, \"The first real load\"; samples/README.md has more to try."
