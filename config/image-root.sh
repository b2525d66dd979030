#!/usr/bin/env bash
# Gathers the root of the container's image (Dockerfile): what `cmake --install` gave, what the
# programs are linked with, certificates, time zones, a shell, and nothing else.
#
#   config/image-root.sh INSTALLED ROOT
#
# INSTALLED is the prefix, which becomes /usr; ROOT is made anew. To run where the packages of
# `install-deps.sh runtime` and busybox-static are installed, on the Debian that it was built on.
set -euo pipefail

installed=$(realpath "$1")
root=$2
[[ ! -e $root ]] || {
    echo "image-root.sh: $root is there already" >&2
    exit 2
}
install --directory "$root"/{etc/ssl/certs,usr/bin,usr/share,var/lib/dpkg/status.d}
for folder in bin lib lib64; do
    install --directory "$root/usr/$folder"
    ln -s "usr/$folder" "$root/$folder"
done
# For standard input, which is read twice and therefore kept.
install --directory --mode=1777 "$root/tmp"

cp --archive "$installed/bin" "$installed/libexec" "$root/usr/"

# A library under the names by which it is asked for, and where the loader looks for it.
ldd "$installed"/bin/* | grep -o '/[^ ]*\.so[^ ]*' | sort --unique | while read -r library; do
    case $library in
        /lib/* | /lib64/*) place=$root/usr$library ;;
        *) place=$root$library ;;
    esac
    install -D --mode=644 "$(realpath "$library")" "$place"
    # dpkg knows it by one of the two names.
    { dpkg --search "$library" "/usr$library" 2>/dev/null || true; } | cut --delimiter=: --fields=1
done | sort --unique >"$root/packages"
chmod 755 "$root"/usr/lib64/ld-*

cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
# Where OpenSSL looks for them.
install --directory "$root/usr/lib/ssl"
ln -s /etc/ssl/certs/ca-certificates.crt "$root/usr/lib/ssl/cert.pem"
cp --archive /usr/share/zoneinfo "$root/usr/share/"
rm -rf "$root"/usr/share/zoneinfo/{posix,right}
# The recipes and whoever looks inside need a shell.
install --mode=755 /bin/busybox "$root/usr/bin/busybox"
for name in sh awk cat cp date df flock grep ls mkdir mv ps rm sed sleep tail vi zcat; do
    ln -s busybox "$root/usr/bin/$name"
done
printf '%s\n' busybox-static ca-certificates tzdata >>"$root/packages"

printf '%s\n' 'root:x:0:0:root:/:/usr/bin/sh' \
    'seqload:x:10001:10001:seqload:/var/lib/seqload:/usr/bin/sh' >"$root/etc/passwd"
printf '%s\n' 'root:x:0:' 'seqload:x:10001:' >"$root/etc/group"
echo 'hosts: files dns' >"$root/etc/nsswitch.conf"
cp /etc/os-release "$root/etc/os-release"

# What is in it, for those who look for known flaws, and under which terms.
while read -r package; do
    dpkg-query --status "$package" >"$root/var/lib/dpkg/status.d/$package"
    terms=/usr/share/doc/$package/copyright
    [[ ! -f $terms ]] || install -D --mode=644 "$terms" "$root$terms"
done <"$root/packages"
install -D --mode=644 "$installed/share/doc/seqload/LICENSE" "$root/usr/share/doc/seqload/LICENSE"
rm "$root/packages"
