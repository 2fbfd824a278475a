# Completion of pet and of its aliases for bash. Print it with: pet completion bash
#
# What there is to offer comes from the names of the .env files and from a list of instances that pet keeps in its cache.
# Nothing is started but for paths inside a pet that runs: those come from a look of a second at most. No word of any is
# ever expanded or run; what does not look like a name is passed over.

# words: begin (made from the command's tables by `npm run docs`)
# shellcheck disable=SC2034,SC2054
_pet_words() {
  verbs=(config clean build stop start restart recreate status logs attach destroy)
  options=(all:start,stop,restart,recreate,logs follow:logs sizes:status,ls keep-home:destroy pull:build no-cache:build no-stdin:-- install:alias uninstall:alias context: dry-run: yes: no-input: json: debug: help: version:)
  commands=(status:nothing ls:nothing prune:nothing alias:instances completion:shell doctor:nothing help:topic version:nothing)
  pet_commands=(edit:nothing add:packages drop:added put:files get:paths push:reference)
  keys=(PET_TERMINAL PET_IMAGE PET_PREFIX PET_BASE_IMAGE PET_USER PET_UID PET_GID PET_SHELL PET_PACKAGES PET_GIT_NAME PET_GIT_EMAIL PET_CPUS PET_MEMORY PET_PIDS PET_READ_ONLY PET_MOUNTS PET_ENV PET_DETACH_KEYS PET_TIMEZONE PET_LOCALE PET_HTTP_PROXY PET_HTTPS_PROXY PET_NO_PROXY PET_CA_FILE PET_SCROLLBACK PET_READY_SECONDS PET_LABELS)
  choices=(PET_READ_ONLY=true PET_READ_ONLY=false)
  terminals=(debian)
  shells=(bash)
}
# words: end

_pet() {
  _pet_at_rest pet
}

_pet_alias() {
  _pet_at_rest alias "${1##*/}"
}

# Completes with the options of the shell that change what patterns and words mean out of the way.
_pet_at_rest() {
  local words=() cur='' IFS=$' \t\n' option had=()
  for option in nocasematch failglob nocaseglob; do
    if shopt -q $option; then
      had+=("$option")
      shopt -u $option
    fi
  done
  if [[ $- == *f* ]]; then
    had+=(noglob)
    set +f
  fi
  _pet_split
  if [[ $1 == alias ]]; then words=(pet "$2" "${words[@]:1}"); fi
  _pet_complete
  for option in ${had[@]+"${had[@]}"}; do
    if [[ $option == noglob ]]; then set -f; else shopt -s "$option"; fi
  done
}

# Fills `words` with those before the cursor's and `cur` with the cursor's, up to it. Readline also cuts at “=” and
# “:”; what stands together on the line is put together again.
_pet_split() {
  local rest=${COMP_LINE:0:COMP_POINT} at blank word
  for ((at = 0; at < COMP_CWORD; at++)); do
    word=${COMP_WORDS[at]}
    blank=${rest%%[![:space:]]*}
    rest=${rest#"$blank"}
    if [[ $rest != "$word"* ]]; then
      words=("${COMP_WORDS[@]:0:COMP_CWORD}")
      cur=${COMP_WORDS[COMP_CWORD]}
      return
    fi
    rest=${rest#"$word"}
    if [[ -z $blank ]] && ((at > 0)); then
      words[${#words[@]} - 1]+=$word
    else
      words+=("$word")
    fi
  done
  blank=${rest%%[![:space:]]*}
  cur=${rest#"$blank"}
  if [[ -z $blank ]] && ((COMP_CWORD > 0)); then
    at=$((${#words[@]} - 1))
    cur=${words[at]}$cur
    unset "words[at]"
  fi
}

_pet_complete() {
  local verbs=() options=() commands=() pet_commands=() keys=() choices=() terminals=() shells=()
  local instance='' tty='' command='' takes='' on_pet='' context=${PET_CONTEXT:-} pending='' given=' ' at word more=0
  COMPREPLY=()
  _pet_words
  for ((at = 1; at < ${#words[@]}; at++)); do
    word=${words[at]}
    if [[ -n $pending ]]; then
      context=$word pending=''
      continue
    fi
    case $word in
      --)
        if [[ -n $on_pet ]]; then
          more=$((more + ${#words[@]} - at - 1))
          _pet_offer_files
          _pet_finish
          return
        fi
        _pet_offer_inside $((${#words[@]} - at - 1))
        return
        ;;
      --context | -context) pending=context ;;
      --context=* | -context=*) context=${word#*=} ;;
      -) _pet_place "$word" ;;
      -*)
        word=${word#-}
        given+="${word#-} "
        ;;
      [A-Z]*) if [[ -z $on_pet ]]; then given+='config '; else _pet_place "$word"; fi ;;
      *) _pet_place "$word" ;;
    esac
  done
  if [[ -n $pending ]]; then
    _pet_offer_contexts ''
  else
    case $cur in
      --context=* | -context=*) _pet_offer_contexts "${cur%%=*}=" ;;
      -*) _pet_offer_flags ;;
      [A-Z]*) if [[ -z $on_pet ]]; then _pet_offer_keys; else _pet_offer_names; fi ;;
      *) _pet_offer_names ;;
    esac
  fi
  _pet_finish
}

# A word without a dash: a command, else an instance, else its TTY. A command on a pet comes before the pet or after it.
_pet_place() {
  local row
  if [[ -n $command && -n $instance ]]; then
    more=$((more + 1))
    return
  fi
  if [[ -z $command && -z $tty ]]; then
    for row in "${pet_commands[@]}"; do
      if [[ ${row%%:*} == "$1" ]]; then
        command=$1 takes=${row#*:} on_pet=1
        return
      fi
    done
  fi
  if [[ -n $on_pet ]]; then
    instance=$1
    return
  elif [[ -n $command ]]; then
    return
  elif [[ -n $instance ]]; then
    tty=$1
    return
  fi
  for row in "${commands[@]}"; do
    if [[ ${row%%:*} == "$1" ]]; then
      command=$1 takes=${row#*:}
      return
    fi
  done
  instance=$1
}

_pet_offer() {
  local word
  for word; do
    if [[ $word == "$cur"* ]]; then COMPREPLY+=("$word"); fi
  done
}

_pet_offer_names() {
  local instances=() ttys=() contexts=()
  if [[ -z $instance && -z $command ]]; then
    _pet_known "$cur"
    _pet_offer ${instances[@]+"${instances[@]}"} "${commands[@]%%:*}" "${pet_commands[@]%%:*}"
  elif [[ -n $on_pet && -z $instance ]]; then
    _pet_known "$cur"
    _pet_offer ${instances[@]+"${instances[@]}"}
  elif [[ $takes == added ]]; then
    _pet_offer_added
  elif [[ -n $on_pet ]]; then
    _pet_offer_files
  elif [[ -n $instance && -z $tty ]]; then
    _pet_known "$instance"
    _pet_offer ${ttys[@]+"${ttys[@]}"} "${pet_commands[@]%%:*}"
    if [[ -z $cur ]]; then _pet_offer_flags; fi
  elif [[ -n $instance && -z $cur ]]; then
    _pet_offer_flags
  elif [[ $takes == instances ]]; then
    _pet_known "$cur"
    _pet_offer ${instances[@]+"${instances[@]}"}
  elif [[ $takes == shell ]]; then
    _pet_offer "${shells[@]}"
  elif [[ $takes == topic ]]; then
    _pet_offer "${verbs[@]}" "${commands[@]%%:*}" "${pet_commands[@]%%:*}" "${keys[@]}"
  fi
}

# The packages that the pet's .env files name. What is no name of a package is passed over.
_pet_offer_added() {
  local LC_ALL=C config='' files=() names=() file line name
  _pet_config
  files=("$config"/.env_*_"$instance")
  for file in ${files[@]+"${files[@]}"}; do
    if [[ ! -f $file || ! -r $file ]]; then continue; fi
    while IFS= read -r line || [[ -n $line ]]; do
      if [[ ! $line =~ ^[[:space:]]*(export[[:space:]]+)?PET_PACKAGES[[:space:]]*=(.*) ]]; then continue; fi
      line=${BASH_REMATCH[2]%%#*}
      IFS=$' \t' read -ra names <<<"${line//[\"\'\`,$'\r']/ }"
      for name in ${names[@]+"${names[@]}"}; do
        if [[ $name =~ ^[a-z0-9][a-z0-9+.-]+$ && " ${words[*]} " != *" $name "* ]]; then _pet_offer "$name"; fi
      done
    done <"$file"
  done
}

# The verbs, and the options of what was given; on an empty word the verbs alone. One dash will do for two.
_pet_offer_flags() {
  local row name owner owners start=--${cur#-}
  if [[ $cur == --* ]]; then start=$cur; fi
  if [[ -n $cur && $cur != -* ]]; then return; fi
  if [[ -z $cur ]]; then start=--; fi
  if [[ -z $command ]]; then
    for name in "${verbs[@]}"; do
      if [[ --$name == "$start"* && $given != *" $name "* ]]; then COMPREPLY+=("--$name"); fi
    done
  fi
  if [[ -z $cur ]]; then return; fi
  for row in "${options[@]}"; do
    name=${row%%:*}
    if [[ --$name != "$start"* || $given == *" $name "* ]]; then continue; fi
    if [[ -z ${row#*:} ]]; then
      COMPREPLY+=("--$name")
      continue
    fi
    owners=${row#*:}
    for owner in ${owners//,/ }; do
      if [[ $owner == -- || $owner == "$command" || $given == *" $owner "* ]]; then
        COMPREPLY+=("--$name")
        break
      fi
    done
  done
}

# KEY asks, KEY= sets; after the “=” what there is to choose from.
_pet_offer_keys() {
  if [[ $takes == topic ]]; then _pet_offer "${keys[@]}"; fi
  if [[ -n $command ]]; then return; fi
  if [[ $cur != *=* ]]; then
    _pet_offer "${keys[@]}" "${keys[@]/%/=}"
  elif [[ $cur == PET_TERMINAL=* ]]; then
    _pet_recipes
    _pet_offer "${terminals[@]/#/PET_TERMINAL=}"
  else
    _pet_offer "${choices[@]}"
  fi
}

_pet_offer_contexts() {
  local instances=() ttys=() contexts=() name
  context=
  _pet_known ''
  for name in ${contexts[@]+"${contexts[@]}"}; do _pet_offer "$1$name"; done
}

# After “--” it is bash's own affair: a command first, then files.
_pet_offer_inside() {
  local name
  compopt -o default -o bashdefault 2>/dev/null
  if (($1 > 0)) || [[ -z $cur || $cur == */* || $cur == [\"\'\$\`~]* ]]; then return; fi
  while IFS= read -r name; do
    if [[ $name =~ ^[A-Za-z0-9_.+@%-]+$ ]]; then COMPREPLY+=("$name"); fi
  done <<<"$(compgen -c -- "$cur" 2>/dev/null)"
}

# Files of this machine and paths in the pet: the first word is the one that is copied, a later one may be the place.
_pet_offer_files() {
  case $takes in
    files)
      if ((more > 0)); then
        _pet_offer_paths
        _pet_offer_local
      else
        compopt -o default -o bashdefault 2>/dev/null
      fi
      ;;
    paths)
      _pet_offer_paths
      if ((more > 0)); then _pet_offer_local; fi
      ;;
  esac
}

_pet_offer_local() {
  _pet_offer_quoted "$(compgen -f -- "${cur//\\/}" 2>/dev/null)" local
}

# Where the pet does not run, or nobody answers in time, there are none.
_pet_offer_paths() {
  local call=(pet)
  if [[ -n $context ]]; then call+=(--context "$context"); fi
  call+=(completion paths "$instance")
  _pet_offer_quoted "$(PET_COMPLETING=${cur//\\/} command "${call[@]}" 2>/dev/null </dev/null)"
}

# A name may hold what the shell would run: it goes into the line quoted. Readline's own quoting lets some through.
_pet_offer_quoted() {
  local name quoted
  if [[ $cur == *[\"\']* ]]; then return; fi
  while IFS= read -r name; do
    if [[ -z $name ]]; then continue; fi
    printf -v quoted %q "$name"
    if [[ -n ${2-} && -d $name ]]; then quoted+=/; fi
    COMPREPLY+=("$quoted")
  done <<<"$1"
  if [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == */ ]]; then compopt -o nospace 2>/dev/null; fi
}

# Fills `instances` and `contexts` with what starts with $1, `ttys` with those of `instance`: of `context` alone, where
# one is given.
_pet_known() {
  local LC_ALL=C config='' cache='' files=() rows=() file row row_context row_instance
  local -A seen=()
  _pet_config
  files=("$config"/.env_*_*)
  for file in ${files[@]+"${files[@]}"}; do
    row_instance=${file##*_}
    file=${file##*/.env_}
    # In a file's name a context has %XX for what is not harmless everywhere.
    row_context=${file%_*}
    if [[ $row_context == *[!A-Za-z0-9_.@+%-]* ]]; then continue; fi
    printf -v row_context %b "${row_context//%/\\x}"
    _pet_add "$row_context" "$row_instance" ''
  done
  cache=${XDG_CACHE_HOME:-}
  if [[ $cache != /* ]]; then cache=${HOME:-}/.cache; fi
  cache+=/pet/instances
  if [[ ! -f $cache || ! -r $cache ]]; then return; fi
  mapfile -t rows <"$cache"
  for row in ${rows[@]+"${rows[@]}"}; do
    if [[ $row != *$'\t'*$'\t'* ]]; then continue; fi
    row_context=${row%%$'\t'*}
    row=${row#*$'\t'}
    row_instance=${row%%$'\t'*}
    if [[ $row_instance == "$1"* || $row_context == "$1"* ]]; then
      row=${row#*$'\t'}
      _pet_add "$row_context" "$row_instance" "${row%%$'\t'*}"
    fi
  done
}

# One context, instance and TTY, unless one of them is no name.
_pet_add() {
  if [[ -z $1 || $1 == *[!A-Za-z0-9_.@+%:/-]* || -z $2 || $2 == *[!a-z0-9-]* || $2 == -* || $3 == *[!a-z0-9]* ]]; then
    return
  fi
  if [[ -z ${seen[c$1]-} ]]; then
    seen[c$1]=1
    contexts+=("$1")
  fi
  if [[ -n $context && $1 != "$context" ]]; then return; fi
  if [[ -z ${seen[i$2]-} ]]; then
    seen[i$2]=1
    instances+=("$2")
  fi
  if [[ -n $3 && $2 == "$instance" && -z ${seen[t$3]-} ]]; then
    seen[t$3]=1
    ttys+=("$3")
  fi
}

_pet_config() {
  config=${PET_CONFIG_HOME:-}
  if [[ -n $config ]]; then return; fi
  config=${XDG_CONFIG_HOME:-}
  if [[ $config != /* ]]; then config=${HOME:-}/.config; fi
  config+=/pet
}

# A person's own recipes beside those that come with pet.
_pet_recipes() {
  local config='' files=() dir
  _pet_config
  files=("$config"/terminals/*)
  for dir in ${files[@]+"${files[@]}"}; do
    if [[ -d $dir && ${dir##*/} != *[!a-z0-9-]* && " ${terminals[*]} " != *" ${dir##*/} "* ]]; then
      terminals+=("${dir##*/}")
    fi
  done
}

# Readline replaces only what stands after the last “=” or “:” it cuts at.
_pet_finish() {
  local head='' part
  for part in = :; do
    if [[ $cur == *"$part"* && ${COMP_WORDBREAKS-} == *"$part"* ]]; then
      part=${cur%"${cur##*"$part"}"}
      if ((${#part} > ${#head})); then head=$part; fi
    fi
  done
  if ((${#COMPREPLY[@]} > 0)); then COMPREPLY=("${COMPREPLY[@]#"$head"}"); fi
  if [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *= ]]; then compopt -o nospace 2>/dev/null; fi
}

complete -F _pet pet
