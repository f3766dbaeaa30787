/**
 * The part of `verify.sh` that shows that each entry is in the log, and that what is shown with it belongs to it. Finds
 * the lines of entries in `$work/entries`, their number in `entries`, and the checkpoint's `size` and `root`.
 */
export const verifyEntries = String.raw`# The entries: each must be under the root of the checkpoint (RFC 9162, 2.1.3). What was shown to be under it once is
# remembered, so that neighbours cost little.
mkdir "$work/known"
node() {
  { printf '\001'; printf '%s' "$1" | base64 -d; printf '%s' "$2" | base64 -d; } 2> /dev/null | openssl dgst -sha256 -binary | base64
}
included() { # INDEX HASH: reads the hashes of the proof from the standard input.
  at=$1 last=$((size - 1)) level=0 hash=$2
  : > "$work/seen"
  while :; do
    while [ $at -eq $last ] && [ $((at % 2)) -eq 0 ] && [ $at -gt 0 ]; do
      at=$((at / 2)) last=$((last / 2)) level=$((level + 1))
    done
    printf '%s %s\n' "$level-$at" "$hash" >> "$work/seen"
    if [ -f "$work/known/$level-$at" ]; then
      read -r expected < "$work/known/$level-$at"
      break
    fi
    if [ $last -eq 0 ]; then
      expected=$root
      break
    fi
    read -r other || return 1
    if [ $((at % 2)) -eq 1 ]; then
      printf '%s %s\n' "$level-$((at - 1))" "$other" >> "$work/seen"
      hash=$(node "$other" "$hash")
    else
      printf '%s %s\n' "$level-$((at + 1))" "$other" >> "$work/seen"
      hash=$(node "$hash" "$other")
    fi
    at=$((at / 2)) last=$((last / 2)) level=$((level + 1))
  done
  [ "$hash" = "$expected" ] || return 1
  while read -r place value; do printf '%s\n' "$value" > "$work/known/$place"; done < "$work/seen"
}
sed 's/^{"index":\([0-9]*\),"leaf":"\([A-Za-z0-9+/=]*\)","event":.*/\1 \2/' "$work/entries" > "$work/leaves"
sed -e 's/.*,"event":\({.*}\),"disclosures":\[.*\]}$/\1/' -e t -e 's/.*//' "$work/entries" > "$work/events"
proven=0
while read -r index leaf; do
  IFS= read -r event <&3 || event=
  case $index in '' | *[!0-9]*) problem 'line-malformed: a line is not an entry'; continue ;; esac
  printf '%s' "$leaf" | base64 -d > "$work/leaf" 2> /dev/null
  printf '%s' "$event" > "$work/event"
  [ "$(hash_of "$work/leaf")" = "$(hash_of "$work/event")" ] || problem "event: entry $index is shown other than it is"
  hash=$({ printf '\000'; cat "$work/leaf"; } | openssl dgst -sha256 -binary | base64)
  proof=proofs/$index.tlog-proof
  if [ ! -f "$proof" ]; then
    problem "proof-missing: of entry $index"
  elif [ "$(sed -n 2p "$proof")" != "index $index" ]; then
    problem "inclusion: the proof of entry $index is of another"
  elif sed -n '3,/^$/p' "$proof" | sed '/^$/d' > "$work/path" && included "$index" "$hash" < "$work/path"; then
    proven=$((proven + 1))
  else
    problem "inclusion: entry $index is not in the log of this checkpoint"
  fi
  if [ $((proven % 500)) -eq 0 ] && [ -t 2 ]; then printf '%s of %s entries\r' "$proven" "$entries" >&2; fi
done < "$work/leaves" 3< "$work/events"
fine "$proven of $entries entries are in the log"

# The personal fields that were disclosed: the entry holds a digest of each.
sed -n 's/.*"_sd":\[\([^]]*\)\].*,"disclosures":\(\[.*\]\)}$/\1 \2/p' "$work/entries" > "$work/disclosures"
while read -r digests shown; do
  for encoded in $(printf '%s\n' "$shown" | tr '}' '\n' | sed -n 's/.*"encoded":"\([A-Za-z0-9_-]*\)"$/\1/p'); do
    digest=$(printf '%s' "$encoded" | openssl dgst -sha256 -binary | base64 | tr '+/' '-_' | tr -d '=')
    case $digests in *"\"$digest\""*) ;; *) problem 'disclosure: an entry does not hold a field that is shown with it' ;; esac
  done
done < "$work/disclosures"

`;
