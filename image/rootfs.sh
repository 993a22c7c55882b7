#!/bin/sh
# Inside the build: rootfs.sh BINARY ROOT. Lays out what the image holds: the program, each shared library that it loads,
# CA certificates, who "nonroot" is, and the licences. Which Debian packages the libraries are from stands in
# /var/lib/dpkg/status.d, where scanners for known faults look in images without a package manager.
set -eu
binary=$1 root=$2
scripts/install-deps.sh run
mkdir -p "$root/usr/bin" "$root/etc/ssl/certs" "$root/usr/lib/ssl" "$root/usr/share/doc/launchgate" "$root/var/lib/dpkg/status.d"

package() {   # package FILE: the Debian package that it is from, and its licence. /lib is /usr/lib, and dpkg knows one of both
  name=$(dpkg -S "$1" 2>/dev/null || dpkg -S "/usr$1" 2>/dev/null || dpkg -S "${1#/usr}")
  name=${name%%:*}
  dpkg -s "$name" >"$root/var/lib/dpkg/status.d/$name"
  mkdir -p "$root/usr/share/doc/$name"
  cp "/usr/share/doc/$name/copyright" "$root/usr/share/doc/$name/"
}
library() {   # library PATH: under the path by which the loader asks for it
  mkdir -p "$root$(dirname "$1")"
  cp -L "$1" "$root$1"
  package "$(readlink -f "$1")"
}

install -m 755 "$binary" "$root/usr/bin/launchgate"
libraries=$(ldd "$binary" | awk '$2 == "=>" && $3 !~ /^\// {missing = $1} $3 ~ /^\// {print $3} $1 ~ /^\// {print $1} END {if (missing) {print "not found: " missing >"/dev/stderr"; exit 1}}')
for file in $libraries; do library "$file"; done

# One file of CAs, where OpenSSL looks by default.
cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
ln -s /etc/ssl/certs/ca-certificates.crt "$root/usr/lib/ssl/cert.pem"
mkdir -p "$root/usr/share/doc/ca-certificates"
cp /usr/share/doc/ca-certificates/copyright "$root/usr/share/doc/ca-certificates/"
dpkg -s ca-certificates >"$root/var/lib/dpkg/status.d/ca-certificates"

printf 'root:x:0:0:root:/root:/sbin/nologin\nnonroot:x:65532:65532:nonroot:/:/sbin/nologin\n' >"$root/etc/passwd"
printf 'root:x:0:\nnonroot:x:65532:\n' >"$root/etc/group"
printf 'hosts: files dns\n' >"$root/etc/nsswitch.conf"
cp /etc/os-release "$root/etc/os-release"
cp LICENSE "$root/usr/share/doc/launchgate/copyright"
chmod -R u+rwX,go+rX,go-w "$root"
