#!/bin/sh
# What the browser tests need and can be had here: Debian's Chromium (as root, with apt), and axe-core from the npm
# registry, into .dev/axe. What cannot be had is said; the tests that need it then skip, saying so. Always exits 0.
cd "$(dirname "$0")/../.." || exit 0
AXE=4.14.1
AXE_SHA256=e6b0ce02b84d892e2e33e403485e7f3d6c29e2be6df65daf44d89ba564139745

say() { echo "browser tests: $*" >&2; }

has_chromium() {
  [ -n "$MTQC_CHROMIUM" ] && return 0
  for name in chromium chromium-browser google-chrome google-chrome-stable; do command -v "$name" > /dev/null && return 0; done
  return 1
}

install_chromium() {
  if [ "$(id -u)" != 0 ] || ! command -v apt-get > /dev/null; then
    say "no Chromium here, and only root with apt can install it: apt-get install chromium; or name one in MTQC_CHROMIUM"
    return
  fi
  say "installing Chromium with apt"
  export DEBIAN_FRONTEND=noninteractive
  { timeout 60 apt-get update -qq && timeout 240 apt-get install -qq -y --no-install-recommends chromium; } > /dev/null 2>&1 \
    || say "apt could not install chromium; without it the browser tests skip"
}

fetch_axe() {
  [ -f .dev/axe/package/axe.min.js ] && [ "$(cat .dev/axe/version 2> /dev/null)" = "$AXE" ] && return
  command -v npm > /dev/null || { say "no npm to fetch axe-core with; without it the accessibility tests skip"; return; }
  rm -rf .dev/axe && mkdir -p .dev/axe
  (cd .dev/axe && timeout 60 npm pack --silent "axe-core@$AXE" > /dev/null 2>&1) \
    || { say "the npm registry could not be reached for axe-core; without it the accessibility tests skip"; return; }
  echo "$AXE_SHA256  .dev/axe/axe-core-$AXE.tgz" | sha256sum --check --quiet \
    || { say "axe-core $AXE is not what it was when it was chosen (checksum); the accessibility tests skip"; return; }
  tar -xzf ".dev/axe/axe-core-$AXE.tgz" -C .dev/axe && echo "$AXE" > .dev/axe/version
}

has_chromium || install_chromium
fetch_axe
exit 0
