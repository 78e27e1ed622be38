#!/usr/bin/env bash
# Proves the two commands on a fresh Debian: an empty minbase system with git, make, python3 and python3-pip,
# a fresh clone of this checkout's last commit, `make test`, then `make run` (without a display: the tour).
#
#   sudo packaging/prove_fresh.sh [bookworm|trixie] [BASE]
#
# BASE: a folder in which debootstrap already made that system; saves the minutes of making it anew.
# STEPS="setup" proves only part: the make targets to run, by default "test run".
# Pictures of the tour and the log are left in build/fresh-RELEASE. The system's own settings of pip, proxies,
# certificates and apt are passed on, unseen; mounts live in a namespace of their own and end with the script.
set -euo pipefail

release=${1:-bookworm}
base=${2:-}
root=$(cd "$(dirname "$0")/.." && pwd)
[ "$(id -u)" = 0 ] || { echo "This needs root: sudo $0 $*" >&2; exit 1; }

if [ -z "${KUSHEN_PROOF:-}" ]; then
    KUSHEN_PROOF=$(mktemp -d "${TMPDIR:-/tmp}/kushen-fresh-XXXXXX")
    export KUSHEN_PROOF
    trap 'rm -rf --one-file-system "$KUSHEN_PROOF"' EXIT
    status=0
    unshare --mount --propagation private --pid --fork --kill-child "$0" "$@" || status=$?
    exit "$status"
fi

system=$KUSHEN_PROOF/$release
home="$system/root/Kushen Desktop"  # a space, because users have them
results=$root/build/fresh-$release
mkdir -p "$results"

timed() {  # timed TITLE COMMAND...: one line, the output in the log, its end shown on failure
    local title=$1 start=$SECONDS log="$results/log"
    shift
    printf '\n== %s\n' "$title" >> "$log"
    if "$@" >> "$log" 2>&1; then
        printf '%-34s ok   %4d s\n' "$title" $((SECONDS - start))
    else
        printf '%-34s FAILED after %d s\n' "$title" $((SECONDS - start))
        tail -n 60 "$log"
        exit 1
    fi
}

make_system() {
    if [ -n "$base" ]; then
        cp -a "$base" "$system"
        return
    fi
    local mirror
    # shellcheck disable=SC2016  # the names are apt's
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Label: Debian' 2> /dev/null | head -n 1)
    debootstrap --variant=minbase --include=git,make,python3,python3-pip "$release" "$system" ${mirror:+"$mirror"}
}

pass_file() {  # a file of the caller, to the same place in the new system
    [ -f "$1" ] || return 0
    mkdir -p "$system$(dirname "$1")"
    cp -L "$1" "$system${2:-$1}"
}

pass_settings() {
    pass_file /etc/resolv.conf
    pass_file /etc/hosts
    pass_file /etc/pip.conf
    pass_file /etc/xdg/pip/pip.conf
    pass_file "${PIP_CONFIG_FILE:-}"
    mkdir -p "$system/root/.config/pip"
    pass_file "$HOME/.pip/pip.conf" /root/.config/pip/pip.conf
    pass_file "${XDG_CONFIG_HOME:-$HOME/.config}/pip/pip.conf" /root/.config/pip/pip.conf
    apt-config dump | grep -E '^Acquire::(http|https|Check-|Retries)' > "$system/etc/apt/apt.conf.d/99caller" || true
    local value
    for value in $({ printenv | grep -E '^(SSL_CERT_FILE|PIP_CERT|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE)=' || true
                     python3 -m pip config list | grep -E '[.]cert=' || true
                     grep -i cainfo "$system/etc/apt/apt.conf.d/99caller" || true; } | grep -oE "/[^'\"; ]+"); do
        pass_file "$value"
    done
    if compgen -G '/usr/local/share/ca-certificates/*.crt' > /dev/null; then
        cp -L /usr/local/share/ca-certificates/*.crt "$system/usr/local/share/ca-certificates/"
    fi
}

mount_all() {
    mount -t proc proc "$system/proc"
    mount -t tmpfs tmpfs "$system/dev/shm"
    mkdir -p "$system/dev/pts"
    mount -t devpts -o newinstance,ptmxmode=0666 devpts "$system/dev/pts"
    ln -sf pts/ptmx "$system/dev/ptmx"
    local folder
    # Folders on this disk that pip's settings name as sources of packages; an index lies beside its files.
    for folder in $(python3 -m pip config list | grep -E 'find-links|index-url' | grep -oE "/[^'\"\\ ]+" |
                    sed -E 's#^/+#/#; s#/simple/?$##' | sort -u); do
        [ -d "$folder" ] || continue
        mkdir -p "$system$folder"
        mount --bind -o ro "$folder" "$system$folder"
    done
}

inside() {  # inside FOLDER COMMAND...: in the new system, with nothing of the caller's but what reaches the network
    local folder=$1 passed=()
    shift
    mapfile -t passed < <(printenv | grep -E '^(PIP_[A-Z_]+|SSL_CERT_(FILE|DIR)|(REQUESTS|CURL)_CA_BUNDLE|(https?|no|all)_proxy|(HTTPS?|NO|ALL)_PROXY)=' || true)
    env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin "${passed[@]}" \
        chroot "$system" sh -c 'cd "$0" && exec "$@"' "$folder" "$@"
}

refuses_without_root() {  # an ordinary user is told the one command
    chmod o+x "$system/root"
    local said
    if said=$(inside "/root/Kushen Desktop" setpriv --reuid=65534 --regid=65534 --clear-groups make setup 2>&1); then
        return 1
    fi
    echo "$said"
    grep -q 'sudo apt-get install' <<< "$said"
}

: > "$results/log"
echo "Debian $release, $(uname -m), commit $(git -C "$root" rev-parse --short HEAD)"
timed "minbase, git, make, python3, pip" make_system
pass_settings
timed "mounts" mount_all
timed "fresh clone" git clone -q --no-hardlinks "$root" "$home"
timed "without root: names the command" refuses_without_root
for step in ${STEPS:-test run}; do
    timed "make $step" inside "/root/Kushen Desktop" make "$step"
    grep -aE '[0-9]+ passed|No display|pictures|seconds' "$results/log" | tail -n 3 || true
done
if [ -d "$home/build/tour" ]; then
    rm -rf "$results/tour"
    cp -r "$home/build/tour" "$results/tour"
    echo "$(find "$results/tour" -name '*.png' | wc -l) pictures in build/fresh-$release/tour"
fi
echo "Debian $release: proven"
