#!/usr/bin/env bash
# Installs the Debian 12 packages that seqload needs, if any is missing.
#
#   config/install-deps.sh [GROUP]          install what is missing; says nothing if nothing is
#   config/install-deps.sh --list [GROUP]   only print the names of the group's packages
#
# Groups, each with all of the ones before it:
#   build   compile the two programs (the default)
#   test    compile and run the tests, make Debian packages
#   all     everything that tests/run.sh --all uses: clang, linters, fuzzing, shells, what tries the
#           packages and the recipes
# and, apart from these:
#   proof   test, and what measures the tests themselves (tests/proof)
#   bench   build, and what the benchmarks compare with (tests/bench)
#   runtime what the built programs need to run
#   image   runtime, and what else goes into a container's image (config/image-root.sh)
set -euo pipefail

build_packages=(
    cmake g++ ninja-build pkg-config
    libboost1.81-dev libboost-url1.81-dev
    libcli11-dev libfccp-dev libspdlog-dev libsqlite3-dev libsqlitecpp-dev
    libssl-dev libtomlplusplus-dev libxxhash-dev libzstd-dev nlohmann-json3-dev
    prometheus-cpp-dev zlib1g-dev
)
test_packages=(doctest-dev dpkg-dev librapidcheck-dev openssl python3 python3-yaml)
lint_packages=(
    clang-19 clang-format-19 clang-tidy-19 curl debootstrap fish groff-base haproxy iproute2 jq
    libclang-rt-19-dev libfaketime lintian mandoc nginx-light prometheus shellcheck systemd
    tinyproxy zsh
)
proof_packages=(gcovr valgrind)
bench_packages=(libbenchmark-dev openssl python3 wrk)
runtime_packages=(
    ca-certificates libboost-url1.81.0 libprometheus-cpp-core1.0 libspdlog1.10 libsqlite3-0
    libssl3 libstdc++6 libxxhash0 libzstd1 zlib1g
)
image_packages=(busybox-static tzdata)

usage() {
    sed -n '2,/^set -/{/^#/s/^# \{0,1\}//p}' "$0"
}

list_only=false
if [[ ${1:-} == --list ]]; then
    list_only=true
    shift
fi

case "${1:-build}" in
    build) wanted=("${build_packages[@]}") ;;
    test) wanted=("${build_packages[@]}" "${test_packages[@]}") ;;
    all) wanted=("${build_packages[@]}" "${test_packages[@]}" "${lint_packages[@]}") ;;
    proof) wanted=("${build_packages[@]}" "${test_packages[@]}" "${proof_packages[@]}") ;;
    bench) wanted=("${build_packages[@]}" "${bench_packages[@]}") ;;
    runtime) wanted=("${runtime_packages[@]}") ;;
    image) wanted=("${runtime_packages[@]}" "${image_packages[@]}") ;;
    -h | --help)
        usage
        exit 0
        ;;
    *)
        echo "install-deps.sh: no group '$1'; use build, test, all, proof, bench, runtime or image" >&2
        exit 2
        ;;
esac

if $list_only; then
    printf '%s\n' "${wanted[@]}"
    exit 0
fi

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    echo "install-deps.sh: this is not Debian; install the equivalents of: ${wanted[*]}" >&2
    exit 2
fi

is_installed() {
    [[ $(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null) == installed ]]
}

missing=()
for package in "${wanted[@]}"; do
    is_installed "$package" || missing+=("$package")
done
if ((${#missing[@]} == 0)); then
    exit 0
fi

as_root=()
if ((EUID != 0)); then
    if ! command -v sudo >/dev/null; then
        echo "install-deps.sh: packages are missing and this is not root; as root, run:" >&2
        echo "  apt-get update && apt-get install --no-install-recommends ${missing[*]}" >&2
        exit 1
    fi
    as_root=(sudo)
fi

echo "Installing ${#missing[@]} Debian packages: ${missing[*]}" >&2
quietly=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq
    -o Dpkg::Use-Pty=0 -o Acquire::Retries=3)
# The output is shown only if something goes wrong: it is long and says little.
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { "${quietly[@]}" update && "${quietly[@]}" install --yes --no-install-recommends \
    "${missing[@]}"; } </dev/null >"$log" 2>&1; then
    cat "$log" >&2
    echo "install-deps.sh: apt-get failed (above); seqload is built on Debian 12 (bookworm)" >&2
    exit 1
fi
