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

# load NAME OPTION…: loads samples/NAME.csv; its report goes to a folder of that name.
load() {
    local name=$1 code=0
    shift
    say "   seqload load samples/$name.csv --yes --allow-partial $*"
    "$programs/seqload" load "samples/$name.csv" --yes --allow-partial --state "$folder/state.db" \
        --out "$folder/$name" "$@" || code=$?
    # 1: finished, and some rows need a person. Some of the samples are made to.
    if ((code > 1)); then
        echo "quickstart.sh: seqload load ended with exit code $code" >&2
        exit "$code"
    fi
}

say "3. An export of 2,405 contacts is loaded: first its plan, then what became of it"
load contacts --exclude samples/do-not-contact.csv \
    --sequence-id 66e9e215ece19801b2199901 --email-account-id 6633baaece5fbd01c791d701
say "4. A list with rows of every fate, one of labels, and one by names"
load renewals --quiet
load labels --quiet
load names --quiet

say "5. The report has every row once. Of the list, the first row of each status:"
awk -F, '!seen[$7]++' "$folder/renewals/report.csv" | cut -d, -f1-8
say "   Of the rows that need a person, to be mended and loaded as they are:"
head -n 4 "$folder/renewals/attention.csv"

say "All of it is in $folder. Next: README.md, \"The first real load\"; samples/README.md has more."
