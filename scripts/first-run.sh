# Read by bin/pet where dist/ is not what it should be: it was never built, or the Node it was built with has gone.
# Knows $root and $dist. Afterwards both are in place, or the person knows what to type.

new_enough() {
  "$1" -e 'process.exit(process.versions.node.split(".")[0] >= 24 ? 0 : 1)' 2>/dev/null
}

find_node() {
  if [ -r "$dist/built-with" ]; then
    IFS= read -r node <"$dist/built-with"
    if new_enough "$node"; then return 0; fi
  fi
  if new_enough "$root/.node/node_modules/node/bin/node"; then
    node=$(cd "$root" && pwd -P)/.node/node_modules/node/bin/node
    return 0
  fi
  rest=$PATH:
  while [ -n "$rest" ]; do
    node=${rest%%:*}/node
    rest=${rest#*:}
    if [ -x "$node" ] && new_enough "$node"; then return 0; fi
  done
  return 1
}

folder=$(cd "$root" && pwd -P)
if ! [ -r "$dist/main.js" ]; then
  if ! [ -r "$root/scripts/setup.mjs" ] || ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    echo "pet: not built yet. With Node and npm on your PATH, type: cd '$folder' && npm start" >&2
    exit 1
  fi
  node "$root/scripts/setup.mjs" build >&2 </dev/null || {
    echo "pet: not built yet, and building it failed. See above, then type: cd '$folder' && npm start" >&2
    exit 1
  }
fi

if ! [ -x "$dist/node" ]; then
  if ! find_node; then
    echo "pet: no Node 24 or newer is on your PATH." >&2
    if [ -r "$root/scripts/setup.mjs" ]; then
      echo "To get one beside pet, type: cd '$folder' && npm start" >&2
    else
      echo "Get one from https://nodejs.org, or install pet again from its folder: npm start && npm install -g ." >&2
    fi
    exit 1
  fi
  ln -sfn "$node" "$dist/node" 2>/dev/null || exec "$node" "$dist/main.js" "$@"
fi
