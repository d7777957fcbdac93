# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2034  # sourced: what it sets is used by the three
#
# What `up`, `test` and `fresh-root` share: speaking, installing, and acting as the person who called. Sourced.
# Nothing here needs more than what a minimal Debian 12 brings.

root_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=packaging/dependencies
source "$root_dir/packaging/dependencies"

# Messages are looked at by this script; people get their own language from the programs.
export LC_ALL=${LC_ALL:-C.UTF-8}

if [[ -t 1 ]]; then bold=$'\e[1m' plain=$'\e[0m'; else bold='' plain=''; fi
steps_done=0

say() { printf '%s\n' "$*"; }

die() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

# step TOTAL SENTENCE: one line for each thing that takes a while.
step() {
  steps_done=$((steps_done + 1))
  printf '%s[%d/%d] %s%s\n' "$bold" "$steps_done" "$1" "$2" "$plain"
}

# ---- who called -----------------------------------------------------------------------------------------------

# Root is only for installing; everything else is done by, and belongs to, the person behind sudo, doas or pkexec.
find_person() {
  person=$(id -un)
  if ((EUID == 0)); then
    if [[ -n ${SUDO_USER:-} ]]; then
      person=$SUDO_USER
    elif [[ -n ${DOAS_USER:-} ]]; then
      person=$DOAS_USER
    elif [[ -n ${PKEXEC_UID:-} ]]; then
      person=$(id -un "$PKEXEC_UID")
    fi
  fi
  person_uid=$(id -u "$person") || die "there is no user $person"
  person_gid=$(id -g "$person")
  person_home=$(getent passwd "$person" | cut -d: -f6)
  [[ -n $person_home ]] || person_home=$HOME
}

# as_person COMMAND...: with the person's uid, groups, home and session, and nothing of root's environment.
as_person() {
  if ((EUID == person_uid)); then
    env "${person_env[@]}" "$@"
  else
    setpriv --reuid "$person_uid" --regid "$person_gid" --init-groups \
      env -i PATH=/usr/local/bin:/usr/bin:/bin TERM="${TERM:-dumb}" LANG="${LANG:-C.UTF-8}" \
      HOME="$person_home" USER="$person" LOGNAME="$person" "${person_env[@]}" "$@"
  fi
}

# exec_as_person COMMAND...: the same, in place of this shell.
exec_as_person() {
  if ((EUID == person_uid)); then
    exec env "${person_env[@]}" "$@"
  fi
  exec setpriv --reuid "$person_uid" --regid "$person_gid" --init-groups \
    env -i PATH=/usr/local/bin:/usr/bin:/bin TERM="${TERM:-dumb}" LANG="${LANG:-C.UTF-8}" \
    HOME="$person_home" USER="$person" LOGNAME="$person" "${person_env[@]}" "$@"
}

session_variables=(DISPLAY WAYLAND_DISPLAY XAUTHORITY XDG_RUNTIME_DIR DBUS_SESSION_BUS_ADDRESS XDG_SESSION_TYPE
  XDG_CURRENT_DESKTOP XDG_SESSION_ID XDG_CONFIG_HOME XDG_STATE_HOME XDG_CACHE_HOME NAPE_CONFIG NAPE_STATE_DIR
  NAPE_RUNTIME_DIR NAPE_PLUGIN_DIR NAPE_HTTP NAPE_SYSTEM_DIR CCACHE_DIR LANGUAGE)

# Prints NAME=VALUE lines of the session variables in the environment of process $1.
session_of_process() {
  local line name
  while IFS= read -r -d '' line; do
    for name in "${session_variables[@]}"; do
      [[ $line == "$name="?* && $line != *$'\n'* ]] && printf '%s\n' "$line"
    done
  done 2>/dev/null <"/proc/$1/environ"
}

# A process of the person that sits in a desktop session, judged by its environment; the one that knows most wins.
# Processes of another root directory (a container, a chroot) are another machine.
find_session_process() {
  local dir found best='' best_lines=0 lines
  while IFS= read -r dir; do
    [[ $dir/root -ef / ]] || continue
    found=$(session_of_process "${dir#/proc/}" 2>/dev/null || true)
    [[ $found == *DISPLAY=* ]] || continue
    lines=$(wc -l <<<"$found")
    if ((lines > best_lines)); then best=$found best_lines=$lines; fi
  done < <(find /proc -maxdepth 1 -uid "$person_uid" -name '[0-9]*' 2>/dev/null)
  printf '%s' "$best"
}

# Fills person_env, and sets has_desktop to yes or no.
find_session() {
  person_env=()
  local -A session=()
  local name line
  if ((EUID == person_uid)) || [[ -n ${DISPLAY:-}${WAYLAND_DISPLAY:-} ]]; then
    for name in "${session_variables[@]}"; do
      # Through sudo XDG_RUNTIME_DIR may be root's: only what names the screen can be taken over.
      if ((EUID != person_uid)) && [[ $name != DISPLAY && $name != WAYLAND_DISPLAY && $name != XAUTHORITY ]]; then
        continue
      fi
      [[ -n ${!name:-} ]] && session[$name]=${!name}
    done
  fi
  if [[ -z ${session[DISPLAY]:-}${session[WAYLAND_DISPLAY]:-} || -z ${session[DBUS_SESSION_BUS_ADDRESS]:-} ]]; then
    while IFS= read -r line; do
      name=${line%%=*}
      [[ -z $name || -n ${session[$name]:-} ]] || session[$name]=${line#*=}
    done <<<"$(find_session_process)"
  fi
  local run=/run/user/$person_uid
  [[ -n ${session[XDG_RUNTIME_DIR]:-} || ! -d $run ]] || session[XDG_RUNTIME_DIR]=$run
  if [[ -z ${session[DBUS_SESSION_BUS_ADDRESS]:-} && -S $run/bus ]]; then
    session[DBUS_SESSION_BUS_ADDRESS]=unix:path=$run/bus
  fi
  has_desktop=no
  [[ -z ${session[DISPLAY]:-}${session[WAYLAND_DISPLAY]:-} ]] || has_desktop=yes
  for name in "${!session[@]}"; do person_env+=("$name=${session[$name]}"); done
  person_runtime=${session[XDG_RUNTIME_DIR]:-}
  person_state=${session[NAPE_STATE_DIR]:-${session[XDG_STATE_HOME]:-$person_home/.local/state}/nape}
  nape_runtime=${session[NAPE_RUNTIME_DIR]:-}
  nape_config=${session[NAPE_CONFIG]:-}
}

# ---- installing ------------------------------------------------------------------------------------------------

is_installed() { [[ $(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null) == installed ]]; }

run_apt() {
  local as_root=()
  if ((EUID != 0)); then
    command -v sudo >/dev/null || die "packages are missing, and there is no sudo here: run me once as root"
    as_root=(sudo)
  fi
  # The Debian installer of a fresh machine may still hold the lock.
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=600 \
    -o Acquire::Languages=none "$@"
}

# install_packages PACKAGE...: those that are missing; silent and quick if none is. Never removes one of yours.
install_packages() {
  local package missing=()
  for package in "$@"; do is_installed "$package" || missing+=("$package"); done
  ((${#missing[@]})) || return 0
  say "Missing: ${missing[*]}"
  run_apt update
  run_apt install -y --no-install-recommends --no-remove "${missing[@]}" ||
    die "apt could not install: ${missing[*]} (libboost1.81-dev conflicts with libboost1.74-dev: it is not removed for you)"
}

# unpack_tools DIRECTORY PACKAGE...: programs out of their packages, into DIRECTORY/usr/bin, unless they are in the PATH.
unpack_tools() {
  local into=$1 package archive
  shift
  for package in "$@"; do
    command -v "$package" >/dev/null && continue
    [[ -x $into/usr/bin/$package ]] && continue
    as_person mkdir -p "$into"
    say "Fetching $package, without installing it"
    as_person env -C "$into" apt-get -q download "$package" ||
      { run_apt update && as_person env -C "$into" apt-get -q download "$package"; }
    archive=$(compgen -G "$into/${package}_*.deb" | tail -n 1)
    as_person dpkg-deb -x "$archive" "$into"
    as_person rm -f "$archive"
  done
}

# ---- building --------------------------------------------------------------------------------------------------

# choose_build_dir PRESET: sets build_dir. In the checkout where the person may write there, else in the person's own cache.
choose_build_dir() {
  local preset=$1
  as_person test -r "$root_dir/CMakeLists.txt" -a -x "$root_dir/packaging" ||
    die "$person cannot read $root_dir: put the checkout where they can, or leave out sudo"
  build_dir=$root_dir/build/$preset
  if ! as_person sh -c "mkdir -p '$build_dir' 2>/dev/null && test -w '$build_dir'"; then
    build_dir=$person_home/.cache/nape/build/$preset
    say "$person may not write in $root_dir: building in $build_dir"
    as_person mkdir -p "$build_dir"
  fi
}

# configure PRESET [OPTION...]: from a directory that the person can enter, whatever the caller's is.
configure() {
  local preset=$1 output
  shift
  output=$(as_person env -C "$root_dir" cmake --preset "$preset" -B "$build_dir" "$@" 2>&1) || {
    printf '%s\n' "$output" >&2
    die "configuring failed"
  }
}

# build TARGET...: ninja tells how far it is.
build() {
  as_person env -C "$root_dir" cmake --build "$build_dir" -j "$(jobs_for_memory)" --target "$@"
}

# A Beast unit takes up to 800 MB to compile: as many jobs as there are cores, but one for each GB.
jobs_for_memory() {
  local cores memory_gb
  cores=$(nproc)
  memory_gb=$(awk '/^MemAvailable/ {print int($2 / 1000000)}' /proc/meminfo 2>/dev/null || echo 1)
  ((memory_gb >= 1)) || memory_gb=1
  echo $((cores < memory_gb ? cores : memory_gb))
}
